"""What the actor is in a case, from the case and the register; PermissionDenied for the rest."""

from django.core.exceptions import PermissionDenied

from allting.cases import access
from allting.cases.definitions import APPLICANT, Move, Process
from allting.cases.models import Case
from allting.cases.rules import parts_of
from allting.identity.api import Actor
from allting.kernel.api import today
from allting.register.api import NAMED_HANDLER, contact_of, is_guardian


def matter_of(case: Case, process: Process) -> access.Matter:
    """The case as the access rules see it."""
    return access.Matter(case.applicant, case.subject, case.board, parts_of(process))


def part_in(actor: Actor, case: Case, process: Process, row: Move | None) -> str:
    """What the actor is in this move. Raises PermissionDenied if it is not theirs to make."""
    if access.is_applicant(actor, matter_of(case, process)):
        parts = frozenset({APPLICANT})
    else:
        parts = roles_in(actor, case, process)
    if row is not None and row.who not in parts:
        raise PermissionDenied
    return row.who if row else ""


def roles_in(actor: Actor, case: Case, process: Process) -> frozenset[str]:
    """The roles in which an employee works with the case. Raises PermissionDenied if there are
    none, if it is about the employee or their child (FL § 16), and if it is about protected people
    and the employee is not named to handle them."""
    roles = access.roles_in(actor, matter_of(case, process))
    if not roles or concerns_own_child(actor, case):
        raise PermissionDenied
    if not actor.has(NAMED_HANDLER, case.board) and is_protected(case):
        raise PermissionDenied
    return roles


def concerns_own_child(actor: Actor, case: Case) -> bool:
    """Whether the case is about a child whom the actor answers for."""
    if actor.person is None or case.subject == case.applicant:
        return False
    return is_guardian(actor.person, case.subject, today())


def is_protected(case: Case) -> bool:
    """Whether anyone in the case is protected."""
    contacts = [contact_of(person) for person in {case.applicant, case.subject}]
    return any(contact.protected for contact in contacts if contact)
