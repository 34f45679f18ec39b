"""Whether the conditions for having the service hold for this person, told in good time.

In good time is as soon as it can be known: when the child has been chosen, and every question that
a condition speaks of has been answered or passed by. Not before: a condition may hold with an
answer that is still to come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from allting.catalogue.api import ConditionOutcome, facts_for_conditions, who_may
from allting.conditions.api import FactType, bind, vocabulary
from allting.forms.rules import AskedPage, values_for
from allting.forms.sitting import Sitting, more_facts
from allting.forms.vocabulary import SCOPE, names_of


def worth_asking(before: Sitting, after: Sitting, asked: AskedPage) -> bool:
    """Whether answering this page has changed what is known about the conditions."""
    uses = _uses(after)
    if not uses:
        return False
    if after.plan.child in {planned.id for planned in asked.questions}:
        return True
    here = {SCOPE + name for planned in asked.questions for name in names_of(planned.question)}
    if any(here & names for names in uses.values()):
        return True
    return _settled(after) != _settled(before)


def not_met(sitting: Sitting) -> Sequence[ConditionOutcome]:
    """The conditions that do not hold. What is unknown is not here: unknown is not no."""
    names = facts_for_conditions(sitting.edition, sitting.plan.service)
    if not names:
        return ()
    seen = replace(sitting, facts=more_facts(sitting, names))
    values = values_for(seen.plan, seen.way, seen.answers, seen.facts)
    settled = _settled(seen)
    found = who_may(sitting.edition, sitting.plan.service, values, sitting.as_of)
    return [one for one in found if one.answer == "no" and one.id in settled]


def _uses(sitting: Sitting) -> Mapping[str, frozenset[str]]:
    """What each condition speaks of; worked out once for each published version."""
    service = sitting.plan.service

    def build() -> dict[str, frozenset[str]]:
        words = vocabulary(sitting.edition.definition, service)
        return {
            condition.id: frozenset(bind(condition.holds, words, expects=FactType.BOOLEAN).names)
            for condition in sitting.service.conditions
        }

    return sitting.edition.memo(("forms.condition_names", service), build)


def _settled(sitting: Sitting) -> frozenset[str]:
    """The conditions whose questions have all been answered or passed by."""
    open_ = sitting.way.open(sitting.answers)
    if open_ is None:
        return frozenset(_uses(sitting))
    pages = [page.id for page in sitting.plan.pages]
    waiting = {
        SCOPE + name
        for page in sitting.plan.pages[pages.index(open_.id) :]
        for planned in page.questions
        if planned.id not in sitting.answers
        for name in names_of(planned.question)
    }
    return frozenset(id for id, names in _uses(sitting).items() if not names & waiting)
