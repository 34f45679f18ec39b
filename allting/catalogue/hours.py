"""Opening hours: is it open at this moment, and when does that change?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allting.catalogue.parts import Hours

AHEAD = 15  # days looked ahead: a week that is all holidays, and the one after it
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Opening:
    """Open or closed now, and the moment at which that changes (None: not for weeks)."""

    open: bool
    until: datetime | None
    in_days: int = 0
    holiday: bool = False  # closed all of this day, on which it is open otherwise


def days_of(text: str) -> frozenset[int]:
    """Week days, Monday is 0, of `mon-fri` or `sat`.

    >>> sorted(days_of("fri-mon"))
    [0, 4, 5, 6]
    >>> sorted(days_of("wed"))
    [2]
    """
    first, _, last = text.partition("-")
    start, end = WEEK.index(first), WEEK.index(last or first)
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


def never(day: date) -> bool:
    """No day is a holiday."""
    return False


def opening(
    hours: tuple[Hours, ...], at: datetime, *, holiday: Callable[[date], bool] = never
) -> Opening | None:
    """Whether it is open at `at` (local time); None when no hours are stated. On holidays it is
    closed, whatever day of the week they are."""
    if not hours:
        return None
    now = holiday(at.date()) and bool(_spans(hours, at.weekday()))
    for days_ahead in range(AHEAD):
        day = at + timedelta(days=days_ahead)
        for opens, closes in () if holiday(day.date()) else _spans(hours, day.weekday()):
            start, end = _moment(day, opens), _moment(day, closes)
            if start <= at < end:
                return Opening(True, end)
            if at < start:
                return Opening(False, start, days_ahead, now)
    return Opening(False, None, 0, now)


def _spans(hours: tuple[Hours, ...], weekday: int) -> list[tuple[str, str]]:
    return sorted((h.opens, h.closes) for h in hours if weekday in days_of(h.days))


def _moment(day: datetime, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime.combine(day.date(), time(int(hour), int(minute)), tzinfo=day.tzinfo)
