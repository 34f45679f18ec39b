"""A crowd of plain people, for a handful of them and for tests."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from allting.conditions.amounts import LOWEST, units
from allting.conditions.crowd import Array, Reader, Shape, Slice
from allting.conditions.facts import FactType
from allting.conditions.many_dates import days
from allting.conditions.rules import Bound

_UNKNOWN = LOWEST - 1
_NO_DAY = -(2**31)
_PIECE = 2**16


class Table:
    """Columns of whole numbers, each with its shape."""

    def __init__(self, columns: Mapping[str, tuple[Shape, Array]], size: int) -> None:
        self._columns, self._size = columns, size

    @classmethod
    def of(cls, types: Mapping[str, FactType], people: Sequence[Mapping[str, Any]]) -> "Table":
        """From facts as `decide` takes them; a fact that someone lacks is unknown."""
        columns = {
            name: _column(kind, [person.get(name) for person in people])
            for name, kind in types.items()
        }
        return cls(columns, len(people))

    def __len__(self) -> int:
        return self._size

    def shapes(self, names: Collection[str]) -> Mapping[str, Shape]:
        """What the columns among `names` hold."""
        return {name: shape for name, (shape, _) in self._columns.items() if name in names}

    def derived(self, names: Collection[str]) -> Mapping[str, Bound]:
        """Nothing follows from anything else here."""
        return {}

    def slices(self) -> Iterator[Slice]:
        """Everyone, in pieces."""
        for start in range(0, self._size, _PIECE):
            end = min(start + _PIECE, self._size)
            yield Slice(start, end, self._reader(start, end))

    def some(self, places: Array) -> Reader:
        """The columns of some people, in order."""
        return lambda name: self._columns[name][1][places]

    def _reader(self, start: int, end: int) -> Reader:
        return lambda name: self._columns[name][1][start:end]


def _column(kind: FactType, values: list[Any]) -> tuple[Shape, Array]:
    words = tuple(sorted({v for v in values if v is not None})) if kind is FactType.TEXT else ()
    place = {word: at for at, word in enumerate(words)}
    convert: dict[FactType, Callable[[Any], int | None]] = {
        FactType.BOOLEAN: int,
        FactType.NUMBER: units,
        FactType.TEXT: place.__getitem__,
        FactType.DATE: days,
    }
    read = [None if value is None else convert[kind](value) for value in values]
    known = [number for number in read if number is not None]
    unknown = _NO_DAY if kind is FactType.DATE else _UNKNOWN
    shape = Shape(kind, min(known, default=0), max(known, default=-1), unknown, words, unit=1)
    return shape, np.array([unknown if n is None else n for n in read], dtype=np.int64)
