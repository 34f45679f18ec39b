"""Facts that a case leaves in the register: what was declared, and what the decision makes true."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from allting.cases.askers import asker_of
from allting.cases.automatic import value_type
from allting.cases.definitions import OutcomeKind
from allting.cases.models import Case
from allting.catalogue.api import parameters_of
from allting.conditions.api import Bound, Fact, FactType, Vocabulary, bind, compute, vocabulary
from allting.forms.api import FormSubmitted, answers_as_values, declared_in, submission
from allting.kernel.api import SWEDEN
from allting.packages.api import Definition, Edition, edition
from allting.register.api import declarable, declare, open_case_fact

DECISION = "decision."
_READ: Mapping[FactType, Callable[[str], Any]] = {
    FactType.NUMBER: Decimal,
    FactType.DATE: date.fromisoformat,
}
_READABLE = ("answers.", "parameters.", DECISION)


def keep_declared(event: FormSubmitted, number: str) -> None:
    """What the applicant declares becomes known, and that they have a case: it is the source."""
    declared = declared_in(edition(event.edition), event.service, event.answers)
    declare(
        {**declared, open_case_fact(event.service): True},
        applicant=event.applicant,
        subject=event.subject,
        source=number,
        at=event.submitted_at.astimezone(SWEDEN).date(),
        purpose=event.service,
    )


def keep_closed(case: Case, at: datetime) -> None:
    """That the case is not open any more becomes known, unless another of its kind is."""
    if asker_of(case) is not None:
        return
    others = Case.objects.filter(subject=case.subject, service=case.service, open=True)
    if others.exclude(id=case.id).exists():
        return
    declare(
        {open_case_fact(case.service): False},
        applicant=case.applicant,
        subject=case.subject,
        source=case.number,
        at=at.astimezone(SWEDEN).date(),
        purpose=case.service,
    )


def keep_established(
    case: Case, outcome: OutcomeKind, values: Mapping[str, Any], at: datetime
) -> None:
    """What the decision makes true becomes known, with the case as its source."""
    if not outcome.establishes:
        return
    held, day = edition(case.edition), at.astimezone(SWEDEN).date()
    bounds = held.memo(
        ("cases.establishes", case.service, outcome.id),
        lambda: bound_facts(held.definition, case.service, outcome),
    )
    known = _known(held, case, outcome, values, bounds)
    declare(
        {name: compute(bound, known, as_of=day).value for name, bound in bounds.items()},
        applicant=case.applicant,
        subject=case.subject,
        source=case.number,
        at=day,
        purpose=case.service,
    )


def bound_facts(definition: Definition, service: str, outcome: OutcomeKind) -> dict[str, Bound]:
    """The facts that an outcome establishes, bound. Raises ConditionFault."""
    words, types = words_for(definition, service, outcome), declarable(definition)
    return {
        name: bind(source, words, expects=types[name])
        for name, source in outcome.establishes.items()
    }


def words_for(definition: Definition, service: str, outcome: OutcomeKind) -> Vocabulary:
    """What such an expression may name: the answers, parameters, and what the decision states.

    Nothing of the register: a decision changes what is known, and does not read it for that.
    """
    known = {
        name: fact
        for name, fact in vocabulary(definition, service).facts.items()
        if name.startswith(_READABLE)
    }
    for ask in outcome.asks:
        name = DECISION + ask.id.replace("-", "_")
        known[name] = Fact(name, value_type(ask.kind), dict(ask.label), "answer")
    return Vocabulary(MappingProxyType(known))


def _known(
    held: Edition,
    case: Case,
    outcome: OutcomeKind,
    values: Mapping[str, Any],
    bounds: Mapping[str, Bound],
) -> dict[str, Any]:
    known = {**parameters_of(held), **_stated(outcome, values)}
    if any(name.startswith("answers.") for bound in bounds.values() for name in bound.names):
        sent = submission(case.submission)
        known |= answers_as_values(held, case.service, sent.answers if sent else {})
    return known


def _stated(outcome: OutcomeKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the decision states, as conditions see it."""
    found = {}
    for ask in outcome.asks:
        if ask.id in values:
            value, read = values[ask.id], _READ.get(value_type(ask.kind))
            found[DECISION + ask.id.replace("-", "_")] = read(str(value)) if read else value
    return found
