"""Remind me: on the day that was chosen, once, by the person's own channels, and as a calendar."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import vobject
from django.core.exceptions import PermissionDenied
from django.test import Client
from icalendar import Calendar

from allting.kernel.api import clock_at, work_off
from allting.notifications.api import Deadline, inbox, remind
from allting.notifications.calendar import calendar_at, end_calendar, make_calendar
from allting.notifications.models import CalendarKey
from allting.notifications.reminders import choices, forget, reminders_of
from allting.notifications.tests.conftest import ANNA, BO, CARIN, Known, LetterBox, Phones, acting

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
WHAT = {
    "sv": "Sista dagen att välja gymnasium; kom ihåg, välj i tid så att alla önskemål räknas med",
    "en": "Last day to choose",
}
CHOICE = Deadline(
    "service:upper-secondary-choice:closes", WHAT, date(2027, 2, 1),
    "/services/upper-secondary-choice/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def reached(people: dict[UUID, Known], box: LetterBox, phones: Phones) -> None:
    people[ANNA].phone = "+46701740605"


def at(moment: datetime) -> None:
    with clock_at(moment):
        work_off()
        work_off()


def test_one_is_told_on_the_day_and_once(box: LetterBox, phones: Phones) -> None:
    with clock_at(NOW):
        remind(acting(ANNA), CHOICE, 3)
    at(datetime(2027, 1, 29, 7, 59, tzinfo=UTC))
    assert inbox(acting(ANNA)).rows == ()
    at(datetime(2027, 1, 29, 8, 0, tzinfo=UTC))
    at(datetime(2027, 1, 30, 8, 0, tzinfo=UTC))
    [row] = inbox(acting(ANNA)).rows
    assert row.subject.startswith("Påminnelse: Sista dagen")
    assert len(box.mails) == 1 and len(phones.texts) == 1
    [(_, text)] = phones.texts.values()
    assert text.endswith("Sista dag är 1 februari 2027.")


def test_asked_again_it_is_moved_and_forgotten_it_is_silent(phones: Phones) -> None:
    with clock_at(NOW):
        remind(acting(ANNA), CHOICE, 3)
        remind(acting(ANNA), CHOICE, 7)
        [one] = reminders_of(ANNA)
        assert one.remind_at and one.remind_at.date() == date(2027, 1, 25)
        assert not forget(acting(BO), one.id)
        assert forget(acting(ANNA), one.id) and not forget(acting(ANNA), one.id)
    at(datetime(2027, 1, 31, 12, 0, tzinfo=UTC))
    assert inbox(acting(ANNA)).rows == ()


def test_protected_people_are_reminded_in_the_inbox_only(box: LetterBox, phones: Phones) -> None:
    with clock_at(NOW):
        remind(acting(CARIN), CHOICE, 1)
    at(datetime(2027, 1, 31, 12, 0, tzinfo=UTC))
    assert len(inbox(acting(CARIN)).rows) == 1
    assert box.mails == [] and phones.asked == 0


def test_only_times_that_have_not_passed_can_be_chosen() -> None:
    with clock_at(NOW):
        assert choices(CHOICE.due) == (1, 3, 7, 14)
    with clock_at(NOW + timedelta(days=12)):
        assert choices(CHOICE.due) == (1, 3)
    with clock_at(NOW + timedelta(days=17)):
        assert choices(CHOICE.due) == ()
        with pytest.raises(ValueError, match="has passed"):
            remind(acting(ANNA), CHOICE, 1)


# ---- the calendar


def token_of(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2].removesuffix(".ics")


def test_the_calendar_is_valid_and_says_no_more_than_it_must() -> None:
    with clock_at(NOW):
        remind(acting(ANNA), CHOICE, 3)
        address = make_calendar(acting(ANNA), "sv")
        answer = Client().get(urlsplit(address).path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    raw = answer.content
    lines = raw.split(b"\r\n")
    assert lines[-1] == b"" and max(len(line) for line in lines) <= 75  # RFC 5545, 3.1
    assert b"\n" not in raw.replace(b"\r\n", b"")
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2027, 2, 1)
    assert str(event["SUMMARY"]) == f"Sista dag: {WHAT['sv']}"
    assert event.walk("VALARM")[0].decoded("TRIGGER") == datetime(2027, 1, 29, 8, 0, tzinfo=UTC)
    for secret in (b"anna", b"Someone", str(ANNA).encode(), b"@post"):
        assert secret not in raw


def test_another_program_reads_it_too() -> None:
    with clock_at(NOW):
        remind(acting(ANNA), CHOICE, 3)
        made = calendar_at(token_of(make_calendar(acting(ANNA), "sv")))
    assert made is not None
    read = vobject.readOne(made.decode())
    assert read.validate(raiseException=True)
    assert read.vevent.summary.value == f"Sista dag: {WHAT['sv']}"
    assert read.vevent.dtstart.value == date(2027, 2, 1)


def test_an_empty_calendar_is_a_calendar() -> None:
    made = calendar_at(token_of(make_calendar(acting(ANNA), "en")))
    assert made is not None and Calendar.from_ical(made).walk("VEVENT") == []


def test_the_address_cannot_be_guessed_and_can_be_taken_back() -> None:
    first = token_of(make_calendar(acting(ANNA), "sv"))
    assert len(first) == 32
    assert first not in str(list(CalendarKey.objects.values_list()))
    second = token_of(make_calendar(acting(ANNA), "sv"))
    others = token_of(make_calendar(acting(BO), "sv"))
    assert calendar_at(first) is None and calendar_at(second) is not None
    end_calendar(acting(ANNA))
    assert calendar_at(second) is None and calendar_at(others) is not None
    for wrong in ("", "x", "../etc", "a" * 32, second[:-1]):
        assert calendar_at(wrong) is None
    assert Client().get(f"/calendar/{first}.ics").status_code == 404


def test_the_calendar_of_somebody_protected_leads_nowhere(people: dict[UUID, Known]) -> None:
    """Also one that was made before."""
    address = make_calendar(acting(ANNA), "sv")
    assert calendar_at(token_of(address)) is not None
    people[ANNA].protected = True
    assert calendar_at(token_of(address)) is None
    with pytest.raises(PermissionDenied):
        make_calendar(acting(CARIN), "sv")
    people[ANNA].protected = False
    assert calendar_at(token_of(address)) is not None


def test_what_is_discreet_is_named_only_where_one_has_signed_in(
    box: LetterBox, phones: Phones
) -> None:
    secret = {"sv": "Svara oss om missbruksvård", "en": "Answer us about addiction care"}
    quiet = {"sv": "Svara oss i ditt ärende", "en": "Answer us about your case"}
    asked = Deadline("case:x", secret, date(2027, 2, 1), "/my/cases/x/", quiet)
    with clock_at(NOW):
        remind(acting(ANNA), asked, 3)
        calendar = calendar_at(urlsplit(make_calendar(acting(ANNA), "sv")).path[10:-4])
    at(datetime(2027, 1, 29, 8, 0, tzinfo=UTC))
    [row] = inbox(acting(ANNA)).rows
    assert row.subject == "Påminnelse: Svara oss om missbruksvård"
    [(_, text)] = phones.texts.values()
    mail = box.mails[0].as_bytes().decode() + str(box.mails[0].get_body(("plain",)))
    for said in (text, mail, (calendar or b"").decode()):
        assert "missbruk" not in said
    assert "Svara oss i ditt ärende" in text and b"Svara oss i ditt" in (calendar or b"")
