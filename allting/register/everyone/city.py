"""A city laid out: who lives together stands side by side, the youngest first.

A *row* is a person in a household: who has moved has several, and exactly one of them is the
person's on a given day. Days stand in every table, so one layout answers for any day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from allting.conditions.api import UNIT, Array, FactType
from allting.register.everyone.ids import Index, distinct
from allting.register.everyone.raw import NEVER, NO_NUMBER, UNKNOWN, Coded, Frame, Raw, Stated
from allting.register.everyone.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Edges:
    """Guardianships of each row: from `starts` of the row until that of the next.

    `other` is a row of the one at the other end. `repeated` is true where it is the same as
    before, which is seldom: then there is none.
    """

    starts: Array
    other: Array
    since: Array
    until: Array
    repeated: Array | None = None

    @property
    def most(self) -> int:
        """So many at most has anyone."""
        return int(np.diff(self.starts).max(initial=0))


@dataclass(frozen=True, slots=True)
class Told:
    """What was stated under a name, about rows or households."""

    type: FactType
    line: Timeline
    unit: int = UNIT
    words: tuple[str, ...] = ()

    @property
    def unknown(self) -> int:
        """The number for those about whom nothing was stated."""
        return self.line.unknown


@dataclass(frozen=True)
class City:
    """The columns of everyone. Those of tables that nobody asked for are missing."""

    ids: Array  # of people
    person: Array  # of each row, its place among the ids
    birth: Array
    died: Array
    left: Array
    protected: Array
    first: Array  # from which day the row is the person's
    last: Array  # until which day
    house: Array  # the number of the household; of those without one, how many there are
    since: Array  # when they lived there
    until: Array
    houses: Array  # the first row of each household, and after them that of those without
    moved_in: Array | None = None
    texts: Mapping[str, Coded] = field(default_factory=dict)
    guardians: Edges | None = None  # of each child
    wards: Edges | None = None  # of each guardian, one child's together
    deaths: Timeline | None = None
    stated: Mapping[str, Told] = field(default_factory=dict)
    stated_at_home: Mapping[str, Told] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.person)

    @cached_property
    def largest_home(self) -> int:
        """The most rows of one household."""
        return int(np.diff(self.houses).max(initial=0))

    @cached_property
    def births(self) -> tuple[int, int]:
        """The first and the last day of birth."""
        return _span(self.birth)

    @cached_property
    def moves(self) -> tuple[int, int]:
        """The first and the last day on which somebody moved in."""
        return _span(self.moved_in[self.moved_in != UNKNOWN] if self.moved_in is not None else None)

    @cached_property
    def income_changes(self) -> Timeline | None:
        """When households' incomes became others."""
        told = self.stated_at_home.get("income_month")
        return told.line.changes() if told else None


def _span(days: Array | None) -> tuple[int, int]:
    return (int(days.min()), int(days.max())) if days is not None and len(days) else (0, -1)


def lay_out(raw: Raw) -> City:
    """Sort people into their households, and everything about them to where they stand."""
    index = Index(raw.people["id"])
    slots, homes = _slots(raw, index)
    order = np.lexsort((-raw.people["birth"][slots["person"]].astype(np.int64), slots["house"]))
    slots = {name: column[order] for name, column in slots.items()}
    person = slots["person"]
    rows = _Rows(person, len(raw.people["id"]))
    of_people = {name: column[person] for name, column in raw.people.items() if name != "id"}
    first, last = _own_days(slots, rows)
    guardians, wards = _guardianships(raw, index, rows)
    return City(
        ids=raw.people["id"],
        person=person,
        birth=of_people["birth"],
        died=of_people["died"],
        left=of_people["left"],
        protected=of_people["protected"],
        first=first,
        last=last,
        house=slots["house"],
        since=slots["since"],
        until=slots["until"],
        houses=np.searchsorted(slots["house"], np.arange(len(homes.ids) + 1)),
        moved_in=of_people.get("moved_in"),
        texts={name: Coded(c.codes[person], c.words).narrow() for name, c in raw.texts.items()},
        guardians=guardians,
        wards=wards,
        deaths=_deaths(raw, index, rows),
        stated={name: _told(s, index, rows) for name, s in raw.stated.items()},
        stated_at_home={name: _told(s, homes, None) for name, s in raw.stated_at_home.items()},
    )


class _Rows:
    """The rows of each person."""

    def __init__(self, person: Array, people: int) -> None:
        self.order = np.argsort(person, kind="stable")
        self.starts = np.searchsorted(person[self.order], np.arange(people + 1))

    def first(self, people: Array) -> Array:
        """One row of each."""
        found: Array = self.order[self.starts[people]]
        return found

    def every(self, people: Array) -> tuple[Array, Array]:
        """All rows of each: the places in `people`, and the rows."""
        count = self.starts[people + 1] - self.starts[people]
        if (count == 1).all():
            return np.arange(len(people)), self.first(people)
        which = np.repeat(np.arange(len(people)), count)
        within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        return which, self.order[self.starts[people[which]] + within]


