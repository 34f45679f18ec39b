"""Which rows of a city are looked at: a stretch of it, or a few here and there."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np

from allting.conditions.api import Array
from allting.register.everyone.city import City, Edges
from allting.register.everyone.timeline import Latest


class Where(Protocol):
    """Rows of a city, whole households of them where `housed`."""

    @property
    def size(self) -> int:
        """How many rows."""
        ...

    @property
    def housed(self) -> bool:
        """Whether they live in households."""
        ...

    @property
    def firsts(self) -> Array:
        """The first row of each household, and the end; counted among these rows."""
        ...

    @property
    def house(self) -> Array:
        """The household of each row, counted among theirs."""
        ...

    def rows(self, column: Array) -> Array:
        """A column of the city, of these rows."""
        ...

    def told(self, latest: Latest) -> Array:
        """What happened to these rows."""
        ...

    def told_at_home(self, latest: Latest) -> Array:
        """What happened to their households."""
        ...

    def edges(self, edges: Edges) -> tuple[Array | slice, Array]:
        """Where the rows' guardianships are, and among those the first of each row, and the end."""
        ...


@dataclass(frozen=True)
class Stretch:
    """The rows from `start` until `end`, which are the households from `low` until `high`."""

    city: City
    start: int
    end: int
    low: int
    high: int

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def housed(self) -> bool:
        return self.high > self.low

    @cached_property
    def firsts(self) -> Array:
        return self.city.houses[self.low : self.high + 1] - self.start

    @cached_property
    def house(self) -> Array:
        return self.rows(self.city.house).astype(np.intp) - self.low

    def rows(self, column: Array) -> Array:
        return column[self.start : self.end]

    def told(self, latest: Latest) -> Array:
        return latest.between(self.start, self.end)

    def told_at_home(self, latest: Latest) -> Array:
        return latest.between(self.low, self.high)

    def edges(self, edges: Edges) -> tuple[Array | slice, Array]:
        starts = edges.starts[self.start : self.end + 1]
        first, last = int(starts[0]), int(starts[-1])
        return slice(first, last), starts - first


@dataclass(frozen=True)
class Few:
    """Some rows in order; with the households they fill, if they are whole ones."""

    index: Array
    houses: Array | None = None
    firsts: Array = field(default_factory=lambda: np.zeros(1, dtype=np.int64))

    @classmethod
    def at_home(cls, city: City, rows: Array) -> tuple["Few", Array]:
        """Everyone in the households of some rows, and where among them those rows are."""
        house = city.house.take(rows)
        another = np.ones(len(house), dtype=bool)
        another[1:] = house[1:] != house[:-1]
        houses = house[another]
        begins = city.houses.take(houses)
        firsts = offsets(city.houses.take(houses + 1) - begins)
        of_each = np.cumsum(another) - 1
        index = stretched(begins, firsts)
        return cls(index, houses, firsts), rows - (begins - firsts[:-1]).take(of_each)

    @property
    def size(self) -> int:
        return len(self.index)

    @property
    def housed(self) -> bool:
        return self.houses is not None

    @cached_property
    def house(self) -> Array:
        return np.repeat(np.arange(len(self.firsts) - 1), np.diff(self.firsts))

    def rows(self, column: Array) -> Array:
        return column.take(self.index)

    def told(self, latest: Latest) -> Array:
        return latest.of(self.index)

    def told_at_home(self, latest: Latest) -> Array:
        return latest.of(self.index if self.houses is None else self.houses)

    def edges(self, edges: Edges) -> tuple[Array | slice, Array]:
        begins = edges.starts.take(self.index)
        starts = offsets(edges.starts.take(self.index + 1) - begins)
        return stretched(begins, starts), starts


def offsets(lengths: Array) -> Array:
    found = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=found[1:])
    return found


def stretched(begins: Array, offsets: Array) -> Array:
    """All places of stretches that begin here and there, one after the other."""
    some = offsets[1:] > offsets[:-1]
    begins, at = begins[some], offsets[:-1][some]
    steps = np.ones(int(offsets[-1]), dtype=np.int64)
    if len(steps):
        steps[0] = begins[0]
        steps[at[1:]] = begins[1:] - begins[:-1] - (at[1:] - at[:-1]) + 1
    return np.cumsum(steps)
