"""How far it is from home to a unit, for many homes at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

EARTH = 6_371_008.8  # metres, the mean radius (IUGG)
AT_A_TIME = 2_000_000  # distances in memory at once
Point = tuple[float, float]


def metres(here: Any, there: Any) -> Any:
    """As the crow flies, in whole metres; pairs of latitude and longitude in degrees, or arrays.

    >>> int(metres((58.1287, 16.2103), (58.1341, 16.2188)))
    781
    """
    one, other = np.radians(np.asarray(here, float)), np.radians(np.asarray(there, float))
    lat, lat2 = one[..., 0], other[..., 0]
    apart = np.sin((other[..., 1] - one[..., 1]) / 2) ** 2
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * apart
    return np.rint(2 * EARTH * np.arcsin(np.sqrt(half))).astype(np.int64)


def nearest(homes: Sequence[Point], units: Sequence[Point], many: int) -> list[list[int]]:
    """Of each home the numbers of the nearest units, the nearest first, then as they are listed."""
    many = min(many, len(units))
    if not homes or not many:
        return [[] for _ in homes]
    found: list[list[int]] = []
    there = np.asarray(units, float)
    step = max(1, AT_A_TIME // len(units))
    for start in range(0, len(homes), step):
        here = np.asarray(homes[start : start + step], float)
        # one number for distance and place in the list: no two are alike, so parting is enough
        line = metres(here[:, None], there[None]) * len(units) + np.arange(len(units))
        first = np.partition(line, many - 1, axis=1)[:, :many]
        found += (np.sort(first, axis=1) % len(units)).tolist()
    return found
