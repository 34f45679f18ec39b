"""Kinds that are counted: number, money, date."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from allting.conditions.api import FactType
from allting.forms.kinds.base import About, Answer, Kind, Mistake, Posted, Value
from allting.forms.kinds.limits import day_limit
from allting.forms.kinds.texts import tidy
from allting.ui.api import date as format_date
from allting.ui.api import money as format_money
from allting.ui.api import number as format_number

if TYPE_CHECKING:
    from allting.forms.parts import Question

LARGEST = Decimal(10) ** 12
_UNIT = re.compile(r"(kr|kronor|sek|:-)\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_DAY = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"\d{4}")


class Ambiguous(ValueError):
    """1.200 or 1,200: a thousand, or a little more than one?"""


def number_in(text: str) -> Decimal | None:
    """The number that a person wrote the Swedish or the English way, or None if it is none.

    >>> number_in("1 200,50"), number_in("1,200.5"), number_in("−3"), number_in("kaffe")
    (Decimal('1200.50'), Decimal('1200.5'), Decimal('-3'), None)
    """
    text = _UNIT.sub("", tidy(unicodedata.normalize("NFKC", text)))
    text = re.sub(r"[\s'’_]", "", text).replace("−", "-").replace("–", "-")
    text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    if _THOUSANDS.fullmatch(text):
        raise Ambiguous(text)
    comma, dot = text.rfind(","), text.rfind(".")
    mark = "," if comma > dot else "."
    other = "." if mark == "," else ","
    if text.count(mark) > 1 and not text.count(other):  # 1.200.000
        text = text.replace(mark, "")
    text = text.replace(other, "").replace(mark, ".")
    return Decimal(text) if _PLAIN.fullmatch(text) else None


@dataclass(frozen=True)
class Number(Kind):
    """A number. The answer is its exact decimal form as a string, so that nothing is rounded."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: {"": FactType.NUMBER})
    decimals: int = 6

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        typed = posted.get(question.id, "")
        if not tidy(typed):
            return None
        try:
            number = number_in(typed)
        except Ambiguous:
            raise Mistake(
                about._(
                    "Write the number without a point or comma between the thousands: "
                    "1200 for twelve hundred, 1.2 for one and two tenths"
                )
            ) from None
        if number is None:
            raise Mistake(self.missing(about))
        return plain(number)

    def missing(self, about: About) -> str:
        return about._("Write a number with digits, for example 1200 or 1200.50")

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        number = Decimal(answer)
        if abs(number) > LARGEST:
            raise Mistake(about._("The number is too large. Check that it is right."))
        if -int(number.as_tuple().exponent) > self.decimals:
            raise Mistake(about._("Write at most {count} decimals", count=self.decimals))
        if question.min is not None and number < Decimal(str(question.min)):
            least = self._shown(Decimal(str(question.min)), about.language)
            raise Mistake(about._("Write a number that is at least {least}", least=least))
        if question.max is not None and number > Decimal(str(question.max)):
            most = self._shown(Decimal(str(question.max)), about.language)
            raise Mistake(about._("Write a number that is at most {most}", most=most))

    def _shown(self, number: Decimal, language: str) -> str:
        return format_number(language, number)

    def values(self, question: "Question", answer: Answer) -> Mapping[str, Value]:
        return {"": Decimal(answer)}

    def from_fact(self, value: Value) -> Answer | None:
        return plain(Decimal(str(value))) if value is not None else None

    def typed(self, answer: Answer, language: str) -> Any:
        # with three decimals it could be read as thousands: a fourth says what it is
        sure = f"{answer}0" if _THOUSANDS.fullmatch(answer) else answer
        return sure if language == "en" else sure.replace(".", ",")

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return self._shown(Decimal(answer), about.language)


@dataclass(frozen=True)
class Money(Number):
    """An amount in kronor; the answer is a string such as 1200.5."""

    decimals: int = 2

    def _shown(self, number: Decimal, language: str) -> str:
        return format_money(language, number)


def plain(number: Decimal) -> str:
    """The shortest exact form.

    >>> plain(Decimal("1200.50")), plain(Decimal("1E+3")), plain(Decimal("-0"))
    ('1200.5', '1000', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True)
class Date(Kind):
    """A day. The answer is ISO 8601: 2027-01-10."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: {"": FactType.DATE})
    parts: tuple[str, ...] = ("_year", "_month", "_day")

    def posted(self, question: "Question", posted: Posted) -> Any:
        return {part[1:]: posted.get(question.id + part, "") for part in self.parts}

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        typed = {k: tidy(v) for k, v in self.posted(question, posted).items()}
        if not any(typed.values()):
            return None
        return self._day(typed, about).isoformat()

    def missing(self, about: About) -> str:
        return about._("Write the date with day, month and year, for example 10 1 2027")

    def _day(self, typed: Mapping[str, str], about: About) -> date:
        if all(typed.values()) and _DAY.fullmatch(typed["year"]):
            raise Mistake(about._("Write the year with four digits, for example 2027"), "_year")
        if not (
            _YEAR.fullmatch(typed["year"])
            and _DAY.fullmatch(typed["month"])
            and _DAY.fullmatch(typed["day"])
        ):
            raise Mistake(self.missing(about), _first_empty(typed))
        try:
            return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
        except ValueError:
            part = "_day" if 1 <= int(typed["month"]) <= 12 else "_month"
            raise Mistake(
                about._("That day is not in the calendar. Check the month and the day."), part
            ) from None

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        day = date.fromisoformat(answer)
        least, most = day_limit(question.min, about.as_of), day_limit(question.max, about.as_of)
        if least is not None and day < least:
            first = format_date(about.language, least)
            raise Mistake(about._("Choose a date no earlier than {day}", day=first))
        if most is not None and day > most:
            last = format_date(about.language, most)
            raise Mistake(about._("Choose a date no later than {day}", day=last))

    def values(self, question: "Question", answer: Answer) -> Mapping[str, Value]:
        return {"": date.fromisoformat(answer)}

    def from_fact(self, value: Value) -> Answer | None:
        return value.isoformat() if isinstance(value, date) else None

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return format_date(about.language, answer)


def _first_empty(typed: Mapping[str, str]) -> str:
    return next((f"_{part}" for part in ("year", "month", "day") if not typed[part]), "_year")
