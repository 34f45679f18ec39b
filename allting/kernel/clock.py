"""The only place that reads the wall clock; rules get their `as_of` from here through a caller."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
_frozen: list[datetime] = []


def now() -> datetime:
    """This instant, in UTC and aware."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


def today() -> date:
    """The date in Sweden at this instant."""
    return now().astimezone(SWEDEN).date()


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment` (aware). For tests and what-if runs."""
    if moment.tzinfo is None:
        raise ValueError(
            "clock_at wants an aware datetime, such as datetime(2026, 11, 1, tzinfo=UTC)"
        )
    _frozen.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()
