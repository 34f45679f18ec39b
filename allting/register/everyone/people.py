"""Everyone on a day, as conditions ask them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from uuid import UUID

import numpy as np

from allting.conditions.api import (
    Array,
    Bound,
    FactType,
    Reader,
    Shape,
    Slice,
    Vocabulary,
    bind,
)
from allting.register.around import HOUSEHOLD
from allting.register.everyone.city import City, Told
from allting.register.everyone.few import Some, few
from allting.register.everyone.ids import to_uuids
from allting.register.everyone.needs import CHILD, Needs
from allting.register.everyone.piece import UNKNOWN, Day, Piece
from allting.register.everyone.raw import EPOCH
from allting.register.everyone.raw import UNKNOWN as UNKNOWN_DAY
from allting.register.everyone.timeline import Timeline
from allting.register.everyone.where import Stretch
from allting.register.rules import AUTUMN, of_age_until, school_year

ROWS = 2**16
"""Rows in a piece: what is made of them stays in a processor's own memory."""

_WORDS = Vocabulary.of(birth_date="date", household__size="number", household__adults="number")
_DERIVED = {
    "lives_alone": bind("household.size = 1", _WORDS),
    "household.children": bind(
        "household.size - household.adults", _WORDS, expects=FactType.NUMBER
    ),
}


class People:
    """The living who are registered, a row each among the rows of a city; a crowd for conditions.

    Answers come for every row: `ids` tells whose they are, of those rows that are somebody's on
    the day. `protected` marks whom nothing may be sent to by itself.
    """

    def __init__(
        self,
        city: City,
        needs: Needs,
        *,
        as_of: date,
        here: str | None,
        autumn: int = AUTUMN,
        only: Array | None = None,
    ) -> None:
        self.city, self.needs = city, needs
        on, grown = (day.toordinal() - EPOCH for day in (as_of, of_age_until(as_of)))
        self.day = Day(city, on, grown, here)
        self.only = only
        self._school_of_a_year = school_year(0, as_of, autumn)

    def __len__(self) -> int:
        return len(self.city)

    # -- whose the answers are

    @cached_property
    def present(self) -> Array:
        """The rows that are somebody's on the day, and of those who were asked for."""
        found = np.empty(len(self), dtype=bool)
        for stretch in self._stretches():
            found[stretch.start : stretch.end] = Piece(self.day, stretch).present()
        return found if self.only is None else found & self.only[self.city.person]

    @property
    def protected(self) -> Array:
        """Whose personal data are protected, in any way."""
        return self.city.protected

    def ids(self, which: Array | None = None) -> list[UUID]:
        """The people of the rows `which` (a mask), each once; of all who are present without it."""
        rows = self.present if which is None else which & self.present
        return to_uuids(self.city.ids[self.city.person[rows]])

    @property
    def ids_of_rows(self) -> list[UUID]:
        """Whose each row is, or was or will be on another day."""
        return to_uuids(self.city.ids[self.city.person])

    # -- a crowd for conditions

    def shapes(self, names: Collection[str]) -> Mapping[str, Shape]:
        """What the columns among `names` hold; of facts that nobody has, nothing.

        Raises LookupError for facts that were not asked for when the city was read.
        """
        if not Needs.of(names) <= self.needs:
            raise LookupError(f"everyone() was not asked for all of {', '.join(sorted(names))}")
        found = {name: self._shape(name.removeprefix(CHILD)) for name in names}
        return {name: shape for name, shape in found.items() if shape and shape.width}

    def derived(self, names: Collection[str]) -> Mapping[str, Bound]:
        """Facts that follow from others by an expression."""
        known = {**_DERIVED, "school_year": _school(self._school_of_a_year)}
        return {name: known[bare] for name in names if (bare := name.removeprefix(CHILD)) in known}

    def slices(self) -> Iterator[Slice]:
        """Everyone, in pieces of whole households."""
        for stretch in self._stretches():
            read = _reader(Piece(self.day, stretch).read)
            yield Slice(stretch.start, stretch.end, read)

    def some(self, places: Array) -> Reader:
        """The columns of some rows, in order."""
        return _reader(Some(self.day, places).read)

    def few(self, name: str, which: Callable[[Array], Array]) -> Array:
        """The rows, in order, where a fact is not as usual and has one of some values."""
        return few(self.day, name.removeprefix(CHILD), which)

    def _stretches(self) -> Iterator[Stretch]:
        for bounds in self._bounds:
            yield Stretch(self.city, *bounds)

    @cached_property
    def _bounds(self) -> list[tuple[int, int, int, int]]:
        houses, size = self.city.houses, len(self.city)
        wanted = np.arange(0, houses[-1], ROWS)
        alone = len(houses) - 1
        lows = [*np.unique(np.searchsorted(houses, wanted)).tolist(), alone]
        housed = [
            (int(houses[low]), int(houses[high]), low, high)
            for low, high in pairwise(lows)
            if low < high
        ]
        return housed + [
            (start, min(start + ROWS, size), alone, alone)
            for start in range(int(houses[-1]), size, ROWS)
        ]

    # -- what the columns hold

    def _shape(self, name: str) -> Shape | None:
        city = self.city
        if name in city.stated:
            return _told(city.stated[name])
        if name in city.texts:
            words = city.texts[name].words
            return Shape(FactType.TEXT, 1, len(words) - 1, 0, words)
        if name in _COUNTS:
            usual = (0, UNKNOWN) if name == f"{HOUSEHOLD}children_in_childcare" else ()
            most = city.largest_home + 1
            return Shape(FactType.NUMBER, 0, most, UNKNOWN, made=True, usual=usual)
        if name in _OWN:
            return _OWN[name](self)
        told = city.stated_at_home.get(name.removeprefix(HOUSEHOLD))
        return _told(told) if told and name.startswith(HOUSEHOLD) else None

    def _guardian_here(self) -> Shape | None:
        known = self.city.guardians is not None and self.day.here is not None
        return Shape(FactType.BOOLEAN, 0, 1, made=True) if known else None

    def _guarded(self) -> Shape | None:
        wards = self.city.wards
        return Shape(FactType.NUMBER, 0, wards.most, made=True) if wards else None


