"""Pure decisions about background work: how long to wait, and when recurring work is due."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from allting.kernel.clock import SWEDEN

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEP = re.compile(r"(\d+) (second|minute|hour|day)s?")
_CLOCK = re.compile(rf"(day|{'|'.join(DAYS)}) at (\d\d):(\d\d)")


def wait_before_retry(attempt: int, first: float, longest: float, chance: float) -> timedelta:
    """How long to wait after failed attempt number `attempt`, which is counted from 1.

    Doubles each time up to `longest` seconds. `chance` in [0, 1] takes off up to half, so that
    work which failed together does not return together.

    >>> [wait_before_retry(n, 5, 60, 0).seconds for n in (1, 2, 3, 4, 5, 500)]
    [5, 10, 20, 40, 60, 60]
    >>> wait_before_retry(3, 5, 60, 1).seconds
    10
    """
    doubled = first * 2.0 ** min(attempt - 1, 64)
    return timedelta(seconds=min(doubled, longest) * (1 - chance / 2))


@dataclass(frozen=True, slots=True)
class Every:
    """A recurrence: a step of time, or a clock time each day or weekday in Sweden."""

    step: timedelta | None = None
    at: time | None = None
    weekday: int | None = None

    def after(self, moment: datetime) -> datetime:
        """The first time strictly after `moment` (aware)."""
        if self.step is not None:
            return moment + self.step
        assert self.at is not None  # noqa: S101  one of the two is always set, see read_every
        local = moment.astimezone(SWEDEN)
        day = local.date()
        while True:
            # through UTC and back: a clock time that summer time skips becomes the next real one
            due = datetime.combine(day, self.at, SWEDEN).astimezone(moment.tzinfo)
            if due > moment and self.weekday in (None, day.weekday()):
                return due
            day += timedelta(days=1)


def read_every(text: str) -> Every:
    """Read "10 minutes", "day at 03:30" or "monday at 07:00". Raises ValueError for other text.

    >>> from datetime import UTC
    >>> read_every("15 minutes").after(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)).isoformat()
    '2026-11-22T12:15:00+00:00'
    >>> read_every("day at 03:30").after(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)).isoformat()
    '2026-11-23T02:30:00+00:00'
    >>> read_every("sunday at 13:00").after(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)).isoformat()
    '2026-11-29T12:00:00+00:00'
    """
    if step := _STEP.fullmatch(text):
        length = timedelta(**{f"{step[2]}s": int(step[1])})
        if length > timedelta(0):
            return Every(step=length)
    elif clock := _CLOCK.fullmatch(text):
        weekday = None if clock[1] == "day" else DAYS.index(clock[1])
        if int(clock[2]) < 24 and int(clock[3]) < 60:
            return Every(at=time(int(clock[2]), int(clock[3])), weekday=weekday)
    raise ValueError(
        f"'{text}' is not a recurrence; expected such as '10 minutes', '2 hours', "
        "'day at 03:30' or 'monday at 07:00' (Swedish time)"
    )
