"""Opening hours: is it open at this moment, and when does that change?"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from allting.catalogue.parts import Hours

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Opening:
    """Open or closed now, and the moment at which that changes (None: never)."""

    open: bool
    until: datetime | None
    in_days: int = 0


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


def opening(hours: tuple[Hours, ...], at: datetime) -> Opening | None:
    """Whether it is open at `at` (local time); None when no hours are stated."""
    if not hours:
        return None
    for days_ahead in range(8):
        day = at + timedelta(days=days_ahead)
        for opens, closes in _spans(hours, day.weekday()):
            start, end = _moment(day, opens), _moment(day, closes)
            if start <= at < end:
                return Opening(True, end)
            if at < start:
                return Opening(False, start, days_ahead)
    return Opening(False, None)


def _spans(hours: tuple[Hours, ...], weekday: int) -> list[tuple[str, str]]:
    return sorted((h.opens, h.closes) for h in hours if weekday in days_of(h.days))


def _moment(day: datetime, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime.combine(day.date(), time(int(hour), int(minute)), tzinfo=day.tzinfo)
