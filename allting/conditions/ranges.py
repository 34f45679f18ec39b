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
    """For which values of a fact the answer is this one: stretches of them, or a table.

    It is itself the step that finds the people.
    """

    name: str
    shape: Shape
    stretches: tuple[tuple[int, int], ...]
    table: Array | None
    unknown_too: bool

    @classmethod
    def of(cls, answers: Array, name: str, shape: Shape) -> "Ranges":
        """From the answer of every value of a shape, and last the answer of who is unknown."""
        turns = (np.flatnonzero(answers[1:-1] != answers[:-2]) + (shape.low + 1)).tolist()
        begins = [shape.low, *turns] if answers[0] else turns
        ends = [turn - 1 for turn in begins[1::2]]
        ends += [shape.high] if len(begins) % 2 else []
        stretches = tuple(zip(begins[::2], ends, strict=True))
        table = answers.copy() if len(stretches) > MOST else None
        return cls(name, shape, stretches, table, bool(answers[-1]))

    def __call__(self, part: Part) -> Array:
        return self.inside(part.column(self.name))

    def has(self, value: int) -> bool:
        """Whether one value is among them."""
        return bool(self.inside(np.array([value]))[0])

    def inside(self, column: Array) -> Array:
        """Which of these values are among them."""
        if self.table is not None:
            return _looked_up(column, self.table, self.shape)
        found: Array | None = None
        for first, last in self.stretches:
            inside = _within(column, first, last, self.shape)
            found = inside if found is None else found | inside
        if self.unknown_too and self.shape.unknown is not None:
            unknown = column == self.shape.unknown
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
    found: Array = table[places(column, shape)]
    return found


def places(column: Array, shape: Shape) -> Array:
    """Each person's place among the values of a shape; after them that of who is unknown."""
    place = column.astype(np.int64) - shape.low
    if shape.unknown is not None:
        place[column == shape.unknown] = shape.width
    return place
