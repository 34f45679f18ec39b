"""Whether the conditions for having the service hold for this person, told in good time."""

from collections.abc import Sequence
from dataclasses import replace

from allting.catalogue.api import ConditionOutcome, facts_for_conditions, who_may
from allting.forms.rules import AskedPage, values_for
from allting.forms.sitting import Sitting, more_facts
from allting.forms.vocabulary import SCOPE, names_of


def worth_asking(sitting: Sitting, asked: AskedPage) -> bool:
    """Whether an answer on this page can change what is known about the conditions."""
    names = facts_for_conditions(sitting.edition, sitting.plan.service)
    for planned in asked.questions:
        if planned.id == sitting.plan.child and any(not n.startswith(SCOPE) for n in names):
            return True
        if any(SCOPE + name in names for name in names_of(planned.question)):
            return True
    return False


def not_met(sitting: Sitting) -> Sequence[ConditionOutcome]:
    """The conditions that do not hold. What is unknown is not here: unknown is not no."""
    names = facts_for_conditions(sitting.edition, sitting.plan.service)
    if not names:
        return ()
    seen = replace(sitting, facts=more_facts(sitting, names))
    values = values_for(seen.plan, seen.way, seen.answers, seen.facts)
    found = who_may(sitting.edition, sitting.plan.service, values, sitting.as_of)
    return [outcome for outcome in found if outcome.answer == "no"]
