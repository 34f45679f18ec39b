"""What a decision must state: read from what was filled in, and said in words again."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from allting.cases.definitions import Ask, OutcomeKind
from allting.cases.errors import Fault
from allting.ui.api import Translator, later, money, number, plain
from allting.ui.api import date as in_words

Value = str | bool
Raw = Mapping[str, str]
UnitNames = Mapping[str, str]
PREFIX = "value-"  # of an asked value's field

_YES = {"yes": True, "no": False}


def read(
    outcome: OutcomeKind, raw: Raw, units: Callable[[str], Collection[str]]
) -> tuple[dict[str, Value], list[Fault]]:
    """The values that `outcome` asks for, and what is missing or cannot be read.

    `units` gives the ids of the units of a kind. Values are plain JSON.
    """
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for ask in outcome.asks:
        written = (raw.get(ask.id) or "").strip()
        if not written:
            if ask.required:
                faults.append(_fault(ask, later("Fill this in: the decision must state it")))
            continue
        try:
            values[ask.id] = _READ[ask.kind](ask, written, units)
        except ValueError:
            faults.append(_fault(ask, _WRONG[ask.kind]))
    return values, faults


def _fault(ask: Ask, sentence: str) -> Fault:
    return Fault(PREFIX + ask.id, sentence)


def _unit(ask: Ask, written: str, units: Callable[[str], Collection[str]]) -> str:
    if written not in units(ask.units or ""):
        raise ValueError(written)
    return written


def _choice(ask: Ask, written: str, units: Any) -> str:
    if written not in {option.id for option in ask.options}:
        raise ValueError(written)
    return written


def _day(ask: Ask, written: str, units: Any) -> str:
    return date.fromisoformat(written).isoformat()


def _amount(ask: Ask, written: str, units: Any) -> str:
    plain_number = re.sub(r"[\s\u00a0]", "", written).replace(",", ".")
    try:
        value = Decimal(plain_number)
    except InvalidOperation:
        raise ValueError(written) from None
    if not value.is_finite() or abs(value) >= 10**12:
        raise ValueError(written)
    return format(value, "f")


def _yes_no(ask: Ask, written: str, units: Any) -> bool:
    if written not in _YES:
        raise ValueError(written)
    return _YES[written]


def _words(ask: Ask, written: str, units: Any) -> str:
    if len(written) > 5000:
        raise ValueError("too long")
    return written


_READ: dict[str, Callable[[Ask, str, Any], Value]] = {
    "unit": _unit,
    "choice": _choice,
    "date": _day,
    "number": _amount,
    "money": _amount,
    "yes-no": _yes_no,
    "text": _words,
}
_WRONG = {
    "unit": later("Choose one of the places in the list"),
    "choice": later("Choose one of the alternatives"),
    "date": later("Write a day that exists, such as 17 8 2027"),
    "number": later("Write a number, such as 12 or 12.5"),
    "money": later("Write an amount in kronor, such as 1200"),
    "yes-no": later("Choose yes or no"),
    "text": later("Write at most 5,000 characters"),
}


def as_raw(values: Mapping[str, Any]) -> dict[str, str]:
    """Kept values as a form's fields take them.

    >>> as_raw({"start": "2027-01-10", "full": True})
    {'start': '2027-01-10', 'full': 'yes'}
    """
    words = {True: "yes", False: "no"}
    return {k: words[v] if isinstance(v, bool) else str(v) for k, v in values.items()}


def worded(ask: Ask, value: Any, speak: Translator, units: UnitNames) -> str:
    """A kept value as people read it."""
    language = speak.language
    if value is None:
        return ""
    if ask.kind == "unit":
        return units.get(str(value), str(value))
    if ask.kind == "date":
        return in_words(language, str(value))
    if ask.kind == "money":
        return money(language, value)
    if ask.kind == "number":
        return number(language, value)
    if ask.kind == "yes-no":
        return speak(later("Yes")) if value else speak(later("No"))
    if ask.kind == "choice":
        return next((plain(o.label, language) for o in ask.options if o.id == value), str(value))
    return str(value)
