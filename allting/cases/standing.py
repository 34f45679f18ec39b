"""How a person's own matters stand: what is open, and what evidence has been given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allting.cases.models import Case
from allting.cases.processes import process_of
from allting.identity.api import Actor, person_of
from allting.kernel.api import SWEDEN


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
    found = Case.objects.filter(applicant=me, subject__in=[me, subject] if subject else [me])
    fields = ("service", "edition", "received_at", "open", "decision__at", "decision__outcome")
    for service, edition, received, is_open, at, outcome in found.order_by("id").values_list(
        *fields
    )[:limit]:
        yield Standing(
            service,
            received.astimezone(SWEDEN).date(),
            is_open,
            at.astimezone(SWEDEN).date() if at else None,
            process_of(edition, service).outcome(outcome).produces if outcome else (),
        )
