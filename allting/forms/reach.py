"""Finds pages and questions that no one is ever asked."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from allting.conditions.api import Bound, decide
from allting.forms.parts import Question
from allting.forms.plan import Plan, PlannedQuestion, make_plan
from allting.forms.rules import walk_with
from allting.forms.vocabulary import SCOPE, names_of

if TYPE_CHECKING:
    from allting.forms.checks import Subject

MOST_WAYS = 500  # combinations tried; a form with more is left unchecked
SOME_DAY = date(2026, 6, 15)


def check_reach(subject: "Subject") -> None:
    """Report pages and questions whose conditions can never hold, whatever is answered."""
    plan = make_plan(subject.definition, subject.service)
    if plan is None or not plan.conditional:
        return
    reached = _reached(plan)
    if reached is None:
        return
    for p, page in enumerate(plan.pages):
        missed = [q for q in page.questions if q.id not in reached]
        if len(missed) == len(page.questions):
            subject.report.error(
                subject.at("pages", p, *(("asked_if",) if page.asked_if else ())),
                f"no one can reach the page '{page.id}': no answers make its conditions hold",
                "a condition that holds for some answers",
                "compare asked_if with the questions it names and their own asked_if",
            )
            continue
        for q, planned in enumerate(page.questions):
            if planned in missed:
                subject.report.error(
                    subject.at("pages", p, "questions", q, "asked_if"),
                    f"no one is ever asked '{planned.id}': no answers make asked_if hold",
                    "a condition that holds for some answers",
                )


def _reached(plan: Plan) -> set[str] | None:
    """The questions that some answers lead to; None when there are too many ways to try."""
    domains = {q.id: list(_answers(q.question)) for q in _deciding(plan)}
    if prod(len(domain) for domain in domains.values()) > MOST_WAYS:
        return None
    reached: set[str] = set()
    for way in product(*domains.values()):
        answers = dict(zip(domains, way, strict=True))
        reached |= _one_way(plan, answers)
        if len(reached) == len(plan.questions):
            break
    return reached


def _one_way(plan: Plan, answers: Mapping[str, Any]) -> set[str]:
    way = walk_with(plan, lambda q: q.values(answers), {}, SOME_DAY, _possible)
    return {planned.id for planned in way.questions}


def _possible(condition: Bound | None, values: Mapping[str, Any], as_of: date) -> bool:
    return condition is None or decide(condition, values, as_of=as_of).answer != "no"


def _deciding(plan: Plan) -> Iterator[PlannedQuestion]:
    """Questions with few answers that some condition uses."""
    used = {name for page in plan.pages for name in _names(page.asked_if)}
    used |= {name for q in plan.questions.values() for name in _names(q.asked_if)}
    for planned in plan.questions.values():
        names = {SCOPE + name for name in names_of(planned.question)}
        if names & used and list(_answers(planned.question)):
            yield planned


def _names(condition: Bound | None) -> tuple[str, ...]:
    return tuple(condition.names) if condition else ()


def _answers(question: Question) -> Iterator[Any]:
    """Every answer there can be, for kinds with few; nothing for others."""
    ids = [option.id for option in question.options]
    if question.kind == "choice":
        yield from ids
    elif question.kind == "yes-no":
        yield from (True, False)
    elif question.kind == "consent":
        yield from (True, None)
    elif question.kind == "choices" and len(ids) <= 6:
        yield from ([id for id, on in zip(ids, way, strict=True) if on] for way in _on_off(ids))


def _on_off(ids: list[str]) -> Iterator[tuple[bool, ...]]:
    return (way for way in product((True, False), repeat=len(ids)) if any(way))
