"""Answers in words, for whoever reads them: the applicant, a caseworker, a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from allting.forms.choosing import about
from allting.forms.kinds import Choice
from allting.forms.plan import PlannedQuestion, plan_of
from allting.kernel.api import today
from allting.packages.api import Edition
from allting.ui.api import plain


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer in words. `value` may hold several lines."""

    question: str
    label: str
    value: str
    files: Sequence[Mapping[str, Any]] = ()  # id, name, media_type, size
    known: bool = False  # the register's own value, confirmed
    known_value: str | None = None  # the register's value, where the person gave another


def answers_for_reading(
    edition: Edition,
    service: str,
    answers: Mapping[str, Any],
    language: str,
    *,
    known: Mapping[str, Any] | None = None,
    people: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> tuple[AnswerRow, ...]:
    """Every answer in the order of the form.

    `known`: what the register said (`Submission.known`). `people`: names by id, for the child, who
    is otherwise left out: a name is read from the register by whoever may.
    """
    plan = plan_of(edition, service)
    if plan is None:
        return ()
    found = (
        _row(edition, planned, answers[id], language, known or {}, people or {}, as_of or today())
        for id, planned in plan.questions.items()
        if answers.get(id) is not None
    )
    return tuple(row for row in found if row is not None)


def _row(
    edition: Edition,
    planned: PlannedQuestion,
    answer: Any,
    language: str,
    known: Mapping[str, Any],
    people: Mapping[str, str],
    as_of: date,
) -> AnswerRow | None:
    question = planned.question
    lean = about(planned, edition, language, as_of)
    if question.kind == "child":
        if answer not in people:
            return None
        lean = replace(lean, choices=(Choice(answer, people[answer]),))
    said = known.get(question.id)
    return AnswerRow(
        question=question.id,
        label=plain(question.label, language),
        value=planned.kind.words(question, answer, lean),
        files=tuple(answer) if question.kind == "file" else (),
        known=said is not None and said == answer,
        known_value=planned.kind.words(question, said, lean)
        if said is not None and said != answer
        else None,
    )


def declared_in(edition: Edition, service: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the answers declare: values by the names of the register's facts."""
    plan = plan_of(edition, service)
    found = plan.declaring if plan else ()
    values = ((q.question.declares or "", q.values(answers)) for q in found)
    return {name: next(iter(given.values())) for name, given in values if given}


def answers_as_values(edition: Edition, service: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Submitted answers as conditions see them: `answers.start` is a date."""
    plan = plan_of(edition, service)
    if plan is None:
        return {}
    values: dict[str, Any] = {}
    for planned in plan.questions.values():
        values |= planned.values(answers)
    return values
