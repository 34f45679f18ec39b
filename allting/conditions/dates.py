"""Dates as the law counts them.

A span of weeks, months or years ends on the day with the same number; where the last month lacks
it, on that month's last day (SFS 1930:173 § 1). So 31 January plus one month is 28 or 29
February, and who is born on 29 February grows a year older on 28 February in a common year.
`age(d) >= n` therefore always says the same as `as_of >= add_years(d, n)`.
Dates lie in the years 1 to 9999; what falls outside is unknown.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

FIRST, LAST = date.min.toordinal(), date.max.toordinal()


def add_days(day: date, count: int) -> date | None:
    """The day `count` days later."""
    ordinal = day.toordinal() + count
    return date.fromordinal(ordinal) if FIRST <= ordinal <= LAST else None


def add_months(day: date, count: int) -> date | None:
    """The same day of the month `count` months later, or that month's last day.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, count: int) -> date | None:
    """The same day `count` years later; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * count)


def months_between(start: date, end: date) -> int:
    """Whole months: the largest n for which `add_months(start, n) <= end`; negative before start.

    >>> months_between(date(2026, 1, 31), date(2026, 2, 28))
    1
    >>> months_between(date(2026, 3, 1), date(2026, 2, 28))
    -1
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    short = end.day < start.day and end.day < monthrange(end.year, end.month)[1]
    return months - 1 if short else months


def years_between(start: date, end: date) -> int:
    """Whole years: the largest n for which `add_years(start, n) <= end`.

    >>> years_between(date(2024, 2, 29), date(2025, 2, 28))
    1
    """
    return months_between(start, end) // 12


def days_between(start: date, end: date) -> int:
    """Days from `start` to `end`; negative when `end` comes first."""
    return (end - start).days


def make_date(year: int, month: int, day: int) -> date | None:
    """A date from its numbers, or unknown when there is no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
