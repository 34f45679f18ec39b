"""The facts of some rows of a city on a day.

Sums over a household are differences of a running sum. Who has died or left does not count in it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from allting.conditions.api import Array
from allting.register.around import HOUSEHOLD
from allting.register.everyone.city import City, Edges
from allting.register.everyone.timeline import Latest, Timeline
from allting.register.everyone.where import Where

UNKNOWN = -1
"""The number of an unknown count."""


@dataclass(frozen=True)
class Day:
    """A city on the day for which it is asked, and where that is."""

    city: City
    as_of: int
    grown: int  # born on that day or before: of age
    here: str | None
    _latest: dict[int, Latest] = field(default_factory=dict)

    def lives(self, rows: Array) -> Array:
        """Which of some rows have not died."""
        alive: Array = self.city.died.take(rows) > self.as_of
        return alive

    def stays(self, rows: Array) -> Array:
        """Which of some rows have neither died nor left."""
        stays: Array = self.lives(rows) & (self.city.left.take(rows) > self.as_of)
        return stays

    def resides(self, rows: Array) -> Array:
        """Which of some rows stay, and are registered in the municipality."""
        texts = self.city.texts["municipality_code"]
        if self.here not in texts.words:
            return np.zeros(len(rows), dtype=bool)
        resides: Array = texts.codes.take(rows) == texts.words.index(self.here)
        return resides & self.stays(rows)

    def on(self, line: Timeline) -> Latest:
        """A timeline of the city as it stands on the day."""
        found = self._latest.get(id(line))
        if found is None:
            found = self._latest[id(line)] = line.on(self.as_of)
        return found


@dataclass
class Piece:
    """Rows, and what is reckoned of them once."""

    day: Day
    where: Where

    @property
    def city(self) -> City:
        """The whole of which this is a piece."""
        return self.day.city

    def read(self, name: str) -> Array:
        """The column of a fact; of those that `people` says there are."""
        city = self.city
        if name in city.stated:
            return self.where.told(self.day.on(city.stated[name].line))
        if name in city.texts:
            return self.where.rows(city.texts[name].codes)
        if name in _MADE:
            return _MADE[name](self)
        return self._home_told(city.stated_at_home[name.removeprefix(HOUSEHOLD)].line)

    # -- who counts

    def present(self) -> Array:
        """The rows that are somebody's on this day: one for each who lives here."""
        as_of, city, rows = self.day.as_of, self.city, self.where.rows
        own = (rows(city.first) <= as_of) & (rows(city.last) > as_of)
        return own & self.stays & (rows(city.birth) <= as_of)

    @cached_property
    def stays(self) -> Array:
        """Who has neither died nor left."""
        as_of, rows = self.day.as_of, self.where.rows
        stays: Array = (rows(self.city.died) > as_of) & (rows(self.city.left) > as_of)
        return stays

    @cached_property
    def at_home(self) -> Array:
        """Who lives in the household on this day, by the register."""
        as_of, rows = self.day.as_of, self.where.rows
        return (rows(self.city.since) <= as_of) & (rows(self.city.until) > as_of)

    @cached_property
    def all_at_home(self) -> bool:
        """Whether everyone does."""
        return bool(self.at_home.all())

    @cached_property
    def counts(self) -> Array:
        """Who counts in the household."""
        return self.at_home & self.stays

    @cached_property
    def all_count(self) -> bool:
        """Whether everyone does."""
        return bool(self.counts.all())

    # -- households

    def _total(self, mask: Array) -> Array:
        """How many of each household."""
        found: Array = np.diff(_running(mask).take(self.where.firsts))
        return found.astype(np.int16)

    def _of_home(self, values: Array, unknown: int) -> Array:
        """What holds for the household, for each who lives in it."""
        found: Array = values.take(self.where.house)
        if not self.all_at_home:
            found[~self.at_home] = unknown
        return found

    def _count_of_home(self, mask: Callable[[], Array]) -> Array:
        """How many of the household, for each who lives in it."""
        if not self.where.housed:
            return np.full(self.where.size, UNKNOWN, dtype=np.int16)
        return self._of_home(self._total(mask()), UNKNOWN)

    def size(self) -> Array:
        """People in the household."""
        if self.where.housed and self.all_count:
            return self._of_home(np.diff(self.where.firsts).astype(np.int16), UNKNOWN)
        return self._count_of_home(lambda: self.counts)

    def adults(self) -> Array:
        """Grown people in the household."""
        birth = self.where.rows(self.city.birth)
        return self._count_of_home(lambda: (birth <= self.day.grown) & self.counts)

    def youngest(self) -> Array:
        """When the youngest in the household was born: it stands first of those who count."""
        birth, firsts = self.where.rows(self.city.birth), self.where.firsts[:-1]
        unknown = int(np.iinfo(birth.dtype).min)
        if not self.where.housed:
            return np.full(len(birth), unknown, dtype=birth.dtype)
        if self.all_count:
            return self._of_home(birth.take(firsts), unknown)
        counted = np.where(self.counts, birth, unknown)
        return self._of_home(np.maximum.reduceat(counted, firsts), unknown)

    # -- childcare

    @cached_property
    def cared(self) -> Array:
        """Who counts in the household and has a place in childcare."""
        told = self.city.stated.get("in_childcare")
        if told is None:
            return np.zeros(self.where.size, dtype=bool)
        stated: Array = self.where.told(self.day.on(told.line)) == 1
        return stated & self.counts

    def in_childcare(self) -> Array:
        """How many of the household have a place."""
        return self._count_of_home(lambda: self.cared)

    def child_order(self) -> Array:
        """The place among the household's children in childcare, the youngest 1; of children."""
        birth, size = self.where.rows(self.city.birth), self.where.size
        if not self.where.housed:
            return np.full(size, UNKNOWN, dtype=np.int16)
        house = self.where.house
        another = np.ones(size, dtype=bool)  # begins with another household or day of birth
        another[1:] = (birth[1:] != birth[:-1]) | (house[1:] != house[:-1])
        begins = np.maximum.accumulate(np.where(another, np.arange(size), 0))
        running = _running(self.cared)
        order = 1 + running.take(begins) - running.take(self.where.firsts).take(house)
        known = self.at_home & (birth > self.day.grown)
        return np.where(known, order, UNKNOWN).astype(np.int16)

    # -- what was stated

    def _home_told(self, line: Timeline) -> Array:
        """What was stated about the households, the latest."""
        latest = self.day.on(line)
        if not self.where.housed:
            return np.full(self.where.size, latest.unknown, dtype=latest.value.dtype)
        return self._of_home(self.where.told_at_home(latest), latest.unknown)

    def income_changed(self) -> Array:
        """When the household's income last became another."""
        line = self.city.income_changes
        assert line is not None  # noqa: S101 - `people` saw to it
        return self._home_told(line)

    def moved_in(self) -> Array:
        """When each came to the municipality."""
        days = self.city.moved_in
        assert days is not None  # noqa: S101 - `people` saw to it
        return self.where.rows(days)

    # -- relations

    def has_guardian_here(self) -> Array:
        """Whether a guardian is registered in the municipality."""
        return self._ends(self.city.guardians, self.day.resides) > 0

    def guarded_children(self) -> Array:
        """How many living children each answers for."""
        return self._ends(self.city.wards, self.day.lives).astype(np.int16)

    def _ends(self, edges: Edges | None, counts: Callable[[Array], Array]) -> Array:
        """How many guardianships of each row hold on this day, with someone who counts."""
        assert edges is not None  # noqa: S101 - `people` saw to it
        which, starts = self.where.edges(edges)
        as_of = self.day.as_of
        holds = (edges.since[which] <= as_of) & (edges.until[which] > as_of)
        holds &= counts(edges.other[which])
        if edges.repeated is not None:
            holds = _once(holds, edges.repeated[which])
        found: Array = np.diff(_running(holds).take(starts))
        return found

    def relative_died(self) -> Array:
        """When a spouse, child or parent last died."""
        deaths = self.city.deaths
        assert deaths is not None  # noqa: S101 - `people` saw to it
        return self.where.told(self.day.on(deaths))


def _once(holds: Array, repeated: Array) -> Array:
    """Without those whose like, to the same person, has held before it."""
    found = holds.copy()
    for place in np.flatnonzero(repeated & holds):
        like = place
        while repeated[like]:
            like -= 1
            if found[like]:
                found[place] = False
                break
    return found


def _running(mask: Array) -> Array:
    """How many before each row, and before the end."""
    found = np.zeros(len(mask) + 1, dtype=np.int32)
    np.cumsum(mask, out=found[1:])
    return found


_MADE: dict[str, Callable[[Piece], Array]] = {
    "birth_date": lambda piece: piece.where.rows(piece.city.birth),
    "protected": lambda piece: piece.where.rows(piece.city.protected),
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
