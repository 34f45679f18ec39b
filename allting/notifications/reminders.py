"""Remind me: a person chooses a deadline, and is told some days before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django_tasks import task

from allting.identity.api import Actor, person_of
from allting.kernel.api import SWEDEN, insert, new_id, now, record, run, stored, write
from allting.notifications import models
from allting.notifications.actions import About, send
from allting.notifications.ports import contact_of
from allting.ui.api import date as day_in_words
from allting.ui.api import plain, translator

TOPIC = "reminders"
HOUR = time(9)  # in the morning, when something can still be done that day
CHOICES = (1, 3, 7, 14)  # days before


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must be done by a day, as a room above knows it."""

    about: str  # "service:preschool-place:autumn": which source, and what it calls it
    what: Mapping[str, str]  # a text in each language; it is shown in calendars, so no names
    due: date
    url: str  # without the language in front


@dataclass(frozen=True, slots=True)
class Reminder:
    """One of a person's own reminders."""

    id: UUID
    about: str
    what: Mapping[str, str]
    url: str
    due: date
    remind_at: datetime
    told: bool


DeadlineSource = Callable[[Actor, str], Deadline | None]
"""The deadline that a word names, for this actor: None if there is none, or it is not for them."""
_sources: dict[str, DeadlineSource] = {}


def deadlines_by(source: str, find: DeadlineSource) -> None:
    """Let deadlines whose `about` begins with `source` be found by `find(actor, about)`."""
    _sources[source] = find


def deadline(actor: Actor, about: str) -> Deadline | None:
    """The deadline, if there is one and the actor may know of it."""
    find = _sources.get(about.partition(":")[0])
    return find(actor, about) if find else None


def remind_at(due: date, before: int) -> datetime:
    """When to tell of what is due on that day, so many days before it.

    >>> remind_at(date(2027, 2, 1), 3).isoformat()
    '2027-01-29T09:00:00+01:00'
    """
    return datetime.combine(due - timedelta(days=before), HOUR, SWEDEN)


def choices(due: date) -> tuple[int, ...]:
    """How many days before can still be chosen."""
    moment = now()
    return tuple(days for days in CHOICES if remind_at(due, days) > moment)


def remind(actor: Actor, what: Deadline, before: int) -> UUID:
    """Tell the actor so many days before; asked again for the same deadline it is moved.

    Raises ValueError if that time has passed.
    """
    person, at = person_of(actor), remind_at(what.due, before)
    if at <= now():
        raise ValueError("that time has passed")
    row = {
        "id": new_id(),
        "person": person,
        "about": what.about,
        "what": dict(what.what),
        "url": what.url,
        "due": what.due,
        "remind_at": at,
        "made_at": now(),
        "told_at": None,
    }
    with write():
        models.Reminder.objects.filter(person=person, about=what.about).delete()
        id_ = row["id"]
        insert("notifications_reminder", row)
        record(str(actor.account), "remind me", what.about)
        tell.using(run_after=at).enqueue(str(id_))
    return UUID(str(id_))


def forget(actor: Actor, reminder_id: UUID) -> bool:
    """The actor does not want to be reminded; False if there is nothing to forget."""
    mine = models.Reminder.objects.filter(id=reminder_id, person=person_of(actor))
    with write():
        return bool(mine.delete()[0])


def reminders_of(person: UUID) -> tuple[Reminder, ...]:
    """A person's reminders of what is not over yet, the nearest first."""
    found = models.Reminder.objects.filter(person=person, due__gte=now().astimezone(SWEDEN).date())
    return tuple(
        Reminder(it.id, it.about, it.what, it.url, it.due, it.remind_at, it.told_at is not None)
        for it in found.order_by("due", "id")
    )


_TOLD = "UPDATE notifications_reminder SET told_at = %s WHERE id = %s AND told_at IS NULL"


@task(max_attempts=25, atomic=True)
def tell(reminder: str) -> bool:
    """It is time; done again, or after the person has thought better of it, it says nothing."""
    found = models.Reminder.objects.filter(id=UUID(reminder)).first()
    if found is None or found.told_at is not None:
        return False
    with write():
        if not run(_TOLD, [stored(now()), stored(found.id)]):
            return False
        _send(found)
    return True


def _send(found: models.Reminder) -> None:
    contact = contact_of(found.person)
    language = contact.language if contact else "sv"
    _, what = translator(language), plain(found.what, language)
    day = day_in_words(language, found.due)
    address = f"/{language}{found.url}"
    send(
        to_person=found.person,
        kind="reminder",
        subject=_("Reminder: {what}", what=what),
        body_markdown=_(
            "You asked us to remind you: **{what}**. The last day is {day}.\n\n"
            "[Go there]({address})",
            what=what,
            day=day,
            address=address,
        ),
        language=language,
        occasion=f"reminder:{found.id}",
        about=About(url=address),
        topic=TOPIC,
        sms=_("Reminder that you asked for: {what}. The last day is {day}.", what=what, day=day),
    )
