"""Wishes as rows of numbers: what both ways of placing work on.

A row is one child's wish for one unit. A child's rows stand together, the most wanted first. The
`order` of a row is where the child stands among all who ask for that unit: 0 comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

C = TypeVar("C")  # a child's id
U = TypeVar("U")  # a unit's id
Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asks(Generic[C, U]):
    """Who asks for what, without what decides who comes first."""

    children: list[C]
    units: list[U]
    begins: list[int]  # of each child, the first row; and one more, the end
    unit: list[int]  # of each row
    capacity: list[int]  # of each unit

    def rows(self) -> int:
        """How many wishes there are in all."""
        return self.begins[-1]


def asks_of(
    wishes: Mapping[C, Sequence[U]], capacity: Mapping[U, int], children: Sequence[C]
) -> Asks[C, U]:
    """The rows of these children. A unit wished for twice counts once, one without places never.

    Raises ValueError for a capacity below zero.
    """
    units = sorted((unit for unit, places in capacity.items() if places), key=str)
    for unit, places in capacity.items():
        if places < 0:
            raise ValueError(f"{unit} has {places} places; expected 0 or more")
    number = {unit: n for n, unit in enumerate(units)}
    begins, rows = [0], []
    for child in children:
        rows += [number[unit] for unit in dict.fromkeys(wishes[child]) if unit in number]
        begins.append(len(rows))
    return Asks(list(children), units, begins, rows, [capacity[unit] for unit in units])
