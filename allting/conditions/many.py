"""For everyone: the same conditions over columns of whole numbers, piece by piece.

A form is turned once into steps over arrays, with the meaning it has for one person: what is
unknown is marked, numbers are whole billionths in 64 bits, what leaves the limits is unknown. Of a
yes-or-no the step gives two masks, who is a yes and who a no; only the one that is needed is made.
A part that speaks of one fact of few values (a day of birth, a code) is not reckoned for each
person but for each value, and comes down to a comparison or two (`ranges`).
"""

import operator
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from typing import Any

import numpy as np

from allting.conditions import form, many_numbers
from allting.conditions.amounts import HIGHEST, UNIT
from allting.conditions.crowd import Array, Part, Shape
from allting.conditions.facts import FactType
from allting.conditions.many_dates import days
from allting.conditions.many_helpers import CALLS, ROUND
from allting.conditions.one import make
from allting.conditions.ranges import Ranges, reader

Form = form.Form
FEW = 2**17
"""So many values of a fact are reckoned one by one, rather than for each person."""

_YES, _NO = np.array(True), np.array(False)


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


class Writer:
    """Turns forms into steps, each form once.

    `people`: for how many; it decides what is reckoned for each value instead. `keep`: whether
    every step's result is kept for the whole part, or only that of forms which occur repeatedly.
    """

    def __init__(
        self,
        shapes: Mapping[str, Shape],
        constants: Mapping[str, Any],
        as_of: date,
        people: int = 0,
        keep: bool = False,
    ) -> None:
        self.shapes, self.constants, self.as_of = shapes, constants, as_of
        self.people, self.keep = people, keep
        self.words: dict[str, int] = {}
        self.shared: set[Form] = set()
        self.truths: dict[Form, Truth] = {}
        self.vectors: dict[Form, Value] = {}
        self.domains: dict[str, tuple[Writer, Part]] = {}

    def note(self, forms: list[Form]) -> None:
        """Remember which forms occur repeatedly, and which texts there are."""
        seen: Counter[Form] = Counter()
        waiting = list(forms)
        while waiting:
            node = waiting.pop()
            seen[node] += 1
            if seen[node] == 1:
                waiting.extend(form.inside(node))
        self.shared = {node for node, count in seen.items() if count > 1}
        self.words = {word: place for place, word in enumerate(sorted(self._texts(seen)))}

    def _texts(self, nodes: Mapping[Form, int]) -> set[str]:
        texts: set[str] = set()
        for node in nodes:
            if node.type is not FactType.TEXT:
                continue
            if isinstance(node, form.Literal):
                texts.add(str(node.value))
            elif isinstance(node, form.Named):
                shape = self.shapes.get(node.name)
                given = self.constants.get(node.name)
                texts.update(shape.words if shape else [str(given)] if given is not None else [])
        return texts

    # -- yes and no

    def truth(self, node: Form) -> Truth:
        """Who is a yes and who a no."""
        if node not in self.truths:
            made = self._truth(node)
            if self.keep or node in self.shared:
                made = Truth(_kept(made.yes), _kept(made.no))
            self.truths[node] = made
        return self.truths[node]

    def _truth(self, node: Form) -> Truth:
        if self._constant(node):
            return _settled(make(node).value(self.constants, self.as_of))
        if (name := self._single(node)) is not None:
            return self._by_value(node, name)
        match node:
            case form.Not(part):
                inner = self.truth(part)
                return Truth(inner.no, inner.yes)
            case form.Every(parts):
                truths = [self.truth(part) for part in self._gathered(form.Every, parts)]
                return Truth(_all([t.yes for t in truths]), _any([t.no for t in truths]))
            case form.Either(parts):
                truths = [self.truth(part) for part in self._gathered(form.Either, parts)]
                return Truth(_any([t.yes for t in truths]), _all([t.no for t in truths]))
            case form.Between(value, low, high):
                self.shared.add(value)
                first, last = form.Compare(">=", value, low), form.Compare("<=", value, high)
                return self.truth(form.Every((first, last)))
            case form.Among(value, options):
                self.shared.add(value)
                equals = tuple(form.Compare("=", value, option) for option in options)
                return self.truth(form.Either(equals) if len(equals) > 1 else equals[0])
            case form.Missing(value):
                inside = self.value(value)
                return Truth(lambda part: ~_mask(inside(part)), lambda part: _mask(inside(part)))
            case form.Compare(sign, left, right):
                return self._compared(COMPARE[sign], self.value(left), self.value(right))
        return _truth_of(_kept(self.value(node)))

    def _compared(self, compare: Callable[..., Array], left: Value, right: Value) -> Truth:
        def compared(part: Part) -> Vector:
            a, b = left(part), right(part)
            return Vector(compare(a.values, b.values), _both(a.known, b.known))

        return _truth_of(_kept(compared))

    # -- one fact of few values

    def _constant(self, node: Form) -> bool:
        return not any(name in self.shapes for name in form.names_in(node))

    def _single(self, node: Form) -> str | None:
        """The one fact that a form speaks of, if it has few values and many people."""
        names = [name for name in form.names_in(node) if name in self.shapes]
        if len(names) != 1:
            return None
        width = self.shapes[names[0]].width
        return names[0] if 0 < width <= min(FEW, self.people // 2) else None

    def _gathered(self, kind: Callable[..., Form], parts: tuple[Form, ...]) -> list[Form]:
        """Parts that speak of one and the same fact of few values, as one."""
        about: dict[object, list[Form]] = {}
        for place, part in enumerate(parts):
            about.setdefault(self._single(part) or place, []).append(part)
        return [kind(tuple(same)) if len(same) > 1 else same[0] for same in about.values()]

    def _by_value(self, node: Form, name: str) -> Truth:
        """The answer for each value, and then for each person by comparing."""
        shape = self.shapes[name]
        if name not in self.domains:
            self.domains[name] = self._domain(name, shape)
        writer, part = self.domains[name]
        writer.words = self.words
        truth = writer.truth(node)
        yes, no = (np.broadcast_to(mask(part), part.size) for mask in (truth.yes, truth.no))
        return Truth(*(reader(name, Ranges.of(answers, shape)) for answers in (yes, no)))

    def _domain(self, name: str, shape: Shape) -> tuple["Writer", Part]:
        """Someone of each value, and at last someone of whom it is unknown."""
        values = np.arange(shape.low, shape.high + 2, dtype=np.int64)
        there = Shape(shape.type, shape.low, shape.high, shape.high + 1, shape.words, shape.unit)
        writer = Writer({name: there}, self.constants, self.as_of, keep=True)
        return writer, Part(len(values), lambda _: values)

    # -- values

    def value(self, node: Form) -> Value:
        """What a form comes to."""
        if node not in self.vectors:
            made = self._value(node)
            if self.keep or node in self.shared:
                made = _kept(made)
            self.vectors[node] = made
        return self.vectors[node]

    def _value(self, node: Form) -> Value:
        if self._constant(node):
            return self._same_for_all(node)
        match node:
            case form.Named(kind, name):
                return self._column(kind, name)
            case form.Reckon(sign, left, right):
                return _strict(RECKON[sign], self.value(left), self.value(right))
            case form.Negative(inner):
                return _strict(lambda a: (-a, None), self.value(inner))
            case form.Call():
                return self._call(node)
            case form.FirstKnown(_, options):
                return _first_known([self.value(option) for option in options])
            case form.Case(_, branches, otherwise):
                made = [(self.truth(holds), self.value(then)) for holds, then in branches]
                return _case(made, self.value(otherwise))
        return _value_of(self.truth(node))

    def _same_for_all(self, node: Form) -> Value:
        found = make(node).value(self.constants, self.as_of)
        if found is None:
            unknown = Vector(
                np.zeros(1, np.int64 if node.type is not FactType.BOOLEAN else bool), _NO
            )
            return lambda part: unknown
        if node.type is FactType.TEXT:
            found = self.words[found]
        elif node.type is FactType.DATE:
            found = days(found)
        vector = Vector(np.array([found]))
        return lambda part: vector

    def _column(self, kind: FactType, name: str) -> Value:
        shape = self.shapes[name]
        if shape.type is not kind:
            raise TypeError(f"the column {name} is {shape.type}, expected {kind}")
        translated = np.array([self.words[word] for word in shape.words] or [0], dtype=np.int64)

        def read(part: Part) -> Vector:
            values = part.column(name)
            known = None if shape.unknown is None else values != shape.unknown
            values = values.astype(np.int64)
            if known is not None:
                values = np.where(known, values, 0)
            match kind:
                case FactType.BOOLEAN:
                    return Vector(values == 1, known)
                case FactType.TEXT:
                    return Vector(translated[values], known)
                case FactType.NUMBER:
                    return _in_billionths(values, known, shape)
            return Vector(values, known)

        return read

    def _call(self, node: form.Call) -> Value:
        arguments = node.arguments
        if node.name == "round":
            digits = arguments[1]
            assert isinstance(digits, form.Literal)  # noqa: S101 - binding saw to it
            rounding = partial(ROUND, digits=int(digits.value) // UNIT)  # type: ignore[arg-type]
            return _strict(rounding, self.value(arguments[0]))
        name = AGES.get(node.name)
        if name is not None:
            arguments = (*arguments, form.AsOf())
        return _strict(CALLS[name or node.name], *(self.value(argument) for argument in arguments))


AGES = {"age": "years_between", "age_months": "months_between"}
COMPARE: dict[str, Callable[..., Array]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
RECKON: dict[str, Callable[..., tuple[Array, Array | None]]] = {
    "+": many_numbers.add,
    "-": many_numbers.subtract,
    "*": many_numbers.multiply,
    "/": many_numbers.divide,
}


def _in_billionths(values: Array, known: Array | None, shape: Shape) -> Vector:
    most = HIGHEST // shape.unit
    if -most <= shape.low and shape.high <= most:
        return Vector(values * shape.unit, known)
    fits = (values >= -most) & (values <= most)
    return Vector(values * shape.unit, _both(known, fits))


# -- steps


def _kept(step: Callable[[Part], Any]) -> Callable[[Part], Any]:
    """The same step, made once for a part."""
    key = object()

    def kept(part: Part) -> Any:
        found = part.kept.get(key)
        if found is None:
            found = part.kept[key] = step(part)
        return found

    return kept


def _both(one: Array | None, other: Array | None) -> Array | None:
    return other if one is None else one if other is None else one & other


def _mask(vector: Vector) -> Array:
    return _YES if vector.known is None else vector.known


def _settled(answer: bool | None) -> Truth:
    yes, no = np.asarray(answer is True), np.asarray(answer is False)
    return Truth(lambda part: yes, lambda part: no)


def _truth_of(value: Value) -> Truth:
    def masked(part: Part, *, yes: bool) -> Array:
        vector = value(part)
        values = vector.values if yes else ~vector.values
        return values if vector.known is None else values & vector.known

    return Truth(partial(masked, yes=True), partial(masked, yes=False))


def _value_of(truth: Truth) -> Value:
    def value(part: Part) -> Vector:
        yes = truth.yes(part)
        return Vector(yes, yes | truth.no(part))

    return value


def _all(masks: list[Mask]) -> Mask:
    return lambda part: reduce(operator.and_, (mask(part) for mask in masks))


def _any(masks: list[Mask]) -> Mask:
    return lambda part: reduce(operator.or_, (mask(part) for mask in masks))


def _strict(operate: Callable[..., tuple[Array, Array | None]], *values: Value) -> Value:
    """A step that is unknown as soon as one of its arguments is."""

    def strict(part: Part) -> Vector:
        vectors = [value(part) for value in values]
        found, exists = operate(*(vector.values for vector in vectors))
        return Vector(found, reduce(_both, (vector.known for vector in vectors), exists))

    return strict


def _first_known(options: list[Value]) -> Value:
    def first(part: Part) -> Vector:
        found = options[-1](part)
        for option in reversed(options[:-1]):
            vector = option(part)
            if vector.known is None:
                found = vector
                continue
            values = np.where(vector.known, vector.values, found.values)
            found = Vector(values, vector.known | _mask(found))
        return found

    return first


def _case(branches: list[tuple[Truth, Value]], otherwise: Value) -> Value:
    def case(part: Part) -> Vector:
        found = otherwise(part)
        for holds, then in reversed(branches):
            yes, no, chosen = holds.yes(part), holds.no(part), then(part)
            values = np.where(yes, chosen.values, found.values)
            found = Vector(values, (yes & _mask(chosen)) | (no & _mask(found)))
        return found

    return case
