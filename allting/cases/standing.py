"""How a person's own matters stand: what is open, and what evidence has been given."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from allting.cases.models import Case
from allting.cases.processes import process_of
from allting.identity.api import Actor, person_of
from allting.kernel.api import SWEDEN, today
from allting.register.api import contact_of, is_guardian


@dataclass(frozen=True, slots=True)
class Standing:
    """One case of one's own: its service, since when, and what its decision gave."""

    service: str
    since: date
    open: bool
    decided: date | None
    gave: tuple[str, ...]


def standing(actor: Actor, *, subject: UUID | None = None, limit: int = 200) -> Iterator[Standing]:
    """The actor's own cases about themselves or `subject`, the earliest first. One query."""
    me = person_of(actor)
    yield from _of(Q(applicant=me, subject__in=[me, subject] if subject else [me]), limit)


def standing_together(
    actor: Actor,
    *,
    spouses: Collection[UUID],
    guardians: Collection[UUID],
    child: UUID | None,
    of_the_child: Collection[str],
    of_both: Collection[str],
    limit: int = 200,
) -> Iterator[Standing]:
    """What others have asked for that is the actor's matter too, and nothing else of theirs.

    Of `guardians`: cases about a child for whom they and the actor answer, as the case's own page
    lets the other guardian follow it. Of `spouses`, who the caller says are the actor's: services
    that both must ask for. Nothing of whoever is protected, or about a child who is.
    """
    me = person_of(actor)
    which = Q(pk__in=[])
    both = [it for it in spouses if it != me and not _protected(it)]
    if both:
        which |= Q(applicant__in=both, subject=F("applicant"), service__in=list(of_both))
    if child and guardians and is_guardian(me, child, today()) and not _protected(child):
        seen = [it for it in guardians if is_guardian(it, child, today()) and not _protected(it)]
        which |= Q(applicant__in=seen, subject=child, service__in=list(of_the_child))
    yield from _of(which, limit)


def _protected(person: UUID) -> bool:
    contact = contact_of(person)
    return contact is None or contact.protected


def _of(which: Q, limit: int) -> Iterator[Standing]:
    fields = ("service", "edition", "received_at", "open", "decision__at", "decision__outcome")
    for service, edition, received, is_open, at, outcome in (
        Case.objects.filter(which).order_by("id").values_list(*fields)[:limit]
    ):
        yield Standing(
            service,
            received.astimezone(SWEDEN).date(),
            is_open,
            at.astimezone(SWEDEN).date() if at else None,
            process_of(edition, service).outcome(outcome).produces if outcome else (),
        )
