"""The figures, read once, and drawing from them."""

import csv
import math
from bisect import bisect
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

FOLDER = Path(__file__).resolve().parent.parent / "figures"
_SPREAD = 11.0  # years within which most bearers of a name are born, either side of its peak


class Draw:
    """Draws things as often as their weights say."""

    def __init__(self, things: list[str], weights: list[float]) -> None:
        self._things = things
        self._ends = list(accumulate(weights))

    def one(self, chance: Random) -> str:
        """One of the things."""
        return self._things[bisect(self._ends, chance.random() * self._ends[-1])]


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def ages() -> dict[tuple[str, int], int]:
    """People in the country by sex and age."""
    found: dict[tuple[str, int], int] = {}
    for row in _table("ages.csv"):
        found["f", int(row["age"])] = int(row["women"])
        found["m", int(row["age"])] = int(row["men"])
    return found


@cache
def households() -> dict[str, int]:
    """Households in the country by kind."""
    return {row["kind"]: int(row["households"]) for row in _table("households.csv")}


@cache
def surnames() -> Draw:
    """Surnames, as often as they are borne."""
    table = _table("surnames.csv")
    return Draw([row["name"] for row in table], [float(row["bearers"]) for row in table])


@cache
def first_names(sex: str, year: int) -> Draw:
    """First names, as often as someone born around `year` bears them."""
    table = [row for row in _first_names() if row[1] == sex]
    return Draw([row[0] for row in table], [row[2] * _given(row[3], year) for row in table])


@cache
def _first_names() -> list[tuple[str, str, int, tuple[int, ...]]]:
    return [
        (
            row["name"],
            row["sex"],
            int(row["bearers"]),
            tuple(int(peak) for peak in row["peak"].split("/")),
        )
        for row in _table("first-names.csv")
    ]


def _given(peaks: tuple[int, ...], year: int) -> float:
    bells = (math.exp(-(((year - peak) / _SPREAD) ** 2) / 2) for peak in peaks)
    return sum(bells) / len(peaks) + 1e-6


def shares(size: int) -> dict[tuple[str, int], int]:
    """`size` people by sex and age, as in the country (the largest remainders are rounded up)."""
    whole = ages()
    total = sum(whole.values())
    exact = {cell: size * count / total for cell, count in whole.items()}
    counts = {cell: int(share) for cell, share in exact.items()}
    rest = size - sum(counts.values())
    by_rest = sorted(exact, key=lambda cell: (counts[cell] - exact[cell], cell))
    for cell in by_rest[:rest]:
        counts[cell] += 1
    return counts
