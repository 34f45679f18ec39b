"""The small form a condition is turned into: every node it can consist of, each with its type.

Nothing else can be expressed, so nothing else can be run. Numbers are whole billionths (see
`amounts`), so that both evaluators reckon with the same whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from allting.conditions.facts import FactType

Value = bool | int | str | date


@dataclass(frozen=True, slots=True)
class Literal:
    type: FactType
    value: Value


@dataclass(frozen=True, slots=True)
class Named:
    """The value of a fact."""

    type: FactType
    name: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day for which it is asked."""

    type: FactType = FactType.DATE


@dataclass(frozen=True, slots=True)
class Not:
    part: "Form"
    type: FactType = FactType.BOOLEAN


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold (and)."""

    parts: tuple["Form", ...]
    type: FactType = FactType.BOOLEAN


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds (or)."""

    parts: tuple["Form", ...]
    type: FactType = FactType.BOOLEAN


@dataclass(frozen=True, slots=True)
class Compare:
    sign: str
    left: "Form"
    right: "Form"
    type: FactType = FactType.BOOLEAN


@dataclass(frozen=True, slots=True)
class Between:
    value: "Form"
    low: "Form"
    high: "Form"
    type: FactType = FactType.BOOLEAN


@dataclass(frozen=True, slots=True)
class Among:
    """`value in (options)`."""

    value: "Form"
    options: tuple["Form", ...]
    type: FactType = FactType.BOOLEAN


@dataclass(frozen=True, slots=True)
class Missing:
    """`value is null`: always yes or no."""

    value: "Form"
    type: FactType = FactType.BOOLEAN


@dataclass(frozen=True, slots=True)
class Reckon:
    """`left sign right` with + - * or /."""

    sign: str
    left: "Form"
    right: "Form"
    type: FactType = FactType.NUMBER


@dataclass(frozen=True, slots=True)
class Negative:
    value: "Form"
    type: FactType = FactType.NUMBER


@dataclass(frozen=True, slots=True)
class Call:
    """A helper; unknown as soon as one of its arguments is."""

    type: FactType
    name: str
    arguments: tuple["Form", ...]


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """`coalesce`."""

    type: FactType
    options: tuple["Form", ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The first branch whose condition holds; unknown when it is unknown whether a branch does."""

    type: FactType
    branches: tuple[tuple["Form", "Form"], ...]
    otherwise: "Form"


Form = (
    Literal
    | Named
    | AsOf
    | Not
    | Every
    | Either
    | Compare
    | Between
    | Among
    | Missing
    | Reckon
    | Negative
    | Call
    | FirstKnown
    | Case
)


def inside(form: Form) -> tuple[Form, ...]:
    """The parts a form is made of, in reading order."""
    match form:
        case Literal() | Named() | AsOf():
            return ()
        case Not(part):
            return (part,)
        case Every(parts) | Either(parts):
            return parts
        case Compare(_, left, right) | Reckon(_, left, right):
            return (left, right)
        case Between(value, low, high):
            return (value, low, high)
        case Among(value, options):
            return (value, *options)
        case Missing(value) | Negative(value):
            return (value,)
        case Call(_, _, parts) | FirstKnown(_, parts):
            return parts
        case Case(_, branches, otherwise):
            return (*(part for branch in branches for part in branch), otherwise)


def names_in(form: Form) -> tuple[str, ...]:
    """The facts a form speaks of, in reading order, each once."""
    found: dict[str, None] = {}
    waiting = [form]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Named):
            found[part.name] = None
        waiting.extend(reversed(inside(part)))
    return tuple(found)


def replaced(form: Form, by: Mapping[str, Form]) -> Form:
    """The form with other forms in the place of some facts."""
    match form:
        case Named(_, name):
            return by.get(name, form)
        case Literal() | AsOf():
            return form
        case Case(kind, branches, otherwise):
            pairs = tuple((replaced(a, by), replaced(b, by)) for a, b in branches)
            return Case(kind, pairs, replaced(otherwise, by))
    changed: dict[str, Any] = {}
    for part in fields(form):
        value = getattr(form, part.name)
        if isinstance(value, Form):
            changed[part.name] = replaced(value, by)
        elif isinstance(value, tuple):
            changed[part.name] = tuple(replaced(each, by) for each in value)
    return replace(form, **changed)
