"""The helpers in columns; each does what `operations` does for one person.

Each takes arrays, numbers in whole billionths and days since 1970, and gives the values and a mask
of those that exist; None when all do.
"""

from collections.abc import Callable

import numpy as np

from allting.conditions import many_dates, many_numbers
from allting.conditions.amounts import UNIT
from allting.conditions.crowd import Array

Result = tuple[Array, Array | None]
Helper = Callable[..., Result]
ROUND = many_numbers.round_to


def _counted(count: Callable[..., Array]) -> Helper:
    return lambda *days: (count(*days).astype(np.int64) * UNIT, None)


def _whole(number: Array) -> tuple[Array, Array]:
    whole = number // UNIT
    return whole, whole * UNIT == number  # a remainder would take thrice as long


def _shifted(shift: Callable[[Array, Array], tuple[Array, Array]], factor: int = 1) -> Helper:
    def shifted(day: Array, number: Array) -> Result:
        count, whole = _whole(number)
        found, exists = shift(day, count * factor)
        return found, exists & whole

    return shifted


def _make_date(*numbers: Array) -> Result:
    counts, wholes = zip(*map(_whole, numbers), strict=True)
    found, exists = many_dates.make_date(*counts)
    return found, exists & wholes[0] & wholes[1] & wholes[2]


def _extreme(choose: Callable[[Array, Array], Array]) -> Helper:
    def extreme(*values: Array) -> Result:
        found = values[0]
        for value in values[1:]:
            found = choose(found, value)
        return found, None

    return extreme


def _years_between(start: Array, end: Array) -> Array:
    return many_dates.months_between(start, end) // 12


CALLS: dict[str, Helper] = {
    "years_between": _counted(_years_between),
    "months_between": _counted(many_dates.months_between),
    "days_between": _counted(lambda start, end: end - start),
    "add_days": _shifted(many_dates.add_days),
    "add_months": _shifted(many_dates.add_months),
    "add_years": _shifted(many_dates.add_months, 12),
    "year": _counted(many_dates.year),
    "month": _counted(many_dates.month),
    "day": _counted(many_dates.day_of_month),
    "make_date": _make_date,
    "abs": lambda number: (np.abs(number), None),
    "floor": many_numbers.floor,
    "ceil": many_numbers.ceiling,
    "least": _extreme(np.minimum),
    "greatest": _extreme(np.maximum),
}
