"""What must hold where an answer becomes a fact of the register."""

from typing import TYPE_CHECKING

from allting.forms.kinds import KINDS
from allting.forms.parts import Question
from allting.packages.api import did_you_mean, one_of
from allting.register.api import declarable

if TYPE_CHECKING:
    from allting.forms.checks import Subject

TOO_LONG = ("long-text", "address")  # longer than a fact may be


def check_declares(subject: "Subject", question: Question, path: tuple[str | int, ...]) -> None:
    """The fact can be declared, and the answer is one value of its type."""
    if question.declares is None:
        return
    where, known = subject.at(*path, "declares"), declarable(subject.definition)
    kind = known.get(question.declares)
    if kind is None:
        subject.report.error(
            where,
            f"'{question.declares}' is not a fact that can be declared",
            one_of(sorted(known)) + ", or one of your own in facts.yaml",
            did_you_mean(question.declares, known),
        )
        return
    fitting = [name for name, it in KINDS.items() if it.gives.get("") == kind]
    fitting = [name for name in fitting if name not in (*TOO_LONG, "file", "consent", "child")]
    if question.kind not in fitting:
        subject.report.error(
            where,
            f"'{question.declares}' is a {kind}, but the question is of kind {question.kind}",
            f"a question of kind {one_of(fitting)}",
        )
