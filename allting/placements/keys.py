"""Priorities as whole numbers, lowest first: what the placing compares.

A number is in billionths and a day counted from 1970, as conditions reckon; what is not known comes
last, for nobody is to gain by leaving something out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from allting.conditions.api import Bound, FactType, Vocabulary, bind, compute, decide
from allting.packages.api import Definition, Edition
from allting.placements.asks import Key
from allting.placements.parts import PLACES, Places, Priority
from allting.placements.vocabulary import words_of

LAST = 2**63 - 1
BILLION = 10**9
FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One priority, ready to be worked out."""

    priority: Priority
    bound: Bound

    @property
    def sign(self) -> int:
        """-1 where the highest comes first."""
        return -1 if self.priority.order == "high" else 1

    def number(self, values: Mapping[str, Any], as_of: date) -> int:
        """Where a child with these values stands on this line."""
        if self.bound.type is FactType.BOOLEAN:
            return 0 if decide(self.bound, values, as_of=as_of).holds else 1
        found = compute(self.bound, values, as_of=as_of).value
        if isinstance(found, Decimal):
            return self.sign * int(found * BILLION)
        if isinstance(found, date):
            return self.sign * (found - FIRST_DAY).days
        return LAST

    def value(self, number: int) -> bool | Decimal | date | None:
        """What a number on this line stands for; None for what is not known."""
        if self.bound.type is FactType.BOOLEAN:
            return number == 0
        if number == LAST:
            return None
        if self.bound.type is FactType.DATE:
            return FIRST_DAY + timedelta(days=self.sign * number)
        return Decimal(self.sign * number) / BILLION


TYPES = {"first": (FactType.BOOLEAN,), "low": (FactType.NUMBER, FactType.DATE)}
TYPES["high"] = TYPES["low"]


def bound_as(priority: Priority, words: Vocabulary) -> Bound:
    """The expression of a priority in the type that its order asks for. Raises ConditionFault."""
    *others, last = TYPES[priority.order]
    for kind in others:
        try:
            return bind(priority.by, words, expects=kind)
        except ValueError:
            continue
    return bind(priority.by, words, expects=last)


def lines_in(definition: Definition, service: str) -> tuple[Line, ...]:
    """The priorities of a service, bound."""
    places: Places = definition.one(PLACES, service)
    words = words_of(definition, service)
    return tuple(Line(it, bound_as(it, words)) for it in places.priorities)


def lines_of(edition: Edition, service: str) -> tuple[Line, ...]:
    """The same, once for each edition."""
    key = ("placements.lines", service)
    return edition.memo(key, lambda: lines_in(edition.definition, service))


def key_of(lines: tuple[Line, ...], values: Mapping[str, Any], as_of: date) -> Key:
    """Where a child stands at a unit, without the lot."""
    return tuple(line.number(values, as_of) for line in lines)
