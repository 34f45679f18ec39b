"""A decision is written, and everyone who needs it is told: the same for a person and a rule."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allting.cases import asked
from allting.cases.definitions import OutcomeKind, Process
from allting.cases.errors import Fault, Incomplete, Overtaken
from allting.cases.establishing import keep_established
from allting.cases.events import CaseDecided
from allting.cases.letters import promise
from allting.cases.models import Case, Decision
from allting.cases.processes import unit_names
from allting.cases.rules import needs_reason
from allting.cases.steps import Given
from allting.identity.api import Actor
from allting.kernel.api import announce
from allting.ui.api import later

Judged = tuple[OutcomeKind, dict[str, asked.Value], str]


def judged(process: Process, edition: int, given: Given) -> Judged:
    """Outcome, values and reason as filled in. Raises Incomplete with everything to mend."""
    outcome = next((it for it in process.outcomes if it.id == given.outcome), None)
    if outcome is None:
        raise Incomplete(Fault("outcome", later("Choose what the decision comes to")))
    values, faults = asked.read(outcome, given.values, lambda kind: unit_names(edition, kind))
    reason = given.reason.strip()
    if needs_reason(outcome) and not reason:
        sentence = later("Write the reasons: only a decision that grants everything needs none")
        faults.append(Fault("reason", sentence))
    if faults:
        raise Incomplete(*faults)
    return outcome, values, reason


def write_decision(
    case: Case,
    outcome: OutcomeKind,
    values: Mapping[str, Any],
    reason: str,
    *,
    by: Actor | None,
    at: datetime,
) -> Decision:
    """The one decision of a case, its letter promised, and the news of it. `by` None: a rule."""
    made, new = Decision.objects.get_or_create(
        case=case,
        defaults={
            "service": case.service,
            "at": at,
            "account": by.account if by else None,
            "name": by.name if by else "",
            "outcome": outcome.id,
            "values": dict(values),
            "reason": reason,
        },
    )
    if not new:
        raise Overtaken(later("This case has already been decided."))
    promise(
        case.id,
        outcome.letter,
        f"{case.number}/decision",
        language=case.language,
        at=at,
        formal=outcome.document,
    )
    keep_established(case, outcome, values, at)
    announce(
        CaseDecided(
            case=case.id,
            number=case.number,
            service=case.service,
            applicant=case.applicant,
            subject=case.subject,
            outcome=outcome.id,
            values=dict(values),
            produces=outcome.produces,
            automatic=by is None,
            at=at,
        )
    )
    return made
