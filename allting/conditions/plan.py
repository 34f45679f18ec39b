"""Several conditions for one crowd: read once, turned into steps once, run piece by piece."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from allting.conditions import form
from allting.conditions.amounts import plain
from allting.conditions.crowd import Array, Crowd, Part, Slice
from allting.conditions.facts import FactType
from allting.conditions.finding import AT_ONCE, find
from allting.conditions.form import Form, names_in
from allting.conditions.many import Writer
from allting.conditions.rules import Bound

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Answers:
    """What an expression comes to for each person of a crowd, in the crowd's order.

    `values`: yes or no; whole billionths of a number; days since 1970; places among `words`.
    They mean something where `known` is true.
    """

    type: FactType
    values: Array
    known: Array
    words: tuple[str, ...] = ()

    @property
    def yes(self) -> Array:
        """Who is a yes."""
        return self.values & self.known

    def to_list(self) -> list[Decimal | bool | str | date | None]:
        """The values as `compute` gives them; None where unknown."""
        read = self._reader()
        pairs = zip(self.values.tolist(), self.known.tolist(), strict=True)
        return [read(value) if known else None for value, known in pairs]

    def _reader(self) -> Callable[[Any], Decimal | bool | str | date]:
        match self.type:
            case FactType.NUMBER:
                return plain
            case FactType.DATE:
                return lambda number: _EPOCH + timedelta(number)
            case FactType.TEXT:
                return lambda place: self.words[place]
        return bool


class Plan:
    """Conditions ready to be asked of a crowd, on one day."""

    def __init__(
        self,
        bounds: Mapping[str, Bound],
        crowd: Crowd,
        as_of: date,
        constants: Mapping[str, Any],
        people: int | None = None,
    ) -> None:
        """`people`: for how many it is to be quick, if not for those of the crowd."""
        self.crowd = crowd
        self.forms, names = _spelled_out(bounds, crowd)
        self.writer = Writer(crowd.shapes(names), constants, as_of, people or len(crowd))
        self.writer.note(list(self.forms.values()))

    def yes(self) -> dict[str, Array]:
        """For whom each condition is a yes."""
        return find(self.forms, self.writer, self.crowd)

    def answers(self, at: Array | None = None) -> dict[str, Answers]:
        """What each expression comes to, and of whom it is known; `at` some places, or of all."""
        size = len(self.crowd) if at is None else len(at)
        steps = {id_: self.writer.value(node) for id_, node in self.forms.items()}
        words = tuple(self.writer.words)
        found = {
            id_: Answers(node.type, *_empty(node.type, size), words)
            for id_, node in self.forms.items()
        }

        for piece in self.crowd.slices() if at is None else self._slices_of(at):
            part = Part(piece.end - piece.start, piece.read)
            for id_, step in steps.items():
                vector = step(part)
                found[id_].values[piece.start : piece.end] = vector.values
                found[id_].known[piece.start : piece.end] = (
                    True if vector.known is None else vector.known
                )

        return found

    def _slices_of(self, at: Array) -> Iterator[Slice]:
        for start in range(0, len(at), AT_ONCE):
            some = at[start : start + AT_ONCE]
            yield Slice(start, start + len(some), self.crowd.some(some))


def _empty(kind: FactType, size: int) -> tuple[Array, Array]:
    return np.empty(size, bool if kind is FactType.BOOLEAN else np.int64), np.empty(size, bool)


def _spelled_out(bounds: Mapping[str, Bound], crowd: Crowd) -> tuple[dict[str, Form], set[str]]:
    """The conditions' forms, facts that follow from others replaced by how they follow; and all
    the facts that they then speak of."""
    names = {name for bound in bounds.values() for name in bound.names}
    derived = {name: bound.form for name, bound in crowd.derived(names).items()}
    forms: dict[str, Form] = {}
    spoken_of: set[str] = set()
    for id_, bound in bounds.items():
        if derived.keys().isdisjoint(bound.names):
            forms[id_] = bound.form
            spoken_of.update(bound.names)
        else:
            forms[id_] = form.replaced(bound.form, derived)
            spoken_of.update(names_in(forms[id_]))
    return forms, spoken_of
