"""A form made ready to run: its conditions bound once for each published version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allting.catalogue.api import parameter_values
from allting.conditions.api import Bound, ConditionFault, FactType, Vocabulary, bind, vocabulary
from allting.forms.kinds import KINDS, Kind
from allting.forms.parts import FORM, Page, Question
from allting.forms.vocabulary import TOLD, values_of
from allting.packages.api import Definition, Edition

PARAMETERS = "parameters."


@dataclass(frozen=True)
class PlannedQuestion:
    """A question with its kind and its conditions."""

    question: Question
    kind: Kind
    service: str
    page: str
    asked_if: Bound | None = None
    valid_if: Bound | None = None

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    def values(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Its answer as conditions see it."""
        return values_of(self.question, answers.get(self.question.id))


@dataclass(frozen=True)
class PlannedPage:
    """A page with its condition."""

    page: Page
    questions: tuple[PlannedQuestion, ...]
    asked_if: Bound | None = None

    @property
    def id(self) -> str:
        """The page's id."""
        return self.page.id


@dataclass(frozen=True)
class Plan:
    """A service's form, ready to run."""

    service: str
    pages: tuple[PlannedPage, ...]
    questions: Mapping[str, PlannedQuestion]
    child: str | None  # the question that chooses whom the service concerns
    facts: frozenset[str]  # the register's facts that decide what is asked
    parameters: Mapping[str, Any]

    @cached_property
    def declaring(self) -> tuple[PlannedQuestion, ...]:
        """The questions whose answers become facts of the register."""
        return tuple(q for q in self.questions.values() if q.question.declares)

    @property
    def conditional(self) -> bool:
        """Whether anything decides what is asked."""
        return any(_conditions(self.pages))


def make_plan(definition: Definition, service_id: str) -> Plan | None:
    """The plan of a service in a definition; None where it has no form."""
    form = definition.find(FORM, service_id)
    if form is None:
        return None
    words = vocabulary(definition, service_id)
    pages = tuple(_page(service_id, page, words) for page in form.pages)
    questions = {planned.id: planned for page in pages for planned in page.questions}
    return Plan(
        service=service_id,
        pages=pages,
        questions=questions,
        child=next((q.id for q in form.questions if q.kind == "child"), None),
        facts=frozenset(register_names(_conditions(pages))),
        parameters=parameter_values(definition),
    )


def plan_of(edition: Edition, service_id: str) -> Plan | None:
    """The same for a published version, made once."""
    return edition.memo(
        ("forms.plan", service_id), lambda: make_plan(edition.definition, service_id)
    )


def register_names(bounds: Iterator[Bound]) -> Iterator[str]:
    """The names in conditions that the register, not the person or the package, answers."""
    for bound in bounds:
        for name in bound.names:
            if not name.startswith((*TOLD, PARAMETERS)):
                yield name


def _conditions(pages: tuple[PlannedPage, ...]) -> Iterator[Bound]:
    for page in pages:
        if page.asked_if is not None:
            yield page.asked_if
        yield from (q.asked_if for q in page.questions if q.asked_if is not None)


def _page(service: str, page: Page, words: Vocabulary) -> PlannedPage:
    return PlannedPage(
        page=page,
        questions=tuple(_question(service, page.id, it, words) for it in page.questions),
        asked_if=bound_or_none(page.asked_if, words),
    )


def _question(service: str, page: str, question: Question, words: Vocabulary) -> PlannedQuestion:
    return PlannedQuestion(
        question=question,
        kind=KINDS[question.kind],
        service=service,
        page=page,
        asked_if=bound_or_none(question.asked_if, words),
        valid_if=bound_or_none(question.valid_if, words),
    )


def bound_or_none(source: str | None, words: Vocabulary) -> Bound | None:
    """The condition, bound; None for none and for one that cannot be bound.

    A version is published only without faults, so a fault is met only while a package is checked,
    and the check has then said so.
    """
    if source is None:
        return None
    try:
        return bind(source, words, expects=FactType.BOOLEAN)
    except ConditionFault:
        return None
