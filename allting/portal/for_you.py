"""What a service means for the person who reads: can, cannot, or cannot tell and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from allting.catalogue.api import (
    ConditionOutcome,
    EvidenceKind,
    costs,
    evidence,
    fact_words,
    facts_for_conditions,
    facts_for_costs,
    parameters_of,
    service,
    verdict,
    who_may,
)
from allting.identity.api import Actor, person_of
from allting.packages.api import Edition, Text
from allting.portal.costs import CostLine, cost_lines, listed, named
from allting.register.api import children_of, facts
from allting.ui.api import translator

PURPOSE = "who may have the service"
ANSWERS = "answers."
MOST_CHILDREN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One condition as it stands for a person."""

    says: Text
    answer: Literal["yes", "no", "unknown"]
    because: str  # for unknown: what is missing
    asked_later: bool  # what is missing is asked for in the application


@dataclass(frozen=True, slots=True)
class ForPerson:
    """How a service stands for one person."""

    name: str  # empty for the reader
    verdict: Literal["yes", "so-far", "no", "unknown"]  # so-far: the rest is asked for later
    lines: list[Line]
    costs: list[CostLine]
    held: list[Text]  # evidence that the municipality holds already


def for_reader(
    edition: Edition, language: str, id: str, actor: Actor, day: date
) -> list[ForPerson]:
    """How the service stands for the reader, or for each of their children if it concerns one."""
    me = person_of(actor)
    if service(edition, id).subject != "child":
        return [_stands(edition, language, id, actor, me, "", day)]
    children = children_of(actor, as_of=day)[:MOST_CHILDREN]
    return [_stands(edition, language, id, actor, it.id, it.given_name, day) for it in children]


def _stands(
    edition: Edition, language: str, id: str, actor: Actor, subject: UUID, name: str, day: date
) -> ForPerson:
    values = _known(edition, id, actor, subject, day)
    outcomes = who_may(edition, id, values, day)
    lines = list(_lines(edition, language, id, outcomes))
    settled = all(line.asked_later for line in lines if line.answer == "unknown")
    answer = verdict(outcomes)
    return ForPerson(
        name,
        "so-far" if answer == "unknown" and settled else answer,
        lines,
        _own_costs(edition, language, id, values, day),
        [it.title for it in _asked(edition, id) if it.held_as and it.held_as in values],
    )


def _own_costs(
    edition: Edition, language: str, id: str, values: Mapping[str, Any], day: date
) -> list[CostLine]:
    """Costs that depend on the person, as far as they can be worked out."""
    if not facts_for_costs(edition, id):
        return []
    lines = cost_lines(edition, language, costs(edition, id, values, day))
    return [line for line in lines if line.amount]


def _known(edition: Edition, id: str, actor: Actor, subject: UUID, day: date) -> Mapping[str, Any]:
    """Only the facts that decide something here are read."""
    held = {kind.held_as for kind in _asked(edition, id) if kind.held_as}
    names = {*facts_for_conditions(edition, id), *facts_for_costs(edition, id), *held}
    names = {name for name in names if not name.startswith(ANSWERS)}
    if not names:
        return {}
    return facts(
        actor,
        applicant=person_of(actor),
        subject=subject,
        names=names,
        as_of=day,
        purpose=PURPOSE,
        here=str(parameters_of(edition).get("parameters.municipality_code", "")),
        autumn=parameters_of(edition).get("parameters.autumn_term_month"),
    )


def _asked(edition: Edition, id: str) -> list[EvidenceKind]:
    kinds = evidence(edition)
    return [kinds[it.evidence] for it in service(edition, id).requires]


def _lines(
    edition: Edition, language: str, id: str, outcomes: tuple[ConditionOutcome, ...]
) -> Iterator[Line]:
    _, words = translator(language), fact_words(edition, id)
    for it in outcomes:
        asked_later = bool(it.missing) and all(n.startswith(ANSWERS) for n in it.missing)
        missing = listed((named(words, name, language) for name in it.missing), _)
        because = ""
        if asked_later:
            because = _("You tell us this when you apply.")
        elif missing:
            because = _("We do not know: {what}.", what=missing)
        yield Line(it.condition.says, it.answer, because, asked_later)
