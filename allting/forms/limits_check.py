"""Checks of `min`, `max` and `error`: that they mean something for the kind of question."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pydantic import ValidationError

from allting.forms.kinds.limits import day_limit
from allting.forms.parts import Question

if TYPE_CHECKING:
    from allting.forms.checks import Subject

COUNTED = ("text", "long-text", "choices", "wishes", "file")  # whole numbers from 0
NUMBERS = ("number", "money")
SOME_DAY = date(2026, 1, 1)


def check_limits(subject: "Subject", question: Question, path: tuple[str | int, ...]) -> None:
    """Report limits that cannot be used, and an error text that is never shown."""
    low = _limit(subject, question, path, "min", question.min)
    high = _limit(subject, question, path, "max", question.max)
    if low is not None and high is not None and low > high:
        subject.report.error(
            subject.at(*path, "max"),
            f"max is {question.max}, which is less than min, {question.min}",
            "max no less than min",
        )
    if question.error is not None and question.valid_if is None:
        subject.report.error(
            subject.at(*path, "error"),
            "this text is never shown: it says what is wrong when valid_if does not hold",
            "valid_if beside it",
            "add valid_if, or take error away",
        )


def _limit(
    subject: "Subject", question: Question, path: tuple[str | int, ...], key: str, limit: object
) -> Decimal | None:
    if limit is None:
        return None
    try:
        if question.kind in COUNTED:
            return _count(limit)
        if question.kind in NUMBERS:
            return Decimal(str(limit))
        if question.kind == "date":
            day = day_limit(limit, SOME_DAY)
            return Decimal(day.toordinal()) if day else None
        expected = f"no {key}: a question of kind {question.kind} has no limits"
    except (ValueError, InvalidOperation, ValidationError):
        expected = _expected(question.kind)
    subject.report.error(
        subject.at(*path, key), f"'{limit}' is not a limit of a {question.kind}", expected
    )
    return None


def _count(limit: object) -> Decimal:
    if isinstance(limit, int) and limit >= 0:
        return Decimal(limit)
    raise ValueError(limit)


def _expected(kind: str) -> str:
    if kind == "date":
        return "a date (2027-01-10) or a length of time from the day it is asked (2 weeks)"
    return "a number" if kind in NUMBERS else "a whole number, 0 or more"
