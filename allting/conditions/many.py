"""For everyone: the same conditions over columns of whole numbers, piece by piece.

A form is turned once into steps over arrays, with the meaning it has for one person: what is
unknown is marked, numbers are whole billionths in 64 bits, what leaves the limits is unknown. Of a
yes-or-no the step gives two masks, who is a yes and who a no; only the one that is needed is made.
A part that speaks of one fact of few values (a day of birth, a code) is not reckoned for each
person but for each value, and comes down to a comparison or two (`ranges`).
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from allting.conditions import form, many_numbers
from allting.conditions.amounts import UNIT
from allting.conditions.crowd import Array, Part, Shape
from allting.conditions.facts import FactType
from allting.conditions.many_dates import days
from allting.conditions.many_helpers import CALLS, ROUND
from allting.conditions.many_steps import (
    NO,
    Truth,
    Value,
    Vector,
    all_of,
    any_of,
    both,
    case_of,
    first_known,
    in_billionths,
    kept,
    mask,
    settled,
    strict,
    truth_of,
    value_of,
)
from allting.conditions.one import make
from allting.conditions.ranges import Ranges, places

Form = form.Form
FEW = 2**17
"""So many values of a fact are reckoned one by one, rather than for each person."""


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
        self.spoken_of: dict[int, tuple[frozenset[str], Form]] = {}
        self.stretches: dict[tuple[int, bool], Ranges] = {}
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
                made = Truth(kept(made.yes), kept(made.no))
            self.truths[node] = made
        return self.truths[node]

    def _truth(self, node: Form) -> Truth:
        if self._constant(node):
            return settled(make(node).value(self.constants, self.as_of))
        if (name := self.single(node)) is not None:
            return self._by_value(node, name)
        match node:
            case form.Not(part):
                inner = self.truth(part)
                return Truth(inner.no, inner.yes)
            case form.Every(parts):
                truths = [self.truth(part) for part in self.gathered(form.Every, parts)]
                return Truth(all_of([t.yes for t in truths]), any_of([t.no for t in truths]))
            case form.Either(parts):
                truths = [self.truth(part) for part in self.gathered(form.Either, parts)]
                return Truth(any_of([t.yes for t in truths]), all_of([t.no for t in truths]))
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
                return Truth(lambda part: ~mask(inside(part)), lambda part: mask(inside(part)))
            case form.Compare(sign, left, right):
                return self._compared(COMPARE[sign], self.value(left), self.value(right))
        return truth_of(kept(self.value(node)))

    def _compared(self, compare: Callable[..., Array], left: Value, right: Value) -> Truth:
        def compared(part: Part) -> Vector:
            a, b = left(part), right(part)
            return Vector(compare(a.values, b.values), both(a.known, b.known))

        return truth_of(kept(compared))

    # -- one fact of few values

    def _facts(self, node: Form) -> frozenset[str]:
        """The columns that a form speaks of; remembered by the very object, which is kept."""
        found = self.spoken_of.get(id(node))
        if found is None:
            if isinstance(node, form.Named):
                names = frozenset([node.name]) & self.shapes.keys()
            else:
                names = frozenset().union(*map(self._facts, form.inside(node)))
            found = self.spoken_of[id(node)] = names, node
        return found[0]

    def _constant(self, node: Form) -> bool:
        return not self._facts(node)

    def single(self, node: Form) -> str | None:
        """The one fact that a form speaks of, if it has few values and many people."""
        names = self._facts(node)
        if len(names) != 1:
            return None
        (name,) = names
        return name if 0 < self.shapes[name].width <= min(FEW, self.people // 2) else None

    def cheap(self, node: Form) -> bool:
        """Whether a form is quickly asked of everyone: one fact of few values that is at hand."""
        name = self.single(node)
        return name is not None and not self.shapes[name].made

    def gathered(self, kind: type[form.Every | form.Either], parts: tuple[Form, ...]) -> list[Form]:
        """Parts, also those of parts of the same kind; those that speak of one and the same fact
        of few values as one."""
        about: dict[object, list[Form]] = {}
        for place, part in enumerate(_flat(kind, parts)):
            about.setdefault(self.single(part) or place, []).append(part)
        return [kind(tuple(same)) if len(same) > 1 else same[0] for same in about.values()]

    def _by_value(self, node: Form, name: str) -> Truth:
        """The answer for each value, and then for each person by comparing."""

        def yes(part: Part) -> Array:
            return self._ranges(node, name, yes=True)(part)

        def no(part: Part) -> Array:
            return self._ranges(node, name, yes=False)(part)

        return Truth(yes, no)

    def ranges(self, node: Form) -> Ranges:
        """For which values of the single fact that it speaks of a form is a yes."""
        name = self.single(node)
        assert name is not None  # noqa: S101 - asked of those alone
        return self._ranges(node, name, yes=True)

    def _ranges(self, node: Form, name: str, *, yes: bool) -> Ranges:
        found = self.stretches.get((id(node), yes))
        if found is None:
            writer, part = self._domain(name)
            truth = writer.truth(node)
            answers = np.broadcast_to((truth.yes if yes else truth.no)(part), part.size)
            found = self.stretches[id(node), yes] = Ranges.of(answers, name, self.shapes[name])
        return found

    def _looked_up(self, node: Form, name: str) -> Value:
        """What a form comes to for each value, and then for each person by looking it up."""
        shape = self.shapes[name]
        writer, part = self._domain(name)
        vector = writer.value(node)(part)
        values = np.broadcast_to(vector.values, part.size)
        known = np.broadcast_to(mask(vector), part.size)

        def looked_up(part: Part) -> Vector:
            place = places(part.column(name), shape)
            return Vector(values[place], known[place])

        return looked_up

    def _domain(self, name: str) -> tuple["Writer", Part]:
        """Someone of each value, and at last someone of whom it is unknown."""
        if name not in self.domains:
            self.domains[name] = self._one_of_each(name, self.shapes[name])
        return self.domains[name]

    def _one_of_each(self, name: str, shape: Shape) -> tuple["Writer", Part]:
        narrow = shape.type is FactType.DATE and max(-shape.low, shape.high) < 2**30
        values = np.arange(shape.low, shape.high + 2, dtype=np.int32 if narrow else np.int64)
        there = Shape(shape.type, shape.low, shape.high, shape.high + 1, shape.words, shape.unit)
        writer = Writer({name: there}, self.constants, self.as_of, keep=True)
        writer.words = self.words
        return writer, Part(len(values), lambda _: values)

    # -- values

    def value(self, node: Form) -> Value:
        """What a form comes to."""
        if node not in self.vectors:
            made = self._value(node)
            if self.keep or node in self.shared:
                made = kept(made)
            self.vectors[node] = made
        return self.vectors[node]

    def _value(self, node: Form) -> Value:
        if self._constant(node):
            return self._same_for_all(node)
        name = self.single(node)
        if name is not None and not isinstance(node, form.Named):
            return self._looked_up(node, name)
        match node:
            case form.Named(kind, name):
                return self._column(kind, name)
            case form.Reckon(sign, left, right):
                return strict(RECKON[sign], self.value(left), self.value(right))
            case form.Negative(inner):
                return strict(lambda a: (-a, None), self.value(inner))
            case form.Call():
                return self._call(node)
            case form.FirstKnown(_, options):
                return first_known([self.value(option) for option in options])
            case form.Case(_, branches, otherwise):
                made = [(self.truth(holds), self.value(then)) for holds, then in branches]
                return case_of(made, self.value(otherwise))
        return value_of(self.truth(node))

    def _same_for_all(self, node: Form) -> Value:
        found = make(node).value(self.constants, self.as_of)
        if found is None:
            unknown = Vector(
                np.zeros(1, np.int64 if node.type is not FactType.BOOLEAN else bool), NO
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
            match kind:
                case FactType.BOOLEAN:
                    return Vector(values == 1, known)
                case FactType.DATE:
                    return Vector(values, known)
            values = values.astype(np.int64)
            if known is not None:
                values = np.where(known, values, 0)
            if kind is FactType.TEXT:
                return Vector(translated[values], known)
            return in_billionths(values, known, shape)

        return read

    def _call(self, node: form.Call) -> Value:
        arguments = node.arguments
        if node.name == "round":
            digits = arguments[1]
            assert isinstance(digits, form.Literal)  # noqa: S101 - binding saw to it
            rounding = partial(ROUND, digits=int(digits.value) // UNIT)  # type: ignore[arg-type]
            return strict(rounding, self.value(arguments[0]))
        name = AGES.get(node.name)
        if name is not None:
            arguments = (*arguments, form.AsOf())
        return strict(CALLS[name or node.name], *(self.value(argument) for argument in arguments))


def _flat(kind: type[form.Every | form.Either], parts: tuple[Form, ...]) -> Iterator[Form]:
    for part in parts:
        if isinstance(part, kind):
            yield from _flat(kind, part.parts)
        else:
            yield part


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
