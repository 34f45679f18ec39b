"""For one person: an answer in microseconds, with what is missing and why.

A form is turned once into closures; answering is then a handful of plain calls. Every closure
takes the values and the day for which it is asked. `None` is unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from allting.conditions import amounts, form
from allting.conditions.facts import FactType
from allting.conditions.operations import CALLS, COMPARE, RECKON
from allting.conditions.wording import written

Form = form.Form
Values = Mapping[str, Any]
Answer = Literal["yes", "no", "unknown"]
Run = Callable[[Values, date], Any]
Needs = Callable[[Values, date], frozenset[str]]
NOTHING: frozenset[str] = frozenset()
ANSWERS: dict[bool | None, Answer] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition that decided the outcome: its text, its answer, the facts in it."""

    text: str
    answer: Answer
    facts: tuple[str, ...]


Why = Callable[[Values, date, bool | None], list[Part]]


@dataclass(frozen=True, slots=True)
class Step:
    """A form made runnable.

    `value`: what it comes to. `needs`: when that is unknown, the facts that would settle it.
    `why`: which parts decided, given what it came to.
    """

    value: Run
    needs: Needs
    why: Why


def make(node: Form) -> Step:
    """Turn a form into closures."""
    return _makers[type(node)](node)


def _step(node: Form, value: Run, needs: Needs, why: Why | None = None) -> Step:
    """A step that is its own reason unless it says otherwise."""
    return Step(value, needs, why or _own_reason(node))


def _own_reason(node: Form) -> Why:
    if node.type is not FactType.BOOLEAN:
        return lambda values, day, answer: []
    text, facts = written(node), form.names_in(node)
    parts = {key: [Part(text, answer, facts)] for key, answer in ANSWERS.items()}
    return lambda values, day, answer: parts[answer]


def _needs_nothing(values: Values, day: date) -> frozenset[str]:
    return NOTHING


def _literal(node: form.Literal) -> Step:
    value = node.value
    return _step(node, lambda values, day: value, _needs_nothing)


def _as_of(node: form.AsOf) -> Step:
    return _step(node, lambda values, day: day, _needs_nothing)


_always = _literal(form.Literal(FactType.BOOLEAN, True))

# -- facts


def _named(node: form.Named) -> Step:
    name, alone = node.name, frozenset({node.name})

    def needs(values: Values, day: date) -> frozenset[str]:
        return alone if values.get(name) is None else NOTHING

    return _step(node, _readers[node.type](name), needs)


def _read_number(name: str) -> Run:
    units = amounts.units

    def read(values: Values, day: date) -> int | None:
        value = values.get(name)
        if value is None:
            return None
        if type(value) is int or isinstance(value, (Decimal, float)):
            return units(value)
        raise _wrong_value(name, value, "a number (int or Decimal)")

    return read


def _read_exactly(kind: type, described: str) -> Callable[[str], Run]:
    def reader(name: str) -> Run:
        def read(values: Values, day: date) -> Any:
            value = values.get(name)
            if value is None or type(value) is kind:
                return value
            if kind is str and isinstance(value, str):  # safe strings, enumerations
                return str(value)
            raise _wrong_value(name, value, described)

        return read

    return reader


def _wrong_value(name: str, value: object, wanted: str) -> TypeError:
    # The value itself may be somebody's secret: only its kind is told.
    return TypeError(f"the fact {name} is given as {type(value).__name__}, expected {wanted}")


_readers: dict[FactType, Callable[[str], Run]] = {
    FactType.NUMBER: _read_number,
    FactType.BOOLEAN: _read_exactly(bool, "True or False"),
    FactType.TEXT: _read_exactly(str, "text"),
    FactType.DATE: _read_exactly(date, "a date"),
}

# -- yes and no


def _not(node: form.Not) -> Step:
    inner = make(node.part)
    run = inner.value

    def value(values: Values, day: date) -> bool | None:
        found = run(values, day)
        return None if found is None else not found

    def why(values: Values, day: date, answer: bool | None) -> list[Part]:
        return inner.why(values, day, None if answer is None else not answer)

    through = isinstance(node.part, (form.Every, form.Either))
    return _step(node, value, inner.needs, why if through else None)


def _joined(node: form.Every | form.Either) -> Step:
    settles = isinstance(node, form.Either)  # the answer of a part that settles the whole
    steps = tuple(map(make, node.parts))
    runs = tuple(step.value for step in steps)

    def value(values: Values, day: date) -> bool | None:
        outcome: bool | None = not settles
        for run in runs:
            found: bool | None = run(values, day)
            if found is settles:
                return found
            if found is None:
                outcome = None
        return outcome

    def needs(values: Values, day: date) -> frozenset[str]:
        open_parts = (step.needs(values, day) for step in steps if step.value(values, day) is None)
        return NOTHING.union(*open_parts)

    def why(values: Values, day: date, answer: bool | None) -> list[Part]:
        decided = ((step, step.value(values, day)) for step in steps)
        return [
            part
            for step, found in decided
            if found is answer
            for part in step.why(values, day, found)
        ]

    return Step(value, needs, why)


def _compare(node: form.Compare) -> Step:
    return _strict(node, COMPARE[node.sign], (node.left, node.right))


