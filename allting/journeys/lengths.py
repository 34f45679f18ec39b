"""Reckoning with days, forwards and back. A day is its ordinal number; a length is a number of
days, or a Duration where months or years make it depend on the calendar.

Each function has a counterpart that undoes it exactly: only so are latest starts really latest.
"""

from datetime import date

from allting.packages.api import Duration

Length = int | Duration
NOTHING: Length = 0
FAR = date.max.toordinal() - 366 * 101  # beyond this nothing is reckoned


def plain_length(duration: Duration | None) -> Length | None:
    """Weeks and days as a number of days; what has months or years stays as it is.

    >>> from allting.packages.api import parse_duration
    >>> plain_length(parse_duration("10 weeks"))
    70
    """
    if duration is None or duration.years or duration.months:
        return duration
    return duration.weeks * 7 + duration.days


def done(start: int, length: Length) -> int:
    """The day when what begins on `start` is done."""
    if type(length) is int:
        return start + length
    assert isinstance(length, Duration)  # noqa: S101  for the type checker
    return length.after(date.fromordinal(min(start, FAR))).toordinal()


def latest_start(end: int, length: Length) -> int:
    """The last day to begin so that it is done by `end`.

    >>> from allting.packages.api import parse_duration
    >>> month, end = parse_duration("1 month"), date(2027, 2, 28)
    >>> date.fromordinal(latest_start(end.toordinal(), month))
    datetime.date(2027, 1, 31)
    """
    if type(length) is int:
        return end - length
    start = _back(end, length)
    while done(start + 1, length) <= end:
        start += 1
    while done(start, length) > end:
        start -= 1
    return start


def first_start(end: int, length: Length) -> int:
    """The first day to begin so that it is not done before `end`."""
    if type(length) is int:
        return end - length
    start = _back(end, length)
    while done(start - 1, length) >= end:
        start -= 1
    while done(start, length) < end:
        start += 1
    return start


def _back(end: int, length: Length) -> int:
    assert isinstance(length, Duration)  # noqa: S101  for the type checker
    return length.before(date.fromordinal(min(end, FAR))).toordinal()
