"""Bind once, then decide or compute for one person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from allting.conditions.amounts import plain
from allting.conditions.binding import bind_form
from allting.conditions.facts import FactType, Vocabulary
from allting.conditions.form import Every, Form, names_in
from allting.conditions.one import ANSWERS, Answer, Part, Step, make


@dataclass(frozen=True, slots=True)
class Bound:
    """A checked condition or amount, ready to run. `names` are the facts it speaks of."""

    source: str
    type: FactType
    names: tuple[str, ...]
    form: Form = field(repr=False)
    step: Step = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a condition came to for one person.

    `missing`: when unknown, exactly the facts whose absence matters; empty when no fact can help
    (a division by zero, a date that does not exist). `because`: the parts that decided.
    """

    answer: Answer
    missing: tuple[str, ...]
    because: tuple[Part, ...]

    @property
    def holds(self) -> bool:
        """Whether the answer is yes."""
        return self.answer == "yes"


@dataclass(frozen=True, slots=True)
class Computed:
    """What an expression came to: a value, or None and the facts that are missing."""

    value: Decimal | bool | str | date | None
    missing: tuple[str, ...]


def bind(source: str, vocabulary: Vocabulary, *, expects: FactType = FactType.BOOLEAN) -> Bound:
    """Check an expression against a vocabulary; raises ConditionFault with every mistake."""
    form = bind_form(source, vocabulary, expects)
    return Bound(source, expects, names_in(form), form, make(form))


def decide(bound: Bound, values: Mapping[str, Any], *, as_of: date) -> Outcome:
    """Whether a condition holds: yes, no or unknown, and why.

    >>> adult = bind("age(birth_date) >= 18", Vocabulary.of(birth_date="date"))
    >>> decide(adult, {"birth_date": date(2000, 5, 1)}, as_of=date(2026, 11, 1)).answer
    'yes'
    >>> decide(adult, {}, as_of=date(2026, 11, 1)).missing
    ('birth_date',)
    """
    value, missing = _answer(bound, values, as_of)
    return Outcome(ANSWERS[value], missing, tuple(bound.step.why(values, as_of, value)))


def answer(
    bound: Bound, values: Mapping[str, Any], *, as_of: date
) -> tuple[Answer, tuple[str, ...]]:
    """The same without the reasons, for less than half the price: the answer, what is missing."""
    value, missing = _answer(bound, values, as_of)
    return ANSWERS[value], missing


def _answer(
    bound: Bound, values: Mapping[str, Any], as_of: date
) -> tuple[bool | None, tuple[str, ...]]:
    if bound.type is not FactType.BOOLEAN:
        raise TypeError(f"{bound.source!r} is an amount: compute it instead")
    value = bound.step.value(values, as_of)
    return value, _missing(bound, values, as_of) if value is None else ()


def compute(bound: Bound, values: Mapping[str, Any], *, as_of: date) -> Computed:
    """The value of an expression for one person; numbers are exact.

    >>> fee = bind("income * 0.03", Vocabulary.of(income="number"), expects=FactType.NUMBER)
    >>> compute(fee, {"income": 42000}, as_of=date(2026, 11, 1)).value
    Decimal('1260')
    """
    value = bound.step.value(values, as_of)
    if value is None:
        return Computed(None, _missing(bound, values, as_of))
    return Computed(plain(value) if bound.type is FactType.NUMBER else value, ())


def part_told(bound: Bound, tells: Callable[[str], bool]) -> Bound | None:
    """The members of `… and …` that speak only of facts that `tells` accepts; None without any.

    Where this part is not a yes the whole is none either, whatever the other facts are: they need
    not be read.

    >>> words = Vocabulary.of(said__age="number", income="number")
    >>> part_told(bind("said.age > 6 and income > 0", words), lambda n: n.startswith("said.")).names
    ('said.age',)
    """
    members = bound.form.parts if isinstance(bound.form, Every) else (bound.form,)
    told = tuple(member for member in members if all(map(tells, names_in(member))))
    if not told:
        return None
    form = Every(told) if len(told) > 1 else told[0]
    return Bound(bound.source, bound.type, names_in(form), form, make(form))


def _missing(bound: Bound, values: Mapping[str, Any], as_of: date) -> tuple[str, ...]:
    needed = bound.step.needs(values, as_of)
    return tuple(name for name in bound.names if name in needed)
