"""Kinds that are written: text, long text, e-mail, phone, address."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from allting.conditions.api import FactType
from allting.forms.kinds.base import About, Answer, Kind, Mistake, Posted, Value

if TYPE_CHECKING:
    from allting.forms.parts import Question

TEXT = {"": FactType.TEXT}
LINE, PARAGRAPHS = 200, 5000  # characters, where the package says nothing
_POSTCODE = re.compile(r"(\d{3})\s?(\d{2})")
_ONE_LINE = re.compile(r"(?P<street>.*?),?\s+(?P<postcode>\d{3}\s?\d{2})\s+(?P<city>.+)")


def tidy(text: str, *, lines: bool = False) -> str:
    """`text` composed, without control characters and outer space; one line unless `lines`.

    >>> tidy("  A\\u030angstro\\u0308m\\x00 \\n vid ån ")
    'Ångström vid ån'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not lines:
        text = " ".join(text.split())
    return "".join(c for c in text if _wanted(c)).strip()


def _wanted(c: str) -> bool:
    # lone surrogates cannot be stored; control characters have no place in a letter
    return c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")


@dataclass(frozen=True)
class Text(Kind):
    """A line or some paragraphs. The answer is a string."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: TEXT)
    lines: bool = False

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        return tidy(posted.get(question.id, ""), lines=self.lines) or None

    def check(self, question: "Question", answer: Answer, about: About) -> None:
        text = str(answer)
        most = int(question.max or (PARAGRAPHS if self.lines else LINE))
        least = int(question.min or 0)
        if len(text) > most:
            raise Mistake(
                about._(
                    "Shorten the text to {most} characters. It has {count} now.",
                    most=most,
                    count=len(text),
                )
            )
        if len(text) < least:
            raise Mistake(
                about._(
                    "Write at least {least} characters. You have written {count}.",
                    least=least,
                    count=len(text),
                )
            )


@dataclass(frozen=True)
class Email(Kind):
    """An e-mail address. The answer is a string."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: TEXT)

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        text = tidy(posted.get(question.id, "")).removeprefix("mailto:")
        if not text:
            return None
        try:
            validate_email(text)
        except ValidationError:
            raise Mistake(self.missing(about)) from None
        if len(text) > 254:  # RFC 5321 § 4.5.3.1.3
            raise Mistake(about._("The e-mail address is too long. Check that it is right."))
        return text

    def missing(self, about: About) -> str:
        return about._("Write the e-mail address with an @, for example name@example.com")


@dataclass(frozen=True)
class Phone(Kind):
    """A phone number. The answer is E.164: +46701740605."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: TEXT)

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        text = tidy(posted.get(question.id, ""))
        if not text:
            return None
        number = _international(text)
        if number is None:
            raise Mistake(self.missing(about))
        return number

    def from_fact(self, value: Value) -> Answer | None:
        return _international(str(value or ""))

    def missing(self, about: About) -> str:
        return about._(
            "Write the phone number with its area code, for example 070-174 06 05. "
            "Begin a foreign number with + and the country code."
        )

    def typed(self, answer: Answer, language: str) -> Any:
        return phone_in_words(answer)

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return phone_in_words(answer)


# a number is read page after page, and reading one costs as much as drawing a field
@lru_cache(maxsize=1024)
def phone_in_words(answer: str) -> str:
    """A phone number as people here write it.

    >>> phone_in_words("+46701740605"), phone_in_words("+358401234567")
    ('070-174 06 05', '+358 40 1234567')
    """
    number = _number(answer)
    if number is None:
        return answer
    form = phonenumbers.PhoneNumberFormat
    at_home = number.country_code == 46
    return phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL)


@lru_cache(maxsize=1024)
def _international(text: str) -> str | None:
    number = _number(text)
    if number is None:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _number(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "SE")
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return number


@dataclass(frozen=True)
class Address(Kind):
    """A Swedish postal address. The answer is {street, postcode, city}."""

    gives: Mapping[str, FactType] = field(default_factory=lambda: TEXT)
    parts: tuple[str, ...] = ("_street", "_postcode", "_city")

    def posted(self, question: "Question", posted: Posted) -> Any:
        return {part[1:]: posted.get(question.id + part, "") for part in self.parts}

    def read(self, question: "Question", posted: Posted, about: About) -> Answer | None:
        typed = {k: tidy(v)[:LINE] for k, v in self.posted(question, posted).items()}
        if not any(typed.values()):
            return None
        if not typed["street"]:
            raise Mistake(self.missing(about), "_street")
        code = _POSTCODE.fullmatch(typed["postcode"])
        if code is None:
            raise Mistake(
                about._("Write the postcode with five digits, for example 123 45"), "_postcode"
            )
        if not typed["city"]:
            raise Mistake(about._("Write the town or village"), "_city")
        return {**typed, "postcode": f"{code[1]} {code[2]}"}

    def missing(self, about: About) -> str:
        return about._("Write the street and number")

    def values(self, question: "Question", answer: Answer) -> Mapping[str, Value]:
        return {"": one_line(answer)}

    def from_fact(self, value: Value) -> Answer | None:
        if not value:
            return None
        found = _ONE_LINE.fullmatch(str(value))
        return found.groupdict() if found else None

    def words(self, question: "Question", answer: Answer, about: About) -> str:
        return one_line(answer)


def one_line(address: Mapping[str, str]) -> str:
    """An address on one line.

    >>> one_line({"street": "Storgatan 1", "postcode": "123 45", "city": "Solvik"})
    'Storgatan 1, 123 45 Solvik'
    """
    return f"{address['street']}, {address['postcode']} {address['city']}"
