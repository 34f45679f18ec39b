"""Checks of a form's conditions: they can be understood, and ask only for what is known by then."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allting.conditions.api import Bound, ConditionFault, FactType, bind
from allting.forms.vocabulary import SCOPE, names_of

if TYPE_CHECKING:
    from allting.forms.checks import Subject

Path = tuple[str | int, ...]
Position = tuple[int, int]  # page, question


@dataclass(frozen=True)
class Condition:
    """One condition of a form: where it stands and which questions come before it."""

    path: Path
    source: str
    before: Position  # answers of questions at earlier positions may be used

    @property
    def key(self) -> str:
        """asked_if or valid_if."""
        return str(self.path[-1])


def check_conditions(subject: "Subject") -> bool:
    """Report what is wrong with the conditions; True if all can be understood."""
    sound = True
    for condition in _conditions(subject):
        try:
            bound = bind(condition.source, subject.words, expects=FactType.BOOLEAN)
        except ConditionFault as fault:
            sound = False
            for problem in fault.problems:
                subject.report.error(
                    subject.at(*condition.path, offset=problem.offset),
                    problem.what,
                    problem.expected,
                    problem.suggestion,
                )
        else:
            _order(subject, condition, bound)
    _known_order(subject)
    return sound


def _conditions(subject: "Subject") -> Iterator[Condition]:
    for p, page in enumerate(subject.form.pages):
        if page.asked_if is not None:
            yield Condition(("pages", p, "asked_if"), page.asked_if, (p, 0))
        for q, question in enumerate(page.questions):
            path: Path = ("pages", p, "questions", q)
            if question.asked_if is not None:
                yield Condition((*path, "asked_if"), question.asked_if, (p, q))
            if question.valid_if is not None:
                yield Condition((*path, "valid_if"), question.valid_if, (p, q + 1))


def _order(subject: "Subject", condition: Condition, bound: Bound) -> None:
    asked_at = {
        SCOPE + name: (int(path[1]), int(path[3]))
        for question, path in subject.places()
        for name in names_of(question)
    }
    chosen_at = _child_chosen_at(subject)
    for name in bound.names:
        at = asked_at.get(name)
        where = subject.at(*condition.path, offset=max(0, condition.source.find(name)))
        if at is not None and at >= condition.before:
            subject.report.error(
                where,
                f"{condition.key} uses {name}, which has not been answered by then",
                "an answer to a question that comes before",
                "move the question to an earlier place, or use another answer",
            )
        if chosen_at and _is_of_child(name) and chosen_at >= condition.before:
            subject.report.error(
                where,
                f"{condition.key} uses {name} before the child has been chosen",
                "facts of the child only after the question of kind child",
                "move the question that chooses the child to the first page",
            )


def _known_order(subject: "Subject") -> None:
    chosen_at = _child_chosen_at(subject)
    for question, path in subject.places():
        name = question.known_from
        at = (int(path[1]), int(path[3]))
        if chosen_at and name and _is_of_child(name) and at < chosen_at:
            subject.report.error(
                subject.at(*path, "known_from"),
                f"known_from is {name}, but the child has not been chosen by then",
                "facts of the child only after the question of kind child",
            )


def _child_chosen_at(subject: "Subject") -> Position | None:
    for question, path in subject.places():
        if question.kind == "child":
            return int(path[1]), int(path[3])
    return None


def _is_of_child(name: str) -> bool:
    return "." not in name or name.startswith("child.") or name == "household.child_order"
