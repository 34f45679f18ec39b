"""What is asked, in which order, and whether an answer holds. No database, clock or request."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allting.conditions.api import Bound, answer
from allting.forms.plan import Plan, PlannedPage, PlannedQuestion
from allting.forms.vocabulary import TOLD

Answers = Mapping[str, Any]
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class AskedPage:
    """A page that is asked, and what is asked on it."""

    page: PlannedPage
    questions: tuple[PlannedQuestion, ...]

    @property
    def id(self) -> str:
        """The page's id."""
        return self.page.id

    def answered(self, answers: Answers) -> bool:
        """Whether every question has been dealt with; one left empty by right counts."""
        for planned in self.questions:
            id = planned.question.id
            if answers.get(id) is None and (planned.question.required or id not in answers):
                return False
        return True


@dataclass(frozen=True)
class Walk:
    """The way through a form for these answers and facts."""

    pages: tuple[AskedPage, ...]
    # everything that conditions may see at its end; None where the way was only remembered
    values: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)

    def page(self, id: str) -> AskedPage | None:
        """The page, if it is on the way."""
        return next((page for page in self.pages if page.id == id), None)

    def position(self, id: str) -> int:
        """Which station the page is, from 0."""
        return next(n for n, page in enumerate(self.pages) if page.id == id)

    def open(self, answers: Answers) -> AskedPage | None:
        """The first page that is not answered, or None when all are."""
        return next((page for page in self.pages if not page.answered(answers)), None)

    def before(self, id: str) -> AskedPage | None:
        """The page before."""
        at = self.position(id)
        return self.pages[at - 1] if at else None

    def after(self, id: str) -> AskedPage | None:
        """The page after."""
        at = self.position(id) + 1
        return self.pages[at] if at < len(self.pages) else None

    @property
    def questions(self) -> tuple[PlannedQuestion, ...]:
        """Everything asked, in order."""
        return tuple(planned for page in self.pages for planned in page.questions)


def to_ask(condition: Bound | None, values: Facts, as_of: date) -> bool:
    """Whether something with this condition is asked.

    It is when the condition holds, and when it cannot be known: unknown is not no. Only where all
    that is missing are answers (or an offer) it is not, since an earlier question that was left
    empty, or was not asked, will not be answered by waiting.
    """
    if condition is None:
        return True
    found, missing = answer(condition, values, as_of=as_of)
    if found == "unknown":
        return not missing or any(not name.startswith(TOLD) for name in missing)
    return found == "yes"


def walk(plan: Plan, answers: Answers, facts: Facts, as_of: date) -> Walk:
    """The way through the form. A question sees the answers before it, and only asked ones."""
    return walk_with(plan, lambda planned: planned.values(answers), facts, as_of)


def walk_with(
    plan: Plan,
    values_of: Callable[[PlannedQuestion], Facts],
    facts: Facts,
    as_of: date,
    ask: Callable[[Bound | None, Facts, date], bool] = to_ask,
) -> Walk:
    """The same where `values_of` gives a question's answer as conditions see it."""
    values = {**plan.parameters, **facts}
    pages = []
    for page in plan.pages:
        if not ask(page.asked_if, values, as_of):
            continue
        asked = []
        for planned in page.questions:
            if ask(planned.asked_if, values, as_of):
                asked.append(planned)
                values |= values_of(planned)
        if asked:
            pages.append(AskedPage(page, tuple(asked)))
    return Walk(tuple(pages), values)


def walk_of(plan: Plan, asked: Collection[str]) -> Walk:
    """The way on which exactly these questions are asked."""
    pages = (
        AskedPage(page, tuple(planned for planned in page.questions if planned.id in asked))
        for page in plan.pages
    )
    return Walk(tuple(page for page in pages if page.questions))


def asked_answers(way: Walk, answers: Answers) -> dict[str, Any]:
    """The answers that count: to questions asked, and given."""
    return {
        planned.id: answers[planned.id]
        for planned in way.questions
        if answers.get(planned.id) is not None
    }


def values_for(plan: Plan, way: Walk, answers: Answers, facts: Facts) -> dict[str, Any]:
    """Everything that conditions of the service may see."""
    values = {**plan.parameters, **facts}
    for planned in way.questions:
        values |= planned.values(answers)
    return values


def accepted(planned: PlannedQuestion, values: Facts, as_of: date) -> bool:
    """Whether the question's own condition on its answer holds; unknown is accepted."""
    if planned.valid_if is None:
        return True
    found, _ = answer(planned.valid_if, values, as_of=as_of)
    return found != "no"