def _between(node: form.Between) -> Step:
    steps = value, low, high = make(node.value), make(node.low), make(node.high)
    run, first, last = (step.value for step in steps)

    def inside(values: Values, day: date) -> bool | None:
        found = run(values, day)
        if found is None:
            return None
        start, end = first(values, day), last(values, day)
        if (start is not None and found < start) or (end is not None and found > end):
            return False
        return None if start is None or end is None else True

    def needs(values: Values, day: date) -> frozenset[str]:
        bounds = [step for step in (low, high) if step.value(values, day) is None]
        found = run(values, day)
        lacking = [step.needs(values, day) for step in bounds]
        if found is not None:
            return NOTHING.union(*lacking)
        wanted = value.needs(values, day)
        # Nothing helps when the value itself cannot be worked out, or neither bound can.
        if not wanted or (len(bounds) == 2 and not any(lacking)):
            return NOTHING
        return wanted.union(*lacking)

    return _step(node, inside, needs)


def _among(node: form.Among) -> Step:
    value, options = make(node.value), tuple(map(make, node.options))
    run, runs = value.value, tuple(step.value for step in options)
    literals = [option.value for option in node.options if isinstance(option, form.Literal)]
    fixed = frozenset(literals)

    def listed(values: Values, day: date) -> bool | None:
        found = run(values, day)
        return None if found is None else found in fixed

    def searched(values: Values, day: date) -> bool | None:
        found = run(values, day)
        if found is None:
            return None
        outcome: bool | None = False
        for option in runs:
            candidate = option(values, day)
            if candidate is None:
                outcome = None
            elif candidate == found:
                return True
        return outcome

    def needs(values: Values, day: date) -> frozenset[str]:
        wanted = value.needs(values, day)
        if not wanted and run(values, day) is None:
            return NOTHING
        unknown = [step for step in options if step.value(values, day) is None]
        lacking = [step.needs(values, day) for step in unknown]
        if len(unknown) == len(options) and not any(lacking):
            return NOTHING  # nothing to compare with, whatever the value is
        return wanted.union(*lacking)

    return _step(node, listed if len(literals) == len(options) else searched, needs)


def _missing(node: form.Missing) -> Step:
    run = make(node.value).value
    return _step(node, lambda values, day: run(values, day) is None, _needs_nothing)


# -- numbers, dates, choices


def _strict(node: Form, operate: Callable[..., Any], parts: tuple[Form, ...]) -> Step:
    """A step that is unknown as soon as one of its parts is."""
    steps = tuple(map(make, parts))
    runs = tuple(step.value for step in steps)
    value = _strict_pair(operate, *runs) if len(runs) == 2 else _strict_any(operate, runs)

    def needs(values: Values, day: date) -> frozenset[str]:
        wanted = [step.needs(values, day) for step in steps if step.value(values, day) is None]
        # A part that no fact can settle (division by zero) makes the others beside the point.
        return NOTHING.union(*wanted) if all(wanted) else NOTHING

    return _step(node, value, needs)


def _strict_pair(operate: Callable[..., Any], left: Run, right: Run) -> Run:
    def value(values: Values, day: date) -> Any:
        first = left(values, day)
        if first is None:
            return None
        second = right(values, day)
        return None if second is None else operate(first, second)

    return value


def _strict_any(operate: Callable[..., Any], runs: tuple[Run, ...]) -> Run:
    def value(values: Values, day: date) -> Any:
        found = [run(values, day) for run in runs]
        return None if None in found else operate(*found)

    return value


def _reckon(node: form.Reckon) -> Step:
    return _strict(node, RECKON[node.sign], (node.left, node.right))


def _negative(node: form.Negative) -> Step:
    return _strict(node, lambda number: amounts.within(-number), (node.value,))


def _call(node: form.Call) -> Step:
    if node.name in ("age", "age_months"):
        return _strict(node, CALLS[node.name], (*node.arguments, form.AsOf()))
    return _strict(node, CALLS[node.name], node.arguments)


def _first_known(node: form.FirstKnown) -> Step:
    steps = tuple(map(make, node.options))
    runs = tuple(step.value for step in steps)

    def value(values: Values, day: date) -> Any:
        for run in runs:
            found = run(values, day)
            if found is not None:
                return found
        return None

    def needs(values: Values, day: date) -> frozenset[str]:
        return NOTHING.union(*(step.needs(values, day) for step in steps))

    return _step(node, value, needs)


def _case(node: form.Case) -> Step:
    branches = tuple((make(condition), make(then)) for condition, then in node.branches)
    runs = tuple((condition.value, then.value) for condition, then in branches)
    otherwise = make(node.otherwise)

    def value(values: Values, day: date) -> Any:
        for holds, then in runs:
            found = holds(values, day)
            if found is None:
                return None
            if found:
                return then(values, day)
        return otherwise.value(values, day)

    return _step(node, value, _case_needs((*branches, (_always, otherwise))))


def _case_needs(branches: tuple[tuple[Step, Step], ...]) -> Needs:
    """What would settle the conditions, and the values of the branches still within reach."""

    def needs(values: Values, day: date) -> frozenset[str]:
        wanted = NOTHING
        for holds, then in branches:
            found = holds.value(values, day)
            settling = holds.needs(values, day) if found is None else NOTHING
            if found is None and not settling:
                return wanted  # no fact can tell whether this branch holds
            reached = found is not False and then.value(values, day) is None
            wanted |= settling.union(then.needs(values, day) if reached else NOTHING)
            if found:
                break
        return wanted

    return needs


_makers: dict[type, Callable[..., Step]] = {
    form.Literal: _literal,
    form.Named: _named,
    form.AsOf: _as_of,
    form.Not: _not,
    form.Every: _joined,
    form.Either: _joined,
    form.Compare: _compare,
    form.Between: _between,
    form.Among: _among,
    form.Missing: _missing,
    form.Reckon: _reckon,
    form.Negative: _negative,
    form.Call: _call,
    form.FirstKnown: _first_known,
    form.Case: _case,
}
