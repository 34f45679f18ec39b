"""An application that came on paper, by phone or in person, entered by an employee.

It becomes a case as any other does, by the same form and the same rules; that it was entered by
somebody else, who that was and how it came is kept with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.cases.access import Matter, may_take_in
from allting.cases.definitions import PROCESS
from allting.cases.processes import roles_of
from allting.cases.renouncing import number_of_submission
from allting.catalogue.api import service
from allting.forms.api import FORM, Behalf, Submission, on_paper, submit_for
from allting.identity.api import Actor
from allting.kernel.api import record, today, write
from allting.packages.api import Edition
from allting.register.api import NAMED_HANDLER, Errand, PersonCard, is_guardian, person_by_number

CHANNELS = ("paper", "phone", "visit")
PURPOSE = "taking in"
BY, CHANNEL, DAY = "taken_in.by", "taken_in.channel", "taken_in.on"


@dataclass(frozen=True)
class Handed:
    """What came: an application for a service, how, on which day, from whom and about whom."""

    service: str
    channel: str
    came_on: date
    applicant: UUID
    subject: UUID
    language: str


@dataclass(frozen=True)
class TakenIn:
    """How a case came that was not applied for online."""

    by: str
    channel: str
    on: date


def to_take_in(actor: Actor, held: Edition) -> tuple[str, ...]:
    """The services whose applications the actor may enter: those of processes they work in."""

    def build() -> tuple[str, ...]:
        found = held.definition
        both = (
            id for id in found.ids("service") if found.find(FORM, id) and found.find(PROCESS, id)
        )
        return tuple(id for id in both if _may(actor, held, id, None, None))

    # nobody's own person is looked at here: who hold the same roles are offered the same
    return held.memo(("cases.to_take_in", actor.roles), build)


def find_for(actor: Actor, held: Edition, service_id: str, number: str) -> PersonCard | None:
    """Who has this identity number, on the errand of taking in; None where it is nobody here.

    None also for someone protected, unless the actor is named to handle them: that they are here
    is not told. Raises PermissionDenied if the service is not the actor's to take in.
    """
    if not _may(actor, held, service_id, None, None):
        raise PermissionDenied("not a service of the actor's")
    errand = Errand(service(held, service_id).board)
    found = person_by_number(actor, number, purpose=PURPOSE, errand=errand)
    if found is not None and found.protected and not actor.has(NAMED_HANDLER, errand.board):
        return None
    return found


def behalf_of(actor: Actor, held: Edition, handed: Handed, told: Mapping[str, Any]) -> Behalf:
    """The application as the form sees it.

    Raises PermissionDenied for a service that is not the actor's, for a matter of their own
    (FL § 16), and for a child whom the applicant does not answer for.
    """
    if not _may(actor, held, handed.service, handed.applicant, handed.subject):
        raise PermissionDenied("not the actor's to take in")
    if handed.subject != handed.applicant and not is_guardian(
        handed.applicant, handed.subject, today()
    ):
        raise PermissionDenied("the applicant does not answer for the child")
    return Behalf(
        edition=held,
        service=handed.service,
        applicant=handed.applicant,
        subject=handed.subject,
        told=told,
        context={BY: actor.name, CHANNEL: handed.channel, DAY: handed.came_on},
        language=handed.language,
        reader=actor,
        errand=Errand(service(held, handed.service).board),
        purpose=PURPOSE,
        beside=on_paper(held, handed.service),
        came_on=handed.came_on,
    )


def take_in(actor: Actor, behalf: Behalf, once: UUID) -> str:
    """Open the case, one for each `once`; its number, also when it was opened before.

    Raises forms.api.NotComplete; then nothing is kept.
    """
    with write():
        submission = submit_for(behalf, source=f"taken-in:{once}", as_of=today())
        number = number_of_submission(submission) or ""
        record(str(actor.account), "case:take-in", number, channel=behalf.context[CHANNEL])
    return number


def taken_in(submission: Submission | None) -> TakenIn | None:
    """How this came, if an employee entered it."""
    known = (submission.context or {}) if submission else {}
    if BY not in known:
        return None
    return TakenIn(known[BY], known[CHANNEL], date.fromisoformat(known[DAY]))


def _may(
    actor: Actor, held: Edition, id: str, applicant: UUID | None, subject: UUID | None
) -> bool:
    offered = service(held, id)
    if offered.status != "active" or not offered.board:
        return False
    nobody = UUID(int=0)
    roles = roles_of(held.id, id)
    return may_take_in(actor, Matter(applicant or nobody, subject or nobody, offered.board, roles))
