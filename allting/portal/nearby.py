"""The places of a service, the nearest to one's own registered address first.

Only for whoever has signed in and asks for it, and read for themselves; of somebody protected the
register gives no position, so they see the list as it stands. The distance is told to nobody else,
and not kept.
"""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import Any

from allting.catalogue.api import Unit
from allting.identity.api import Actor
from allting.packages.api import Edition
from allting.portal.ways import places_of
from allting.register.api import own_home
from allting.ui.api import number, translator

EARTH = 6_371_008.8  # metres, the mean radius (IUGG)
KILOMETRE, STEP = 1000, 50  # metres; below one kilometre it is told in steps
Point = tuple[float, float]


def places_context(
    edition: Edition, language: str, id: str, actor: Actor | None = None, *, near: bool = False
) -> dict[str, Any]:
    """The places; by how far they are only for a reader who asks for `near`."""
    found = places_of(edition, id)
    may_ask = actor is not None and any(it.position for it in found)
    home = own_home(actor) if actor is not None and near and may_ask else None
    ordered = _by_distance(home, found) if home else [(it, None) for it in found]
    return {
        "id": id,
        "places": [(it, _in_words(far, language)) for it, far in ordered],
        "near": ("known" if home else "unknown") if near and may_ask else "",
        "may_ask": may_ask,
    }


def metres(here: Point, there: Point) -> float:
    """As the crow flies.

    >>> round(metres((58.1287, 16.2103), (58.1341, 16.2188)))
    781
    """
    lat, lat2 = radians(here[0]), radians(there[0])
    apart = sin(radians(there[1] - here[1]) / 2) ** 2
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * apart
    return 2 * EARTH * asin(sqrt(half))


def _by_distance(home: Point, found: Sequence[Unit]) -> list[tuple[Unit, float | None]]:
    """The nearest first; those of which nobody knows where they are last, as they are listed."""
    far = [
        (it, metres(home, (it.position.lat, it.position.lon)) if it.position else None)
        for it in found
    ]
    return sorted(far, key=lambda one: (one[1] is None, one[1] or 0))


def _in_words(far: float | None, language: str) -> str:
    if far is None:
        return ""
    _ = translator(language)
    if far < KILOMETRE - STEP / 2:
        return _("{n} m").format(n=max(STEP, STEP * round(far / STEP)))
    return _("{n} km").format(n=number(language, round(far / KILOMETRE, 1)))
