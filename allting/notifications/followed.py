"""Last days that follow by themselves from something a person has: nobody need ask for each.

A room above says which they are, as often as it likes; what is new is told of in time, what has
moved is told of later or earlier, what is over is not told of. Said twice, nothing happens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allting.kernel.api import SWEDEN, new_id, now, write
from allting.notifications.models import Reminder
from allting.notifications.reminders import Deadline, remind_at, tell_at

BEFORE = (7, 3, 1)  # days; the first of them that has not passed


@dataclass(frozen=True, slots=True)
class LastDay:
    """A last day to begin something, and the first where it cannot be begun at once."""

    deadline: Deadline
    opens: date | None = None
    note: Mapping[str, str] = field(default_factory=dict)  # where it comes from


def follow(person: UUID, under: str, days: Iterable[LastDay], *, quiet: bool = False) -> None:
    """Let the last days of `person` whose `about` begins with `under` be these and no others.

    What the person has asked for themselves moves with them, and is over when they are. `quiet`:
    they stand in the calendar, and nothing is told.
    """
    wanted = {it.deadline.about: it for it in days}
    with write():
        known = Reminder.objects.filter(person=person, about__startswith=under)
        kept = {it.about: it for it in known}
        gone = [it.id for about, it in kept.items() if about not in wanted]
        if gone:
            Reminder.objects.filter(id__in=gone).delete()
        for about, it in wanted.items():
            _keep(person, it, kept.get(about), quiet=quiet)


def _keep(person: UUID, it: LastDay, known: Reminder | None, *, quiet: bool) -> None:
    values: dict[str, Any] = {
        "what": dict(it.deadline.what),
        "outside": dict(it.deadline.outside),
        "url": it.deadline.url,
        "opens": it.opens,
        "due": it.deadline.due,
        "note": dict(it.note),
    }
    if known is None:
        at = None if quiet else usual(it.deadline.due)
        values |= {"by_itself": True, "remind_at": at, "made_at": now()}
        made = Reminder.objects.create(
            id=new_id(), person=person, about=it.deadline.about, **values
        )
        _tell(made.id, at)
        return
    values |= _when(known, it.deadline.due, quiet=quiet)
    changed = {name: value for name, value in values.items() if getattr(known, name) != value}
    if changed:
        Reminder.objects.filter(id=known.id).update(**changed)
        _tell(known.id, changed.get("remind_at"))


def _when(known: Reminder, due: date, *, quiet: bool) -> dict[str, Any]:
    """When to tell of a day that is known: as before, unless it or the person's will has moved."""
    moved = due != known.due
    if known.by_itself and quiet:
        return {"remind_at": None}
    if known.by_itself and (moved or (known.remind_at is None and known.told_at is None)):
        return {"remind_at": usual(due), "told_at": None}
    if moved and known.remind_at is not None:
        before = (known.due - known.remind_at.astimezone(SWEDEN).date()).days
        at = remind_at(due, before)
        return {"remind_at": at if at > now() else usual(due), "told_at": None}
    return {}


def usual(due: date) -> datetime | None:
    """When to tell of a last day: a week before, or nearer if that has passed; None if it is here.

    >>> from allting.kernel.api import clock_at
    >>> with clock_at(datetime(2027, 3, 26, 12, tzinfo=SWEDEN)):
    ...     usual(date(2027, 4, 1)).isoformat(), usual(date(2027, 3, 26))
    ('2027-03-29T09:00:00+02:00', None)
    """
    moment = now()
    times = (remind_at(due, days) for days in BEFORE)
    return next((at for at in times if at > moment), None)


def _tell(reminder: UUID, at: datetime | None) -> None:
    if at is not None:
        tell_at(reminder, at)
