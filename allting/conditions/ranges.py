"""The answers for each value of one fact, and finding each person's by comparing.

"Nine to eleven months old" is yes for a stretch of days of birth: who was born within it is found
with one comparison of the column, whatever the condition's text. Answers of many stretches are
looked up in a table.
"""

from dataclasses import dataclass

import numpy as np

from allting.conditions.crowd import Array, Part, Shape

MOST = 4
"""So many stretches are compared; above that a look-up is quicker."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """For which values the answer is this one: first and last of each stretch, or a table."""

    stretches: tuple[tuple[int, int], ...]
    table: Array | None
    shape: Shape
    unknown_too: bool

    @classmethod
    def of(cls, answers: Array, shape: Shape) -> "Ranges":
        """From the answer of every value of a shape, and last the answer of who is unknown."""
        edges = np.diff(answers[:-1].astype(np.int8), prepend=0, append=0)
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
        pairs = zip((starts + shape.low).tolist(), (ends + shape.low).tolist(), strict=True)
        table = np.append(answers[:-1], answers[-1]) if len(starts) > MOST else None
        return cls(tuple(pairs), table, shape, bool(answers[-1]))


def reader(name: str, ranges: Ranges) -> "Reader":
    """The step that finds the people of these ranges by the column `name`."""
    return Reader(name, ranges)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who has one of the values, of a part."""

    name: str
    ranges: Ranges

    def __call__(self, part: Part) -> Array:
        column, ranges = part.column(self.name), self.ranges
        if ranges.table is not None:
            return _looked_up(column, ranges.table, ranges.shape)
        found: Array | None = None
        for first, last in ranges.stretches:
            inside = _within(column, first, last, ranges.shape)
            found = inside if found is None else found | inside
        if ranges.unknown_too and ranges.shape.unknown is not None:
            unknown = column == ranges.shape.unknown
            found = unknown if found is None else found | unknown
        return np.zeros(len(column), bool) if found is None else found


def _within(column: Array, first: int, last: int, shape: Shape) -> Array:
    unknown = shape.unknown
    inside: Array
    if first == last:
        inside = column == first
    elif (first, last) == (shape.low, shape.high):
        inside = np.ones(len(column), bool) if unknown is None else column != unknown
    elif last == shape.high and (unknown is None or unknown < first):
        inside = column >= first
    elif first == shape.low and (unknown is None or unknown > last):
        inside = column <= last
    else:
        # One comparison instead of two: below the first, an unsigned distance is very long.
        distance = np.subtract(column, column.dtype.type(first)).view(f"u{column.dtype.itemsize}")
        inside = distance <= distance.dtype.type(last - first)
    return inside


def _looked_up(column: Array, table: Array, shape: Shape) -> Array:
    place = column.astype(np.int64) - shape.low
    if shape.unknown is not None:
        place[column == shape.unknown] = len(table) - 1
    found: Array = table[place]
    return found
