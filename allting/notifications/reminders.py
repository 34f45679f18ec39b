"""Remind me: a person chooses a deadline, and is told some days before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django_tasks import task

from allting.identity.api import Actor, person_of
from allting.kernel.api import SWEDEN, now, record, run, stored, write
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
    # what text messages, e-mails and calendars say instead, of a service that is discreet
    outside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One of a person's own reminders."""

    id: UUID
    about: str
    what: Mapping[str, str]
    url: str
    due: date
    remind_at: datetime | None
    told: bool
    opens: date | None = None
    by_itself: bool = False
    outside: Mapping[str, str] = field(default_factory=dict)


DeadlineSource = Callable[[Actor, str], Deadline | None]
"""The deadline that a word names, for this actor: None if there is none, or it is not for them."""
_sources: dict[str, DeadlineSource] = {}
_looked_at: dict[str, Callable[[str], None]] = {}


def deadlines_by(
    source: str, find: DeadlineSource, look_again: Callable[[str], None] | None = None
) -> None:
    """Let deadlines whose `about` begins with `source` be found by `find(actor, about)`.

    `look_again(about)` is called before anyone is told, and says by `follow(…)` how it stands
    then: what has moved is told later, and what is done is not told at all.
    """
    _sources[source] = find
    if look_again is not None:
        _looked_at[source] = look_again


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
    at = remind_at(what.due, before)
    if at <= now():
        raise ValueError("that time has passed")
    values = {
        "what": dict(what.what),
        "outside": dict(what.outside),
        "url": what.url,
        "due": what.due,
        "remind_at": at,
        "made_at": now(),
        "told_at": None,
        "by_itself": False,
    }
    with write():
        # the same row: in calendars it is the same day, moved
        kept, _new = models.Reminder.objects.update_or_create(
            person=person_of(actor), about=what.about, defaults=values
        )
        record(str(actor.account), "remind me", what.about)
        tell_at(kept.id, at)
    return kept.id


def tell_at(reminder: UUID, at: datetime) -> None:
    """Let it be told then, if nothing has moved it. Call inside `write()`."""
    tell.using(run_after=at).enqueue(str(reminder))


def forget(actor: Actor, reminder_id: UUID) -> bool:
    """The actor does not want to be reminded; False if there is nothing to forget."""
    mine = models.Reminder.objects.filter(id=reminder_id, person=person_of(actor))
    with write():
        return bool(mine.delete()[0])


def reminders_of(person: UUID) -> tuple[Reminder, ...]:
    """A person's reminders of what is not over yet, the nearest first."""
    found = models.Reminder.objects.filter(person=person, due__gte=now().astimezone(SWEDEN).date())
    return tuple(
        Reminder(
            it.id,
            it.about,
            it.what,
            it.url,
            it.due,
            it.remind_at,
            it.told_at is not None,
            it.opens,
            it.by_itself,
            it.outside,
        )
        for it in found.order_by("due", "id")
    )


_TOLD = "UPDATE notifications_reminder SET told_at = %s WHERE id = %s AND told_at IS NULL"


@task(max_attempts=25, atomic=True)
def tell(reminder: str) -> bool:
    """It is time; done again, or after the person has thought better of it, it says nothing."""
    found = _due(UUID(reminder))
    if found is None:
        return False
    look_again = _looked_at.get(found.about.partition(":")[0])
    if look_again is not None:
        look_again(found.about)
        found = _due(found.id)
    with write():
        if found is None or not run(_TOLD, [stored(now()), stored(found.id)]):
            return False
        _send(found)
    return True


def _due(reminder: UUID) -> models.Reminder | None:
    """The reminder, if it is to be told now: it may be gone, told, moved or never to be told."""
    return models.Reminder.objects.filter(id=reminder, told_at=None, remind_at__lte=now()).first()


def _send(found: models.Reminder) -> None:
    contact = contact_of(found.person)
    language = contact.language if contact else "sv"
    _, what = translator(language), plain(found.what, language)
    words = {"what": what, "day": day_in_words(language, found.due)}
    words["address"] = f"/{language}{found.url}"
    aloud = plain(found.outside, language) if found.outside else what
    if found.by_itself:
        words["note"] = plain(found.note, language)
        body = _("**{what}** must be begun by {day}. {note}\n\n[Go there]({address})", **words)
        text = _("Reminder: {what} must be begun by {day}.", what=aloud, day=words["day"])
    else:
        body = _(
            "You asked us to remind you: **{what}**. The last day is {day}.\n\n"
            "[Go there]({address})",
            **words,
        )
        text = _(
            "Reminder that you asked for: {what}. The last day is {day}.",
            what=aloud,
            day=words["day"],
        )
    send(
        to_person=found.person,
        kind="reminder",
        subject=_("Reminder: {what}", what=what),
        body_markdown=body,
        language=language,
        # moved, it is something else to tell of
        occasion=f"reminder:{found.id}:{found.due}",
        about=About(url=words["address"]),
        topic=TOPIC,
        sms=text,
    )
