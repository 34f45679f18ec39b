"""What a service means for the person who reads: can, cannot, or cannot tell and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from allting.catalogue.api import (
    ConditionOutcome,
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
from allting.portal.law import LawLink, law_links
from allting.register.api import children_of, facts
from allting.ui.api import Translator, later, translator

PURPOSE = "who may have the service"
ANSWERS = "answers."
TOLD = (ANSWERS, "applicant.", "household.")  # what is the same for all of one's children
MOST_CHILDREN = 12
Verdict = Literal["yes", "so-far", "no", "unknown"]  # so-far: the rest is asked for later
TITLES: dict[tuple[Verdict, bool], str] = {
    ("yes", False): later("You can have this"),
    ("yes", True): later("{name} can have this"),
    ("so-far", False): later("So far nothing stands in the way"),
    ("so-far", True): later("So far nothing stands in the way for {name}"),
    ("no", False): later("As it looks, you cannot have this"),
    ("no", True): later("As it looks, {name} cannot have this"),
    ("unknown", False): later("We cannot tell yet"),
    ("unknown", True): later("We cannot tell yet for {name}"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One condition as it stands for a person."""

    says: Text
    answer: Literal["yes", "no", "unknown"]
    because: str  # for unknown: what is missing
    asked_later: bool  # what is missing is asked for in the application
    laws: tuple[LawLink, ...]


@dataclass(frozen=True, slots=True)
class ForPerson:
    """How a service stands for one person."""

    id: UUID | None  # None for whoever has not signed in
    name: str  # empty for the reader
    title: str
    verdict: Verdict
    lines: list[Line]
    costs: list[CostLine]
    known: Mapping[str, Any]  # what was read and told
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """What is asked of an edition, in which language, on which day."""

    edition: Edition
    language: str
    service: str
    day: date


def for_reader(asker: Asker, actor: Actor, told: Mapping[str, Any]) -> list[ForPerson]:
    """How the service stands for the reader, or for each of their children if it concerns one.

    What the register knows goes before what is told.
    """
    me = person_of(actor)
    if service(asker.edition, asker.service).subject != "child":
        return [_stands(asker, me, "", {**told, **_known(asker, actor, me)})]
    children = children_of(actor, as_of=asker.day)[:MOST_CHILDREN]
    if len(children) > 1:
        told = {name: value for name, value in told.items() if name.startswith(TOLD)}
    return [
        _stands(asker, it.id, it.given_name, {**told, **_known(asker, actor, it.id)})
        for it in children
    ]


def for_anyone(asker: Asker, told: Mapping[str, Any]) -> ForPerson:
    """How the service stands for whoever tells this of themselves, or of a child."""
    child = service(asker.edition, asker.service).subject == "child"
    name = translator(asker.language)(later("the child")) if child else ""
    return _stands(asker, None, name, told)


def missing_of(people: list[ForPerson]) -> tuple[str, ...]:
    """What could be told to settle it; of several children only what is the same for all."""
    found = dict.fromkeys(name for person in people for name in person.missing)
    if len(people) < 2:
        return tuple(found)
    return tuple(name for name in found if name.startswith(TOLD))


def _stands(asker: Asker, id: UUID | None, name: str, values: Mapping[str, Any]) -> ForPerson:
    outcomes = who_may(asker.edition, asker.service, values, asker.day)
    lines = list(_lines(asker, outcomes))
    settled = all(line.asked_later for line in lines if line.answer == "unknown")
    answer: Verdict = verdict(outcomes)
    if answer == "unknown" and settled:
        answer = "so-far"
    return ForPerson(
        id,
        name,
        _title(translator(asker.language), answer, name),
        answer,
        lines,
        _own_costs(asker, values),
        values,
        tuple(dict.fromkeys(name for it in outcomes for name in it.missing)),
    )


def _title(_: Translator, answer: Verdict, name: str) -> str:
    said = _(TITLES[answer, bool(name)], name=name)
    return said[:1].upper() + said[1:]


def _own_costs(asker: Asker, values: Mapping[str, Any]) -> list[CostLine]:
    """Costs that depend on the person, as far as they can be worked out."""
    if not facts_for_costs(asker.edition, asker.service):
        return []
    found = costs(asker.edition, asker.service, values, asker.day)
    lines = cost_lines(asker.edition, asker.language, found)
    return [line for line in lines if line.amount]


def _known(asker: Asker, actor: Actor, subject: UUID) -> Mapping[str, Any]:
    """Only the facts that decide something here are read."""
    names = asker.edition.memo(f"portal.read.{asker.service}", lambda: _names(asker))
    if not names:
        return {}
    parameters = parameters_of(asker.edition)
    return facts(
        actor,
        applicant=person_of(actor),
        subject=subject,
        names=names,
        as_of=asker.day,
        purpose=PURPOSE,
        here=str(parameters.get("parameters.municipality_code", "")),
        autumn=parameters.get("parameters.autumn_term_month"),
    )


def _names(asker: Asker) -> frozenset[str]:
    edition, id = asker.edition, asker.service
    kinds = evidence(edition)
    held = {kinds[it.evidence].held_as or "" for it in service(edition, id).requires}
    names = {*facts_for_conditions(edition, id), *facts_for_costs(edition, id), *held}
    return frozenset(name for name in names if name and not name.startswith(ANSWERS))


def _lines(asker: Asker, outcomes: tuple[ConditionOutcome, ...]) -> Iterator[Line]:
    edition, language = asker.edition, asker.language
    _, words = translator(language), fact_words(edition, asker.service)
    for it in outcomes:
        asked_later = bool(it.missing) and all(n.startswith(ANSWERS) for n in it.missing)
        missing = listed((named(words, name, language) for name in it.missing), _)
        because = ""
        if asked_later:
            because = _("You tell us this in the form.")
        elif missing:
            because = _("We do not know: {what}.", what=missing)
        laws = law_links(edition, language, it.condition.law)
        yield Line(it.condition.says, it.answer, because, asked_later, laws)