def _slots(raw: Raw, index: Index) -> tuple[Frame, Index]:
    """Everyone's stays in households, and the households; who has none stands last."""
    empty = np.zeros(0, dtype=np.int32)
    frame = raw.homes or {"person": raw.people["id"][:0], "home": raw.people["id"][:0],
                          "since": empty, "until": empty}  # fmt: skip
    homes = Index(distinct(frame["home"]))
    person = index.find(frame["person"])
    known = person >= 0
    person, house = person[known], homes.find(frame["home"])[known]
    housed = np.zeros(len(index.ids), dtype=bool)
    housed[person] = True
    others = np.flatnonzero(~housed)
    alone = np.ones(len(others), dtype=np.int32)
    return {
        "person": np.concatenate([person, others]).astype(np.int32),
        "house": np.concatenate([house, alone * len(homes.ids)]).astype(np.int32),
        "since": np.concatenate([frame["since"][known], alone * NEVER]).astype(np.int32),
        "until": np.concatenate([frame["until"][known], alone * UNKNOWN]).astype(np.int32),
    }, homes


def _own_days(slots: Frame, rows: _Rows) -> tuple[Array, Array]:
    """From which day until which each row is its person's: the latest stay that has begun."""
    size = len(slots["person"])
    first, last = np.full(size, UNKNOWN, np.int32), np.full(size, NEVER, np.int32)
    order = np.lexsort((slots["since"], slots["person"]))
    person, since = slots["person"][order], slots["since"][order]
    again = np.flatnonzero(person[1:] == person[:-1])
    first[order[again + 1]] = since[again + 1]
    last[order[again]] = since[again + 1]
    return first, last


def _guardianships(raw: Raw, index: Index, rows: _Rows) -> tuple[Edges | None, Edges | None]:
    """Of each child its guardians, and of each guardian the children."""
    if raw.guardians is None:
        return None, None
    frame = raw.guardians
    child, guardian = index.find(frame["child"]), index.find(frame["guardian"])
    both = (child >= 0) & (guardian >= 0)
    days = frame["since"][both], frame["until"][both]
    return (
        _edges(child[both], guardian[both], days, rows),
        _edges(guardian[both], child[both], days, rows),
    )


def _edges(own: Array, other: Array, days: tuple[Array, Array], rows: _Rows) -> Edges:
    which, row = rows.every(own)
    end = rows.first(other)[which]
    order = np.lexsort((end, row))
    since, until = (day[which][order] for day in days)
    row, end = row[order], end[order]
    repeated = np.zeros(len(row), dtype=bool)
    repeated[1:] = (row[1:] == row[:-1]) & (end[1:] == end[:-1])
    starts = np.searchsorted(row, np.arange(len(rows.order) + 1)).astype(np.int32)
    some = repeated if repeated.any() else None
    return Edges(starts, end.astype(np.int32), since, until, some)


def _deaths(raw: Raw, index: Index, rows: _Rows) -> Timeline | None:
    """Of everyone the deaths of spouses, children and parents."""
    if raw.relations is None or raw.guardians is None:
        return None
    died = raw.people["died"]
    family, spouses = raw.guardians, raw.relations["spouse"]
    child, guardian = index.find(family["child"]), index.find(family["guardian"])
    one, other = index.find(raw.relations["person"]), index.find(raw.relations["other"])
    since, until = raw.relations["since"], raw.relations["until"]
    about, relative = [child, guardian], [guardian, child]
    for own, dead in ((one, other), (other, one)):
        day = died[dead]  # of one who is not there any day will do: dropped below
        counts = ~spouses | ((since <= day) & (until >= day))
        about.append(own[counts])
        relative.append(dead[counts])
    whose, who = np.concatenate(about), np.concatenate(relative)
    told = (whose >= 0) & (who >= 0) & (died[who] < NEVER)
    which, row = rows.every(whose[told])
    days = died[who[told]][which]
    return Timeline.of(row, days, days)


def _told(stated: Stated, index: Index, rows: _Rows | None) -> Told:
    about = index.find(stated.rows["about"])
    there = about >= 0
    frame = {name: column[there] for name, column in stated.rows.items()}
    which, row = rows.every(about[there]) if rows else (np.arange(there.sum()), about[there])
    value, unit = frame["value"][which], 1
    if stated.type is FactType.NUMBER and not ((value % UNIT != 0) & (value != NO_NUMBER)).any():
        value, unit = np.where(value == NO_NUMBER, value, value // UNIT), UNIT
    line = Timeline.of(row, frame["at"][which], value, frame["number"][which])
    return Told(stated.type, line, unit, stated.words)
