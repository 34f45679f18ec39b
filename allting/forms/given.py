"""Answers that are worked out, not typed: which types a kind of question takes, and as what."""

from typing import Any

from allting.conditions.api import FactType
from allting.forms.kinds import KINDS
from allting.forms.parts import Question

_TYPES: dict[str, FactType] = {
    **dict.fromkeys(("text", "long-text", "email", "phone"), FactType.TEXT),
    **dict.fromkeys(("choice", "choices", "unit", "wishes"), FactType.TEXT),
    **dict.fromkeys(("number", "money"), FactType.NUMBER),
    **dict.fromkeys(("yes-no", "consent"), FactType.BOOLEAN),
    "date": FactType.DATE,
}


def answer_type(kind: str) -> FactType | None:
    """The type of an expression that can answer a question of this kind; None where none can.

    >>> answer_type("wishes").value, answer_type("file")
    ('text', None)
    """
    return _TYPES.get(kind)


def answer_from(question: Question, value: Any) -> Any:
    """A worked-out value as the answer that is kept; None where it is not known."""
    if value is None:
        return None
    if question.kind in ("choice", "unit"):
        return str(value)
    if question.kind in ("choices", "wishes"):
        return [str(value)]
    if question.kind == "consent":
        return True if value is True else None
    return KINDS[question.kind].from_fact(value)
