"""Decisions that a rule of the package makes at once (FL § 28): pure, over bound rules."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from allting.cases import asked
from allting.cases.definitions import Automatic, OutcomeKind, Process
from allting.conditions.api import (
    Bound,
    FactType,
    Vocabulary,
    answer,
    bind,
    compute,
    decide,
    part_told,
)

NOT_HELD = ("answers.", "parameters.", "offer.")  # names that the register does not answer
_TYPES = {
    "date": FactType.DATE,
    "number": FactType.NUMBER,
    "money": FactType.NUMBER,
    "yes-no": FactType.BOOLEAN,
}


@dataclass(frozen=True, slots=True)
class BoundRule:
    """An automatic decision, ready to be tried."""

    rule: Automatic
    when: Bound
    values: Mapping[str, Bound]
    told: Bound | None = None  # what of `when` the submission itself answers

    @property
    def names(self) -> frozenset[str]:
        """The facts it speaks of."""
        bounds = (self.when, *self.values.values())
        return frozenset(name for bound in bounds for name in bound.names)


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule came to."""

    outcome: OutcomeKind
    values: Mapping[str, asked.Value]
    rule: Automatic


def bound_rules(process: Process, words: Vocabulary) -> tuple[BoundRule, ...]:
    """The automatic decisions of a process, bound. Raises ConditionFault."""
    return tuple(_bound(process, rule, words) for rule in process.automatic)


def _bound(process: Process, rule: Automatic, words: Vocabulary) -> BoundRule:
    asks = {ask.id: ask.kind for ask in process.outcome(rule.outcome).asks}
    values = {
        id: bind(source, words, expects=value_type(asks[id])) for id, source in rule.values.items()
    }
    when = bind(rule.when, words, expects=FactType.BOOLEAN)
    return BoundRule(rule, when, values, part_told(when, lambda name: name.startswith(NOT_HELD)))


def left_to_try(
    rules: tuple[BoundRule, ...], told: Mapping[str, Any], day: date
) -> tuple[BoundRule, ...]:
    """The rules that may hold by what was told: only for these is anybody read about."""
    return tuple(
        bound
        for bound in rules
        if bound.told is None or answer(bound.told, told, as_of=day)[0] == "yes"
    )


def may_decide(rules: tuple[BoundRule, ...], values: Mapping[str, Any], day: date) -> bool:
    """Whether some rule may decide for someone of whom this is known: none of it speaks against."""
    return any(decide(bound.when, values, as_of=day).answer != "no" for bound in rules)


def value_type(kind: str) -> FactType:
    """The type that an expression for an asked value must have.

    >>> value_type("money").value, value_type("unit").value
    ('number', 'text')
    """
    return _TYPES.get(kind, FactType.TEXT)


def first_ruled(
    process: Process,
    rules: tuple[BoundRule, ...],
    values: Mapping[str, Any],
    day: date,
    units: Callable[[str], Collection[str]],
) -> Ruled | None:
    """What the first rule that holds decides; None where no rule does, and a person must.

    What cannot be known does not hold, and a decision of which some part cannot be worked out
    is left to a person: a rule never guesses.
    """
    for bound in rules:
        if decide(bound.when, values, as_of=day).answer != "yes":
            continue
        outcome = process.outcome(bound.rule.outcome)
        stated = {id: compute(it, values, as_of=day).value for id, it in bound.values.items()}
        known = {id: value for id, value in stated.items() if value is not None}
        read, faults = asked.read(outcome, asked.as_raw(known), units)
        return None if faults else Ruled(outcome, read, bound.rule)
    return None
