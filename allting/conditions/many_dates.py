"""Days in columns: what `dates` does for one day, for days counted from 1970.

Every function takes arrays of 64 bits and gives the result with a mask of those that exist.
"""

from datetime import MAXYEAR, MINYEAR, date
from functools import cache

import numpy as np

from allting.conditions.crowd import Array

Result = tuple[Array, Array]
EPOCH = date(1970, 1, 1).toordinal()
FIRST, LAST = date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH
_FIRST_MONTH, _LAST_MONTH = 12 * (MINYEAR - 1970), 12 * (MAXYEAR - 1970) + 11


def days(day: date) -> int:
    """A day as its number.

    >>> days(date(1970, 1, 2))
    1
    """
    return day.toordinal() - EPOCH


def year(day: Array) -> Array:
    return _month(day) // 12 + 1970


def month(day: Array) -> Array:
    return _month(day) % 12 + 1


def day_of_month(day: Array) -> Array:
    return day - _start(_month(day)) + 1


def months_between(start: Array, end: Array) -> Array:
    first, last = _month(start), _month(end)
    started, ended = start - _start(first), end - _start(last)
    short = (ended < started) & (end < _start(last + 1) - 1)
    return last - first - short


def add_days(day: Array, count: Array) -> Result:
    found = day + count
    exists = (found >= FIRST) & (found <= LAST)
    return np.where(exists, found, 0), exists


def add_months(day: Array, count: Array) -> Result:
    """The same day of the month so many months later, or that month's last day."""
    now = _month(day)
    then = now + count
    exists = (then >= _FIRST_MONTH) & (then <= _LAST_MONTH)
    then = np.where(exists, then, 0)
    return np.minimum(_start(then) + day - _start(now), _start(then + 1) - 1), exists


def make_date(years: Array, months: Array, days_: Array) -> Result:
    exists = (years >= MINYEAR) & (years <= MAXYEAR) & (months >= 1) & (months <= 12)
    exists = exists & (days_ >= 1) & (days_ <= 31)
    count = np.where(exists, (years - 1970) * 12 + months - 1, 0)
    found = _start(count) + np.where(exists, days_, 1) - 1
    return found, exists & (found < _start(count + 1))


# ---- months, by running number from January 1970


class _Near:
    """The months of the days, and the first days of the months, from 1850 until 2150: looked up."""

    low, high = days(date(1850, 1, 1)), days(date(2150, 1, 1))

    def __init__(self) -> None:
        self.months = _month_of(np.arange(self.low, self.high)).astype(np.int32)
        self.first = int(self.months[0])
        self.starts = _start_of(np.arange(self.first, int(self.months[-1]) + 1)).astype(np.int32)


@cache
def _near() -> _Near:
    return _Near()


def _month(day: Array) -> Array:
    """The running number of a day's month."""
    near = _near()
    if _all_within(day, near.low, near.high):
        found: Array = near.months.take(day - near.low)
        return found
    return _month_of(day)


def _start(month: Array) -> Array:
    """The first day of a month by its running number."""
    near = _near()
    if _all_within(month, near.first, near.first + len(near.starts)):
        found: Array = near.starts.take(month - near.first)
        return found
    return _start_of(month)


def _all_within(numbers: Array, low: int, high: int) -> bool:
    return bool(len(numbers) and numbers.min() >= low and numbers.max() < high)


def _month_of(day: Array) -> Array:
    return day.astype(np.int64).view("M8[D]").astype("M8[M]").view(np.int64)


def _start_of(month: Array) -> Array:
    return month.astype(np.int64).view("M8[M]").astype("M8[D]").view(np.int64)
