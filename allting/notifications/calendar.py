"""A person's reminders as a calendar that any program can subscribe to.

The address is all that is asked for, so it cannot be guessed and can be taken back; only a digest
of it is kept. The calendar says what and when, and nothing of whose it is.
"""

import hashlib
import re
import secrets
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from icalendar import Alarm, Calendar, Event

from allting.identity.api import Actor, person_of
from allting.kernel.api import now, record, write
from allting.notifications.models import CalendarKey
from allting.notifications.ports import contact_of
from allting.notifications.reminders import Reminder, reminders_of
from allting.ui.api import frame, plain, translator

BYTES = 24
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")


def make_calendar(actor: Actor, language: str) -> str:
    """A new address for the actor's calendar; one made before leads nowhere from now on.

    Raises PermissionDenied for somebody protected.
    """
    if not may_have_calendar(actor):
        raise PermissionDenied
    token, person = secrets.token_urlsafe(BYTES), person_of(actor)
    values = {"digest": _digest(token), "language": language, "made_at": now()}
    with write():
        CalendarKey.objects.update_or_create(person=person, defaults=values)
        record(str(actor.account), "calendar made", f"person {person}")
    return f"{settings.BASE_URL}/calendar/{token}.ics"


def end_calendar(actor: Actor) -> None:
    """Let the address lead nowhere."""
    person = person_of(actor)
    with write():
        CalendarKey.objects.filter(person=person).delete()
        record(str(actor.account), "calendar ended", f"person {person}")


def has_calendar(actor: Actor) -> bool:
    """Whether an address of the actor's calendar leads somewhere."""
    return CalendarKey.objects.filter(person=person_of(actor)).exists()


def calendar_at(token: str) -> bytes | None:
    """The calendar that an address leads to, as RFC 5545 wants it."""
    if not _SHAPE.fullmatch(token):
        return None
    key = CalendarKey.objects.filter(digest=_digest(token)).first()
    contact = contact_of(key.person) if key else None
    if key is None or (contact is not None and contact.protected):
        return None
    return _calendar(key.person, contact.language if contact else key.language)


def may_have_calendar(actor: Actor) -> bool:
    """Not somebody protected: the address stands in other people's servers and shared calendars,
    and whoever holds it sees what they have to do with the municipality."""
    contact = contact_of(person_of(actor))
    return contact is None or not contact.protected


def _calendar(person: UUID, language: str) -> bytes:
    _, town = translator(language), plain(frame().name, language)
    made = Calendar()
    made.add("prodid", "-//Allting//reminders//SV")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Reminders from {municipality}", municipality=town))
    made.add("refresh-interval;value=duration", "PT12H")
    for reminder in reminders_of(person):
        made.add_component(_event(reminder, language))
        if reminder.opens is not None and reminder.opens < reminder.due:
            made.add_component(_window(reminder, reminder.opens, language))
    return bytes(made.to_ical())


def _event(reminder: Reminder, language: str) -> Event:
    """The last day, with when we tell of it as an alarm."""
    _, what = translator(language), plain(reminder.outside or reminder.what, language)
    event = _bare(reminder, f"{reminder.id}@allting", language)
    event.add("dtstart", reminder.due)  # the whole day
    event.add("summary", _("Last day: {what}", what=what))
    if reminder.remind_at is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", what)
        alarm.add("trigger", reminder.remind_at)
        event.add_component(alarm)
    return event


def _window(reminder: Reminder, opens: date, language: str) -> Event:
    """From the first day to the last: what cannot be begun at once."""
    event = _bare(reminder, f"{reminder.id}-open@allting", language)
    event.add("dtstart", opens)
    event.add("dtend", reminder.due + timedelta(1))  # RFC 5545: the day after the last
    what = plain(reminder.outside or reminder.what, language)
    event.add("summary", translator(language)("Can be begun: {what}", what=what))
    return event


def _bare(reminder: Reminder, uid: str, language: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now())
    event.add("url", f"{settings.BASE_URL}/{language}{reminder.url}")
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
