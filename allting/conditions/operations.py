"""What the signs and helpers do to known values; no unknown comes in, None may come out."""

import operator
from collections.abc import Callable
from datetime import date
from typing import Any, cast

from allting.conditions import amounts, dates

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

RECKON: dict[str, Callable[[int, int], int | None]] = {
    "+": amounts.add,
    "-": amounts.subtract,
    "*": amounts.multiply,
    "/": amounts.divide,
}


def _shift(shift: Callable[[date, int], date | None]) -> Callable[[date, int], date | None]:
    def shifted(day: date, number: int) -> date | None:
        count = amounts.whole(number)
        return None if count is None else shift(day, count)

    return shifted


def _count(counted: Callable[..., int]) -> Callable[..., int]:
    return lambda *days: counted(*days) * amounts.UNIT


def _make_date(*numbers: int) -> date | None:
    counts = [amounts.whole(number) for number in numbers]
    return None if None in counts else dates.make_date(*cast(list[int], counts))


CALLS: dict[str, Callable[..., Any]] = {
    "age": _count(dates.years_between),
    "age_months": _count(dates.months_between),
    "years_between": _count(dates.years_between),
    "months_between": _count(dates.months_between),
    "days_between": _count(dates.days_between),
    "add_days": _shift(dates.add_days),
    "add_months": _shift(dates.add_months),
    "add_years": _shift(dates.add_years),
    "year": _count(lambda day: day.year),
    "month": _count(lambda day: day.month),
    "day": _count(lambda day: day.day),
    "make_date": _make_date,
    "abs": lambda number: amounts.within(abs(number)),
    "floor": amounts.floor,
    "ceil": amounts.ceiling,
    "round": lambda number, digits: amounts.round_to(number, digits // amounts.UNIT),
    "least": min,
    "greatest": max,
}
