"""Quiet hours when the clocks change: what is put off is put off to a time that is to come."""

from datetime import UTC, datetime, time, timedelta

import pytest

from allting.notifications.ports import Manners
from allting.notifications.rules import after_quiet

FORWARD = datetime(2027, 3, 27, 12, tzinfo=UTC)  # the day before each change
BACK = datetime(2026, 10, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("day", [FORWARD, BACK])
@pytest.mark.parametrize(
    ("begins", "ends"),
    [("21:00", "07:00"), ("22:00", "02:30"), ("02:00", "03:00"), ("02:15", "02:45")],
)
def test_never_before_the_moment_nor_in_the_quiet_hours(
    day: datetime, begins: str, ends: str
) -> None:
    manners = Manners(time.fromisoformat(begins), time.fromisoformat(ends))
    for minutes in range(0, 36 * 60, 5):
        moment = day + timedelta(minutes=minutes)
        put_off = after_quiet(moment, manners).astimezone(UTC)
        assert put_off >= moment
        assert after_quiet(put_off, manners).astimezone(UTC) == put_off
