"""Facts of some rows alone, and the rows for which a fact is not as usual."""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from allting.conditions.api import Array
from allting.register.around import HOUSEHOLD
from allting.register.everyone.city import City
from allting.register.everyone.piece import Day, Piece
from allting.register.everyone.timeline import Latest
from allting.register.everyone.where import Few, offsets, stretched


class Some:
    """Rows here and there, in order: their own facts, and of those in households theirs."""

    def __init__(self, day: Day, rows: Array) -> None:
        self.day, self.rows = day, rows
        self.housed = int(np.searchsorted(rows, day.city.houses[-1]))  # the others stand last

    def read(self, name: str) -> Array:
        """The column of a fact."""
        if not name.startswith(HOUSEHOLD):
            return self._alone.read(name)
        family, place = self._family
        found = family.read(name).take(place)
        if self.housed == len(self.rows):
            return found
        others = Piece(self.day, Few(self.rows[self.housed :]))
        return np.concatenate([found, others.read(name)])

    @cached_property
    def _alone(self) -> Piece:
        return Piece(self.day, Few(self.rows))

    @cached_property
    def _family(self) -> tuple[Piece, Array]:
        family, place = Few.at_home(self.day.city, self.rows[: self.housed])
        return Piece(self.day, family), place


Which = Callable[[Array], Array]


def few(day: Day, name: str, which: Which) -> Array:
    """The rows, in order, where a fact is not as usual and has one of the values of `which`."""
    city = day.city
    if name in city.stated:
        return _rows(day.on(city.stated[name].line), which)
    match name:
        case "relative_died" if city.deaths is not None:
            return _rows(day.on(city.deaths), which)
        case "household.income_changed" if city.income_changes is not None:
            return _at_home(day, _rows(day.on(city.income_changes), which))
        case "household.children_in_childcare":
            return _at_home(day, _rows(_cared(day), which))
    told = city.stated_at_home[name.removeprefix(HOUSEHOLD)]
    return _at_home(day, _rows(day.on(told.line), which))


def _rows(latest: Latest, which: Which) -> Array:
    return latest.about[which(latest.value)]


def _at_home(day: Day, houses: Array) -> Array:
    """Everyone who lives in these households."""
    city = day.city
    begins = city.houses.take(houses)
    rows = stretched(begins, offsets(city.houses.take(houses + 1) - begins))
    there = _lives_there(city, rows, day.as_of)
    return rows if there.all() else rows[there]


def _lives_there(city: City, rows: Array, as_of: int) -> Array:
    there: Array = (city.since.take(rows) <= as_of) & (city.until.take(rows) > as_of)
    return there


def _cared(day: Day) -> Latest:
    """How many in childcare, of the households where somebody is."""
    city = day.city
    if (told := city.stated.get("in_childcare")) is None:
        return Latest(np.zeros(0, np.int32), np.zeros(0, np.int16), 0)
    latest = day.on(told.line)
    rows = latest.about[latest.value == 1]
    rows = rows[_lives_there(city, rows, day.as_of) & day.stays(rows)]
    house = city.house.take(rows)  # in order, as the rows are
    ends = np.flatnonzero(np.append(house[1:] != house[:-1], len(house) > 0)[: len(house)])
    return Latest(house[ends], np.diff(ends, prepend=-1).astype(np.int16), 0)
