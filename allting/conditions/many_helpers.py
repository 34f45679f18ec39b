"""The helpers in columns; each does what `amounts` and `dates` do for one person."""

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date

import polars as pl

from allting.conditions.amounts import UNIT
from allting.conditions.layers import Cell, Layers

Helper = Callable[..., Cell]
EPOCH = date(1970, 1, 1).toordinal()
FIRST, LAST = date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH


def wide(number: pl.Expr) -> pl.Expr:
    """To 128 bits, where no product of two numbers within the limits overflows."""
    return number.cast(pl.Int128)


def narrow(number: pl.Expr) -> pl.Expr:
    """Back to 64 bits; what does not fit is unknown."""
    return number.cast(pl.Int64, strict=False)


def half_away(above: pl.Expr, below: pl.Expr | int) -> pl.Expr:
    """A rounded quotient, half away from zero; null when divided by zero. Uses both repeatedly."""
    if isinstance(below, int):
        return (above.abs() * 2 + below) // (2 * below) * above.sign()
    size = below.abs()
    return (above.abs() * 2 + size) // (size * 2) * above.sign() * below.sign()


def _counted(count: pl.Expr) -> pl.Expr:
    return count.cast(pl.Int64) * UNIT


def _whole(number: pl.Expr) -> pl.Expr:
    return pl.when(number % UNIT == 0).then(number // UNIT)


def _between(value: pl.Expr, low: int, high: int) -> pl.Expr:
    return pl.when(value.is_between(low, high)).then(value)


def _days(day: pl.Expr) -> pl.Expr:
    return day.cast(pl.Int32).cast(pl.Int64)


def _as_date(days: pl.Expr) -> pl.Expr:
    return days.cast(pl.Int32).cast(pl.Date)


# -- months


def _month_starts() -> pl.Series:
    """The first day of every month from year 0 (a filler) to January 10000, by running number."""
    filler = [0] * (12 * MINYEAR)
    months = range(12 * MINYEAR, 12 * (MAXYEAR + 1))
    starts = [date(month // 12, month % 12 + 1, 1).toordinal() - EPOCH for month in months]
    return pl.Series([*filler, *starts, LAST + 1], dtype=pl.Int32)


MONTH_STARTS = _month_starts()


def _start(month: pl.Expr) -> pl.Expr:
    return pl.lit(MONTH_STARTS).gather(month)


def _month(day: pl.Expr) -> pl.Expr:
    """The running number of a day's month."""
    return day.dt.year() * 12 + day.dt.month().cast(pl.Int32) - 1


# -- spans


def _months_apart(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """`dates.months_between`, day by day."""
    last = _start(_month(end) + 1) - 1
    short = (end.dt.day() < start.dt.day()) & (end.cast(pl.Int32) < last)
    return _month(end) - _month(start) - short.cast(pl.Int32)


def _months_until(start: pl.Expr, end: date) -> pl.Expr:
    """The same towards one day: the last day of its month leaves nobody short."""
    last = end.day == monthrange(end.year, end.month)[1]
    apart = 12 * end.year + end.month - 12 * start.dt.year().cast(pl.Int32)
    apart = apart - start.dt.month().cast(pl.Int32)
    return apart if last else apart - (start.dt.day() > end.day).cast(pl.Int32)


def _days_until(start: pl.Expr, end: date) -> pl.Expr:
    return (end.toordinal() - EPOCH) - _days(start)


CONSTANT_END: dict[str, Callable[[pl.Expr, date], pl.Expr]] = {
    "years_between": lambda start, end: _counted(_months_until(start, end) // 12),
    "months_between": lambda start, end: _counted(_months_until(start, end)),
    "days_between": lambda start, end: _counted(_days_until(start, end)),
}
"""Spans that end on the day for which it is asked: the usual case, and the quick one."""


# -- days to come


def _add_days(layers: Layers, day: Cell, number: Cell) -> Cell:
    moved = layers.keep(layers.combine(lambda d, n: _days(d) + _whole(n), day, number))
    return layers.combine(lambda days: _as_date(_between(days, FIRST, LAST)), moved)


def _add_months(factor: int) -> Helper:
    lowest, highest = 12 * MINYEAR, 12 * MAXYEAR + 11

    def add(layers: Layers, day: Cell, number: Cell) -> Cell:
        def count(d: pl.Expr, n: pl.Expr) -> pl.Expr:
            return _month(d).cast(pl.Int64) + _whole(n) * factor

        month = layers.keep(layers.combine(count, day, number))
        month = layers.keep(layers.combine(lambda m: _between(m, lowest, highest), month))
        return layers.combine(_same_day, month, day)

    return add


def _same_day(month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The day of the same number in a month, or the month's last."""
    same = _start(month) + day.dt.day().cast(pl.Int32) - 1
    return pl.min_horizontal(same, _start(month + 1) - 1).cast(pl.Date)


def _make_date(layers: Layers, *numbers: Cell) -> Cell:
    def part(cell: Cell, low: int, high: int) -> Cell:
        count = layers.keep(layers.combine(_whole, cell))
        return layers.keep(layers.combine(lambda n: _between(n, low, high), count))

    limits = ((MINYEAR, MAXYEAR), (1, 12), (1, 31))
    year, month, day = (part(cell, *limit) for cell, limit in zip(numbers, limits, strict=True))

    def complete(y: pl.Expr, m: pl.Expr, d: pl.Expr) -> pl.Expr:
        running = y * 12 + m - 1
        found = _start(running) + d.cast(pl.Int32) - 1
        return pl.when(found < _start(running + 1)).then(found).cast(pl.Date)

    return layers.combine(complete, year, month, day)


# -- the table


def _extreme(choose: Callable[..., pl.Expr]) -> Helper:
    def extreme(layers: Layers, *cells: Cell) -> Cell:
        def chosen(*values: pl.Expr) -> pl.Expr:
            known = pl.all_horizontal([value.is_not_null() for value in values])
            return pl.when(known).then(choose(values))

        return layers.combine(chosen, *cells)

    return extreme


def _plain(function: Callable[..., pl.Expr]) -> Helper:
    def call(layers: Layers, *cells: Cell) -> Cell:
        return layers.combine(function, *cells)

    return call


CALLS: dict[str, Helper] = {
    "years_between": _plain(lambda a, b: _counted(_months_apart(a, b) // 12)),
    "months_between": _plain(lambda a, b: _counted(_months_apart(a, b))),
    "days_between": _plain(lambda a, b: _counted(_days(b) - _days(a))),
    "add_days": _add_days,
    "add_months": _add_months(1),
    "add_years": _add_months(12),
    "year": _plain(lambda day: _counted(day.dt.year())),
    "month": _plain(lambda day: _counted(day.dt.month())),
    "day": _plain(lambda day: _counted(day.dt.day())),
    "make_date": _make_date,
    "abs": _plain(lambda number: narrow(wide(number).abs())),
    "floor": _plain(lambda number: narrow(wide(number) // UNIT * UNIT)),
    "ceil": _plain(lambda number: narrow(wide(number) * -1 // UNIT * UNIT * -1)),
    "least": _extreme(pl.min_horizontal),
    "greatest": _extreme(pl.max_horizontal),
}
"""Every argument comes as a cell that may be repeated."""
