"""Last days that follow by themselves: told once, moved, called off, quiet; and in calendars."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar
from icalendar.cal.component import Component

from allting.kernel.api import clock_at, work_off
from allting.notifications.api import Deadline, LastDay, follow, inbox, remind
from allting.notifications.calendar import calendar_at, make_calendar
from allting.notifications.models import Reminder
from allting.notifications.reminders import forget, reminders_of
from allting.notifications.tests.conftest import ANNA, BO, LetterBox, acting

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
SWEDEN = ZoneInfo("Europe/Stockholm")
MINE = "plan:1:"
NOTE = {"sv": "Ett steg i din plan.", "en": "A step of your plan."}


def last(step: str, due: date, opens: date | None = None) -> LastDay:
    what = {"sv": f"Steget {step}", "en": f"The step {step}"}
    return LastDay(Deadline(MINE + step, what, due, "/my/plans/1/"), opens, NOTE)


PERMIT, MAP = last("permit", date(2027, 4, 5)), last("map", date(2027, 4, 2))


@pytest.fixture(autouse=True)
def _morning(box: LetterBox) -> Iterator[None]:
    with clock_at(NOW):
        yield


def at(moment: datetime) -> list[str]:
    """What lies in the inbox once all has been done that is to be done by then."""
    with clock_at(moment):
        work_off()
        work_off()
        return [row.subject for row in inbox(acting(ANNA)).rows]


def days_of(person: UUID) -> dict[str, date]:
    return {it.about.removeprefix(MINE): it.due for it in reminders_of(person)}


def test_one_is_told_a_week_before_and_once() -> None:
    for _ in range(3):
        follow(ANNA, MINE, [PERMIT])
    assert Reminder.objects.count() == 1
    assert at(datetime(2027, 3, 29, 6, 59, tzinfo=UTC)) == []
    told = at(datetime(2027, 3, 29, 7, 0, tzinfo=UTC))  # nine o'clock, the morning after the change
    assert told == ["Påminnelse: Steget permit"]
    with clock_at(datetime(2027, 3, 30, 12, tzinfo=UTC)):
        follow(ANNA, MINE, [PERMIT])
    assert at(datetime(2027, 4, 4, 12, tzinfo=UTC)) == told


def test_what_moves_is_told_of_when_it_comes_to_that() -> None:
    follow(ANNA, MINE, [PERMIT])
    follow(ANNA, MINE, [last("permit", date(2027, 5, 20))])
    assert at(datetime(2027, 4, 4, 12, tzinfo=UTC)) == []
    assert len(at(datetime(2027, 5, 13, 12, tzinfo=UTC))) == 1
    with clock_at(datetime(2027, 5, 14, 12, tzinfo=UTC)):
        follow(ANNA, MINE, [last("permit", date(2027, 6, 20))])
    assert len(at(datetime(2027, 6, 19, 12, tzinfo=UTC))) == 2  # another day, another reminder


def test_what_is_over_is_not_told_and_others_are_left_alone() -> None:
    follow(ANNA, MINE, [PERMIT, MAP])
    follow(ANNA, "plan:2:", [LastDay(Deadline("plan:2:x", NOTE, date(2027, 9, 1), "/"))])
    follow(BO, MINE, [PERMIT])
    follow(ANNA, MINE, [MAP])
    assert days_of(ANNA) == {"map": date(2027, 4, 2), "plan:2:x": date(2027, 9, 1)}
    assert days_of(BO) == {"permit": date(2027, 4, 5)}


def test_quiet_it_stands_in_the_calendar_alone_until_it_is_wanted_again() -> None:
    follow(ANNA, MINE, [PERMIT])
    follow(ANNA, MINE, [PERMIT], quiet=True)
    assert days_of(ANNA) == {"permit": date(2027, 4, 5)}
    assert at(datetime(2027, 3, 31, 12, tzinfo=UTC)) == []
    with clock_at(datetime(2027, 3, 31, 13, tzinfo=UTC)):
        follow(ANNA, MINE, [PERMIT])
    assert len(at(datetime(2027, 4, 2, 12, tzinfo=UTC))) == 1  # three days before


def test_what_one_has_asked_for_oneself_moves_too_and_keeps_its_time() -> None:
    remind(acting(ANNA), PERMIT.deadline, 14)
    follow(ANNA, MINE, [last("permit", date(2027, 5, 20))], quiet=True)
    [mine] = reminders_of(ANNA)
    assert mine.remind_at == datetime(2027, 5, 6, 9, tzinfo=SWEDEN)
    assert not mine.by_itself
    assert forget(acting(ANNA), mine.id)


def test_a_last_day_that_is_here_is_not_told() -> None:
    follow(ANNA, MINE, [last("permit", date(2027, 3, 1))])
    [mine] = reminders_of(ANNA)
    assert mine.remind_at is None


# ---- the calendar


def feed() -> bytes:
    address = make_calendar(acting(ANNA), "sv")
    made = calendar_at(urlsplit(address).path.rpartition("/")[2].removesuffix(".ics"))
    assert made is not None
    return made


def events() -> dict[str, Component]:
    return {str(it["UID"]): it for it in Calendar.from_ical(feed()).walk("VEVENT")}


def test_whole_days_and_alarms_are_right_across_the_change_of_the_clock() -> None:
    """The clock goes forward on 28 March 2027: nine o'clock is another hour of UTC after it."""
    follow(ANNA, MINE, [MAP, PERMIT])
    found = {str(it["SUMMARY"]): it for it in events().values()}
    before, after = found["Sista dag: Steget map"], found["Sista dag: Steget permit"]
    assert before.decoded("DTSTART") == date(2027, 4, 2)
    assert before["DTSTART"].params["VALUE"] == "DATE"
    alarms = [it.walk("VALARM")[0].decoded("TRIGGER") for it in (before, after)]
    assert alarms == [
        datetime(2027, 3, 26, 8, tzinfo=UTC),
        datetime(2027, 3, 29, 7, tzinfo=UTC),
    ]
    assert [it.astimezone(SWEDEN).hour for it in alarms] == [9, 9]


def test_a_window_is_as_long_as_its_days() -> None:
    follow(ANNA, MINE, [last("certificate", date(2027, 4, 5), date(2027, 3, 22))])
    [window] = [it for uid, it in events().items() if "-open@" in uid]
    first, past = window.decoded("DTSTART"), window.decoded("DTEND")
    assert (first, past - timedelta(1)) == (date(2027, 3, 22), date(2027, 4, 5))
    assert str(window["SUMMARY"]) == "Kan börjas: Steget certificate"
    assert window.walk("VALARM") == []


def test_moved_it_is_the_same_day_in_the_calendar() -> None:
    opens = date(2027, 3, 22)
    follow(ANNA, MINE, [last("permit", date(2027, 4, 5), opens)])
    before = set(events())
    follow(ANNA, MINE, [last("permit", date(2027, 5, 5), opens)])
    remind(acting(ANNA), PERMIT.deadline, 3)
    remind(acting(ANNA), PERMIT.deadline, 7)
    assert len(before) == 2 and set(events()) == before


def test_another_program_reads_it_too() -> None:
    follow(ANNA, MINE, [last("permit", date(2027, 4, 5), date(2027, 3, 22))])
    read = vobject.readOne(feed().decode())
    assert read.validate(raiseException=True)
    days = {(it.dtstart.value, getattr(it, "dtend", it.dtstart).value) for it in read.vevent_list}
    assert days == {
        (date(2027, 4, 5), date(2027, 4, 5)),
        (date(2027, 3, 22), date(2027, 4, 6)),
    }
