"""A decision's letter, looked at before the decision is made. Nothing is kept."""

from allting.cases.deciding import judged
from allting.cases.models import Decision, Letter
from allting.cases.queries import Opened
from allting.cases.steps import Given
from allting.cases.writing import Written, write
from allting.kernel.api import now


def preview(opened: Opened, given: Given, *, by: str) -> Written:
    """The letter of the decision that was filled in. Raises Incomplete with what is missing."""
    case = opened.case
    outcome, values, reason = judged(opened.process, case.edition, given)
    moment = now()
    letter = Letter(
        case=case,
        name=outcome.letter,
        language=case.language,
        formal=True,
        promised_at=moment,
    )
    decision = Decision(
        case=case, at=moment, name=by, outcome=outcome.id, values=values, reason=reason
    )
    return write(letter, decision)
