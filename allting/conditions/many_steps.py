"""Steps over arrays, put together from others: the parts of which `many` makes a condition."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

import numpy as np

from allting.conditions.amounts import HIGHEST
from allting.conditions.crowd import Array, Part, Shape

YES, NO = np.array(True), np.array(False)


@dataclass(frozen=True, slots=True)
class Vector:
    """Values, and of whom they are known; without a mask, of all."""

    values: Array
    known: Array | None = None


Value = Callable[[Part], Vector]
Mask = Callable[[Part], Array]


@dataclass(frozen=True, slots=True)
class Truth:
    """Who is a yes, and who is a no; the others are unknown."""

    yes: Mask
    no: Mask


def in_billionths(values: Array, known: Array | None, shape: Shape) -> Vector:
    """Whole numbers of a column in billionths; what leaves the limits is unknown."""
    most = HIGHEST // shape.unit
    if -most <= shape.low and shape.high <= most:
        return Vector(values * shape.unit, known)
    fits = (values >= -most) & (values <= most)
    return Vector(values * shape.unit, both(known, fits))


def kept(step: Callable[[Part], Any]) -> Callable[[Part], Any]:
    """The same step, made once for a part."""
    key = object()

    def once(part: Part) -> Any:
        found = part.kept.get(key)
        if found is None:
            found = part.kept[key] = step(part)
        return found

    return once


def both(one: Array | None, other: Array | None) -> Array | None:
    """Of whom both are known."""
    return other if one is None else one if other is None else one & other


def mask(vector: Vector) -> Array:
    """Of whom it is known."""
    return YES if vector.known is None else vector.known


def settled(answer: bool | None) -> Truth:
    """The same answer for all."""
    yes, no = np.asarray(answer is True), np.asarray(answer is False)
    return Truth(lambda part: yes, lambda part: no)


def truth_of(value: Value) -> Truth:
    """Who is a yes and who a no, by a step that comes to yes or no."""

    def masked(part: Part, *, yes: bool) -> Array:
        vector = value(part)
        values = vector.values if yes else ~vector.values
        return values if vector.known is None else values & vector.known

    return Truth(partial(masked, yes=True), partial(masked, yes=False))


def value_of(truth: Truth) -> Value:
    """The step that comes to yes or no."""

    def value(part: Part) -> Vector:
        yes = truth.yes(part)
        return Vector(yes, yes | truth.no(part))

    return value


def all_of(masks: list[Mask]) -> Mask:
    """Who is in all masks."""
    return lambda part: reduce(operator.and_, (one(part) for one in masks))


def any_of(masks: list[Mask]) -> Mask:
    """Who is in any of the masks."""
    return lambda part: reduce(operator.or_, (one(part) for one in masks))


def strict(operate: Callable[..., tuple[Array, Array | None]], *values: Value) -> Value:
    """A step that is unknown as soon as one of its arguments is."""

    def strict(part: Part) -> Vector:
        vectors = [value(part) for value in values]
        found, exists = operate(*(vector.values for vector in vectors))
        return Vector(found, reduce(both, (vector.known for vector in vectors), exists))

    return strict


def first_known(options: list[Value]) -> Value:
    """A step that comes to the first of these that is known."""

    def first(part: Part) -> Vector:
        found = options[-1](part)
        for option in reversed(options[:-1]):
            vector = option(part)
            if vector.known is None:
                found = vector
                continue
            values = np.where(vector.known, vector.values, found.values)
            found = Vector(values, vector.known | mask(found))
        return found

    return first


def case_of(branches: list[tuple[Truth, Value]], otherwise: Value) -> Value:
    """A step that comes to what follows on the first that holds; unknown while one is unknown."""

    def case(part: Part) -> Vector:
        found = otherwise(part)
        for holds, then in reversed(branches):
            yes, no, chosen = holds.yes(part), holds.no(part), then(part)
            values = np.where(yes, chosen.values, found.values)
            found = Vector(values, (yes & mask(chosen)) | (no & mask(found)))
        return found

    return case
