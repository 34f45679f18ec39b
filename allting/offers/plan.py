"""A situation made ready to run: its expressions bound, once for each definition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allting.catalogue.api import SERVICE, parameter_values
from allting.conditions.api import Bound, ConditionFault, FactType, Vocabulary, bind
from allting.forms.api import FORM, answer_type
from allting.offers import placeholders
from allting.offers.parts import OFFERS, Situation
from allting.offers.vocabulary import answering_words, of_the_register, register_words
from allting.packages.api import Definition, Edition

TYPES = (FactType.DATE, FactType.TEXT, FactType.NUMBER, FactType.BOOLEAN)


@dataclass(frozen=True)
class Planned:
    """One situation of one service, ready to be looked for and to be accepted."""

    service: str
    board: str
    situation: Situation
    words: Vocabulary
    parameters: Mapping[str, Any]
    holds: Bound
    stands: Bound | None
    occasion: Bound | None
    start: Bound | None
    answers: Mapping[str, Bound]

    @property
    def key(self) -> str:
        """What the situation is called among all: `preschool-place/child-soon-one`."""
        return f"{self.service}/{self.situation.id}"

    @property
    def finding(self) -> frozenset[str]:
        """The facts by which it is found."""
        return of_the_register(frozenset(_names(self.holds, self.occasion, self.start)))

    @property
    def shown(self) -> tuple[str, ...]:
        """The facts that its texts write out."""
        used = (name for text in self.situation.because.values() for name in _used(text))
        return tuple(dict.fromkeys(name for name in used if name in self.words.facts))

    @property
    def standing(self) -> frozenset[str]:
        """The facts by which it is told whether it still holds."""
        return of_the_register(frozenset(_names(self.stands or self.holds)))

    @property
    def answering(self) -> frozenset[str]:
        """The facts that its answers are worked out of."""
        return of_the_register(frozenset(_names(*self.answers.values())))

    @property
    def data(self) -> frozenset[str]:
        """All that an offer keeps of what was known: found by, told to the person, answered by."""
        return self.finding | of_the_register(self.shown) | self.answering


def planned_in(definition: Definition) -> tuple[Planned, ...]:
    """Every situation of the services that are in use, in the order of services and files."""
    return tuple(
        plan(definition, service, one)
        for service, offers in definition.all(OFFERS).items()
        if definition.one(SERVICE, service).status == "active"
        for one in offers.situations
    )


def planned_of(edition: Edition) -> Mapping[str, Planned]:
    """The same of an edition, by key; made once."""
    return edition.memo(
        "offers.planned", lambda: {one.key: one for one in planned_in(edition.definition)}
    )


def find_planned(edition: Edition, service: str, situation: str) -> Planned:
    """One situation of an edition, also of a service that is no longer in use. Raises KeyError."""
    known = planned_of(edition).get(f"{service}/{situation}")
    if known is not None:
        return known
    offers = edition.definition.find(OFFERS, service)
    if offers is None:
        raise KeyError(service)
    return plan(edition.definition, service, offers.situation(situation))


def plan(definition: Definition, service: str, situation: Situation) -> Planned:
    """One situation with its expressions bound. Raises ConditionFault."""
    words = register_words(definition, service)
    place = situation.place
    return Planned(
        service=service,
        board=definition.one(SERVICE, service).board,
        situation=situation,
        words=words,
        parameters=parameter_values(definition),
        holds=bind(_whose(situation), words),
        stands=bind(situation.stands, words) if situation.stands else None,
        occasion=bind_any(situation.occasion, words) if situation.occasion else None,
        start=bind(place.start, words, expects=FactType.DATE) if place else None,
        answers=_answers(definition, service, situation),
    )


def _whose(situation: Situation) -> str:
    """What must hold; a situation about a child ends the day the child comes of age."""
    if situation.about != "child":
        return situation.holds
    return f"({situation.holds}) and age(birth_date) < 18"


def bind_any(source: str, words: Vocabulary) -> Bound:
    """An expression of whatever type it turns out to have. Raises ConditionFault."""
    faults = []
    for kind in TYPES:
        try:
            return bind(source, words, expects=kind)
        except ConditionFault as fault:
            faults.append(fault)
    real = (f for f in faults if not any(p.what.startswith("the whole is") for p in f.problems))
    raise next(real, faults[0])


def _answers(definition: Definition, service: str, situation: Situation) -> dict[str, Bound]:
    form = definition.find(FORM, service)
    if situation.accept is None or form is None:
        return {}
    words = answering_words(definition, service)
    kinds = {question.id: question.kind for question in form.questions}
    bound = {}
    for id, source in situation.accept.answers.items():
        expects = answer_type(kinds[id])
        if expects is not None:
            bound[id] = bind(source, words, expects=expects)
    return bound


def _names(*bounds: Bound | None) -> Iterator[str]:
    for bound in bounds:
        yield from bound.names if bound else ()


def _used(text: str) -> Iterator[str]:
    return (name for _, name in placeholders.used_in(text))
