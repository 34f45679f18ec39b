"""Days on which nothing need be done (Lag 1930:173 § 2): weekends, holidays and three eves."""

from datetime import date, timedelta
from functools import lru_cache


def next_workday(day: date) -> date:
    """`day` itself, or the first working day after it.

    A resident's last day to act that falls on such a day moves on:

    >>> next_workday(date(2026, 12, 24))  # Christmas Eve, two holidays and a Sunday
    datetime.date(2026, 12, 28)
    >>> next_workday(date(2026, 11, 2))
    datetime.date(2026, 11, 2)
    """
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def is_workday(day: date) -> bool:
    """Whether a time may end on `day`.

    >>> is_workday(date(2026, 6, 19)), is_workday(date(2026, 6, 18))  # Midsummer's Eve
    (False, True)
    """
    return day.weekday() < 5 and not is_holiday(day)


def is_holiday(day: date) -> bool:
    """Whether `day` is a holiday or one of the three eves, whatever day of the week.

    >>> is_holiday(date(2026, 12, 26)), is_holiday(date(2026, 12, 27))  # a Saturday, a Sunday
    (True, False)
    """
    return day in _holidays(day.year)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    moving = (easter + timedelta(days=n) for n in (-2, 0, 1, 39, 49))
    fixed = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    midsummer = next(day for day in (date(year, 6, n) for n in range(20, 27)) if day.weekday() == 5)
    return frozenset(
        (*moving, *(date(year, m, d) for m, d in fixed), midsummer - timedelta(days=1))
    )


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule).

    >>> _easter(2026), _easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    golden = year % 19
    century = year // 100
    skipped = (8 * century + 13) // 25
    moon = (19 * golden + century - century // 4 - skipped + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    sunday = moon - weekday
    month = 3 + (sunday + 40) // 44
    return date(year, month, sunday + 28 - 31 * (month // 4))
