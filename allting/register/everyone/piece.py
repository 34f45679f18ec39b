"""The facts of a piece of a city on a day: some ten thousand rows, whole households.

Sums over a household are differences of a running sum. Who has died or left does not count in it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from allting.conditions.api import Array
from allting.register.around import HOUSEHOLD
from allting.register.everyone.city import City, Told
from allting.register.everyone.timeline import Timeline

UNKNOWN = -1
"""The number of an unknown count."""


@dataclass(frozen=True)
class Day:
    """The day for which it is asked, and where."""

    as_of: int
    grown: int  # born on that day or before: of age
    here: str | None


@dataclass
class Piece:
    """Rows from `start` until `end`, which are the households from `low` until `high`."""

    city: City
    day: Day
    start: int
    end: int
    low: int
    high: int
    housed: bool = field(init=False)

    def __post_init__(self) -> None:
        self.housed = self.high > self.low

    def read(self, name: str) -> Array:
        """The column of a fact; of those that `people` says there are."""
        if name in self.city.stated:
            return self._told(self.city.stated[name])
        if name in self.city.texts:
            return self.rows(self.city.texts[name].codes)
        if name in _MADE:
            return _MADE[name](self)
        return self._home_told(self.city.stated_at_home[name.removeprefix(HOUSEHOLD)].line)

    def rows(self, column: Array) -> Array:
        """A column of the city, of these rows."""
        return column[self.start : self.end]

    # -- who counts

    @cached_property
    def here_now(self) -> Array:
        """Who has neither died nor left."""
        as_of = self.day.as_of
        return (self.rows(self.city.died) > as_of) & (self.rows(self.city.left) > as_of)

    @cached_property
    def present(self) -> Array:
        """The rows that are somebody's on this day: one for each who lives here."""
        as_of, city = self.day.as_of, self.city
        own = (self.rows(city.first) <= as_of) & (self.rows(city.last) > as_of)
        return own & self.here_now & (self.rows(city.birth) <= as_of)

    @cached_property
    def at_home(self) -> Array:
        """Who lives in the household on this day, by the register."""
        as_of = self.day.as_of
        return (self.rows(self.city.since) <= as_of) & (self.rows(self.city.until) > as_of)

    @cached_property
    def counts(self) -> Array:
        """Who counts in the household."""
        return self.at_home & self.here_now

    # -- households

    @cached_property
    def firsts(self) -> Array:
        """The first row of each household, and the end."""
        return self.city.houses[self.low : self.high + 1] - self.start

    @cached_property
    def house(self) -> Array:
        """The household of each row, counted within the piece."""
        return self.rows(self.city.house).astype(np.intp) - self.low

    def total(self, mask: Array) -> Array:
        """How many of each household."""
        running = _running(mask)
        found: Array = running[self.firsts[1:]] - running[self.firsts[:-1]]
        return found.astype(np.int16)

    def _of_home(self, values: Array, unknown: int) -> Array:
        """What holds for the household, for each who lives in it."""
        if not self.housed:
            return np.full(self.end - self.start, unknown, dtype=values.dtype)
        found = values[self.house]
        if not self.at_home.all():
            found[~self.at_home] = unknown
        return found

    @cached_property
    def all_count(self) -> bool:
        """Whether everyone in these households counts."""
        return bool(self.counts.all())

    def size(self) -> Array:
        """People in the household."""
        if not self.housed:
            return self._of_home(_NOTHING, UNKNOWN)
        whole = np.diff(self.firsts).astype(np.int16)
        return self._of_home(whole if self.all_count else self.total(self.counts), UNKNOWN)

    def adults(self) -> Array:
        """Grown people in the household."""
        if not self.housed:
            return self._of_home(_NOTHING, UNKNOWN)
        grown = self.rows(self.city.birth) <= self.day.grown
        return self._of_home(self.total(grown & self.counts), UNKNOWN)

    def youngest(self) -> Array:
        """When the youngest in the household was born: it stands first of those who count."""
        birth = self.rows(self.city.birth)
        unknown = int(np.iinfo(birth.dtype).min)
        if not self.housed:
            return np.full(len(birth), unknown, dtype=birth.dtype)
        if self.all_count:
            return self._of_home(birth[self.firsts[:-1]], unknown)
        counted = np.where(self.counts, birth, unknown)
        return self._of_home(np.maximum.reduceat(counted, self.firsts[:-1]), unknown)

    # -- childcare

    @cached_property
    def cared(self) -> Array:
        """Who counts in the household and has a place in childcare."""
        told = self.city.stated.get("in_childcare")
        if told is None:
            return np.zeros(self.end - self.start, dtype=bool)
        stated: Array = self._told(told) == 1
        return stated & self.counts

    def in_childcare(self) -> Array:
        """How many of the household have a place."""
        if not self.housed:
            return self._of_home(_NOTHING, UNKNOWN)
        return self._of_home(self.total(self.cared), UNKNOWN)

    def child_order(self) -> Array:
        """The place among the household's children in childcare, the youngest 1; of children."""
        birth, size = self.rows(self.city.birth), self.end - self.start
        if not self.housed:
            return np.full(size, UNKNOWN, dtype=np.int16)
        another = np.ones(size, dtype=bool)  # begins with another household or day of birth
        another[1:] = (birth[1:] != birth[:-1]) | (self.house[1:] != self.house[:-1])
        begins = np.maximum.accumulate(np.where(another, np.arange(size), 0))
        running = _running(self.cared)
        order = 1 + running[begins] - running[self.firsts[:-1]][self.house]
        known = self.at_home & (birth > self.day.grown)
        return np.where(known, order, UNKNOWN).astype(np.int16)

    # -- what was stated

    def _told(self, told: Told) -> Array:
        """What was stated about these rows, the latest."""
        return told.line.on(self.day.as_of, self.start, self.end)

    def _home_told(self, line: Timeline) -> Array:
        """What was stated about these households, the latest."""
        return self._of_home(line.on(self.day.as_of, self.low, self.high), line.unknown)

    def income_changed(self) -> Array:
        """When the household's income last became another."""
        line = self.city.income_changes
        assert line is not None  # noqa: S101 - `people` saw to it
        return self._home_told(line)

    def moved_in(self) -> Array:
        """When each came to the municipality."""
        days = self.city.moved_in
        assert days is not None  # noqa: S101 - `people` saw to it
        return self.rows(days)

    # -- relations

    def has_guardian_here(self) -> Array:
        """Whether a guardian is registered in the municipality."""
        edges, texts = self.city.guardians, self.city.texts["municipality_code"]
        assert edges is not None and self.day.here is not None  # noqa: S101 - `people` saw to it
        found = np.zeros(self.end - self.start, dtype=bool)
        if self.day.here not in texts.words:
            return found
        first, last = np.searchsorted(edges.row, [self.start, self.end])
        row, other = edges.row[first:last], edges.other[first:last]
        as_of, city = self.day.as_of, self.city
        counts = (edges.since[first:last] <= as_of) & (edges.until[first:last] > as_of)
        counts &= texts.codes[other] == texts.words.index(self.day.here)
        counts &= (city.died[other] > as_of) & (city.left[other] > as_of)
        found[row[counts] - self.start] = True
        return found

    def guarded_children(self) -> Array:
        """How many living children each answers for."""
        edges = self.city.wards
        assert edges is not None  # noqa: S101 - `people` saw to it
        first, last = np.searchsorted(edges.row, [self.start, self.end])
        row, other = edges.row[first:last], edges.other[first:last]
        as_of = self.day.as_of
        counts = (edges.since[first:last] <= as_of) & (edges.until[first:last] > as_of)
        counts &= self.city.died[other] > as_of
        row, other = row[counts], other[counts]
        again = np.zeros(len(row), dtype=bool)  # the same child by two overlapping rows
        again[1:] = (row[1:] == row[:-1]) & (other[1:] == other[:-1])
        found = np.bincount(row[~again] - self.start, minlength=self.end - self.start)
        return found.astype(np.int16)

    def relative_died(self) -> Array:
        """When a spouse, child or parent last died."""
        deaths = self.city.deaths
        assert deaths is not None  # noqa: S101 - `people` saw to it
        return deaths.on(self.day.as_of, self.start, self.end)


def _running(mask: Array) -> Array:
    """How many before each row, and before the end."""
    found = np.zeros(len(mask) + 1, dtype=np.int32)
    np.cumsum(mask, out=found[1:])
    return found


_NOTHING = np.zeros(0, dtype=np.int16)
_MADE: dict[str, Callable[[Piece], Array]] = {
    "birth_date": lambda piece: piece.rows(piece.city.birth),
    "protected": lambda piece: piece.rows(piece.city.protected),
    "moved_in": Piece.moved_in,
    "household.size": Piece.size,
    "household.adults": Piece.adults,
    "household.youngest_birth_date": Piece.youngest,
    "household.children_in_childcare": Piece.in_childcare,
    "household.child_order": Piece.child_order,
    "household.income_changed": Piece.income_changed,
    "has_guardian_here": Piece.has_guardian_here,
    "guarded_children": Piece.guarded_children,
    "relative_died": Piece.relative_died,
}
