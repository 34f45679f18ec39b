"""Open or closed, and until when."""

from datetime import datetime

from allting.catalogue.api import Opening, opening
from allting.catalogue.parts import Hours
from allting.kernel.api import SWEDEN

OFFICE = (
    Hours(days="mon-fri", opens="08:00", closes="16:30"),
    Hours(days="thu", opens="17:00", closes="19:00"),
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SWEDEN)  # the 2nd is a Monday


def test_open_until_it_closes() -> None:
    assert opening(OFFICE, at(2, 8)) == Opening(True, at(2, 16, 30))
    assert opening(OFFICE, at(2, 16, 29)) == Opening(True, at(2, 16, 30))


def test_closed_until_it_opens() -> None:
    assert opening(OFFICE, at(2, 7, 59)) == Opening(False, at(2, 8))
    assert opening(OFFICE, at(2, 16, 30)) == Opening(False, at(3, 8), 1)
    assert opening(OFFICE, at(5, 16, 45)) == Opening(False, at(5, 17))
    assert opening(OFFICE, at(6, 18)) == Opening(False, at(9, 8), 3)


def test_no_hours_say_nothing() -> None:
    assert opening((), at(2, 8)) is None


def test_holidays_are_closed_whatever_the_day() -> None:
    friday = at(6, 1).date()
    closed = opening(OFFICE, at(6, 10), holiday=lambda day: day == friday)
    assert closed == Opening(False, at(9, 8), 3, holiday=True)
    assert opening(OFFICE, at(5, 20), holiday=lambda day: day == friday) == Opening(
        False, at(9, 8), 4
    )
    assert opening(OFFICE, at(2, 10), holiday=lambda day: True) == Opening(
        False, None, holiday=True
    )