@cache
def _school(year: int) -> Bound:
    """The school year of everyone, when that is so many less the year of birth."""
    return bind(f"{year} - year(birth_date)", _WORDS, expects=FactType.NUMBER)


def _told(told: Told) -> Shape:
    unknown = told.unknown
    return Shape(told.type, *told.line.span, unknown, told.words, told.unit, usual=(unknown,))


def _days(line: Timeline | None) -> Shape | None:
    if line is None:
        return None
    return Shape(FactType.DATE, *line.span, line.unknown, usual=(line.unknown,))


_COUNTS = frozenset({f"{HOUSEHOLD}{name}" for name in
                     ("size", "adults", "children_in_childcare", "child_order")})  # fmt: skip
_OWN: dict[str, Callable[[People], Shape | None]] = {
    "birth_date": lambda people: Shape(FactType.DATE, *people.city.births),
    "protected": lambda people: Shape(FactType.BOOLEAN, 0, 1),
    "moved_in": lambda people: Shape(FactType.DATE, *people.city.moves, UNKNOWN_DAY),
    "has_guardian_here": People._guardian_here,
    "guarded_children": People._guarded,
    "relative_died": lambda people: _days(people.city.deaths),
    "household.income_changed": lambda people: _days(people.city.income_changes),
    "household.youngest_birth_date": lambda people: Shape(
        FactType.DATE, *people.city.births, int(np.iinfo(people.city.birth.dtype).min), made=True
    ),
}


def _reader(read: Reader) -> Reader:
    return lambda name: read(name.removeprefix(CHILD))
