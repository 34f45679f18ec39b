"""What a set of answers leaves open: asked before there is a person, and of one in an example."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from allting.conditions.api import Bound, decide
from allting.forms.plan import PlannedQuestion, make_plan
from allting.forms.rules import Walk, accepted, walk, walk_with
from allting.forms.vocabulary import SCOPE, names_of
from allting.packages.api import Definition

_SOME_DAY = date(2026, 6, 15)


def may_lack(
    definition: Definition, service_id: str, given: Mapping[str, Any], facts: Mapping[str, Any]
) -> list[tuple[str, bool]]:
    """Required questions that may be asked of someone of whom only `facts` are known, and that
    `given` does not answer; each with whether it is asked of everyone. An answer that is given but
    depends on who it is, is None."""
    plan = make_plan(definition, service_id)
    if plan is None:
        return []
    open_ = (q for id in given if (q := plan.questions.get(id)) and given[id] is None)
    known = {SCOPE + n for q in open_ for n in names_of(q.question)}

    def possible(condition: Bound | None, values: Mapping[str, Any], as_of: date) -> bool:
        if condition is None:
            return True
        outcome = decide(condition, values, as_of=as_of)
        if outcome.answer != "unknown":
            return outcome.answer == "yes"
        return any(not n.startswith(SCOPE) or n in known for n in outcome.missing)

    way = walk_with(plan, lambda planned: planned.values(given), facts, _SOME_DAY, possible)
    return [(it.id, _of_everyone(way, it)) for it in way.questions if _open(it, given)]


def _open(planned: PlannedQuestion, given: Collection[str]) -> bool:
    question = planned.question
    if not question.required or question.kind == "child" or question.known_from:
        return False
    return question.id not in given


def _of_everyone(way: Walk, planned: PlannedQuestion) -> bool:
    page = way.page(planned.page)
    return planned.asked_if is None and (page is None or page.page.asked_if is None)


def lacking(
    definition: Definition,
    service_id: str,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any],
    as_of: date,
) -> list[str]:
    """The questions asked of this person whose answers are missing or may not stand, by id."""
    plan = make_plan(definition, service_id)
    if plan is None:
        return []
    way = walk(plan, answers, facts, as_of)
    return list(_wrong(way, answers, {**plan.parameters, **facts}, as_of))


def _wrong(
    way: Walk, answers: Mapping[str, Any], values: dict[str, Any], as_of: date
) -> Iterator[str]:
    for planned in way.questions:
        values |= planned.values(answers)
    for planned in way.questions:
        question = planned.question
        known = question.known_from is not None and values.get(question.known_from) is not None
        if answers.get(question.id) is None and not known:
            wrong = question.required and question.kind != "child"
        else:
            wrong = not accepted(planned, values, as_of)
        if wrong:
            yield planned.id
