"""A decision is written, and everyone who needs it is told: the same for a person and a rule."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allting.cases.definitions import OutcomeKind
from allting.cases.errors import Overtaken
from allting.cases.events import CaseDecided
from allting.cases.letters import promise
from allting.cases.models import Case, Decision
from allting.identity.api import Actor
from allting.kernel.api import announce
from allting.ui.api import later


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
    promise(case, outcome.letter, f"{case.number}/decision", at=at, formal=True)
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
