"""Taking back what was said yes to: an open case is withdrawn, a decided one has it noted.

A decision is not undone by the one it favours; it is written down that they give it up, and those
who handle the case see it.
"""

from uuid import UUID

from allting.cases.actions import do
from allting.cases.definitions import APPLICANT, WITHDRAW
from allting.cases.events import CaseMoved
from allting.cases.models import Case, CaseEvent
from allting.cases.processes import process_of
from allting.identity.api import Actor
from allting.kernel.api import announce, now, rows, write

RENOUNCED = "renounced"
_DECIDED = """
    SELECT 1 FROM cases_decision d JOIN cases_case c ON c.id = d.case_id WHERE c.number = %s
"""
_NUMBER = "SELECT number FROM cases_case WHERE submission = %s"


def number_of_submission(submission: UUID) -> str | None:
    """The number of the case that a submission became. For rooms above, which guard it."""
    found = rows(_NUMBER, [submission])
    return found[0][0] if found else None


def is_decided(number: str) -> bool:
    """Whether the case has been decided. For rooms above, which guard it."""
    return bool(rows(_DECIDED, [number]))


def renounce(actor: Actor, number: str) -> None:
    """Let it be known that the applicant, or the child's other guardian, gives up what was applied
    for. The caller has checked who the actor is. Done again, it changes nothing."""
    with write():
        case = Case.objects.select_for_update().get(number=number)
        process = process_of(case.edition, case.service)
        row = process.move(case.stage, WITHDRAW)
        if row is not None and row.who == APPLICANT and case.applicant == actor.person:
            do(actor, case.id, WITHDRAW, seen_stage=case.stage)
            return
        if CaseEvent.objects.filter(case=case, move=RENOUNCED).exists():
            return
        CaseEvent.objects.create(
            case=case,
            at=now(),
            move=RENOUNCED,
            account=actor.account,
            name=actor.name,
            part=APPLICANT,
            from_stage=case.stage,
            to_stage=case.stage,
            version=case.version,
        )
        announce(CaseMoved(case.id, case.number, RENOUNCED, case.stage, case.stage, now()))
