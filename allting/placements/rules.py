"""Who is given which place: deferred acceptance, the children asking. No database, no clock.

Each child asks for the units on its list in turn; a unit keeps those who come first by its
priorities, as many as it has places, and whoever has to leave asks for the next on their list
(Gale and Shapley 1962). So nobody is passed by, at a unit they wanted more, by someone who comes
after them; no wished place stands empty; and nobody gains by wishing for anything but what they
want (Roth 1982): a family never has to guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Generic, Literal, TypeVar

from allting.placements import one_by_one
from allting.placements.asks import Asks, Key, asks_of

C = TypeVar("C")  # a child's id
U = TypeVar("U")  # a unit's id

LOT = -1
MANY = 5_000  # wishes from which columns are worth their start
Why = Literal["given", "full", "none"]


@dataclass(frozen=True, slots=True)
class Step(Generic[U]):
    """What became of one wish: this place is given, it was full, or there was none to give.

    `places` is how many there were. For a full unit `by` says what set the last one who was given a
    place there before this child: which part of the key, or LOT.
    """

    unit: U
    why: Why
    places: int
    by: int | None = None


@dataclass(frozen=True)
class Allocation(Generic[C, U]):
    """Who was given which unit, and all that decided it. Who is not in `given` has no place."""

    given: Mapping[C, U]
    wishes: Mapping[C, Sequence[U]]
    priorities: Mapping[C, Mapping[U, Key]]
    capacity: Mapping[U, int]
    lots: Mapping[C, int]

    @cached_property
    def last(self) -> Mapping[U, C]:
        """Of each unit that gave a place, the one who came last of those who were given one."""
        found: dict[U, C] = {}
        for child, unit in self.given.items():
            other = found.get(unit)
            if other is None or self.standing(child, unit) > self.standing(other, unit):
                found[unit] = child
        return found

    @cached_property
    def digest(self) -> str:
        """A print of the result: the same for the same result, and for no other."""
        lines = sorted(f"{child} {unit}\n" for child, unit in self.given.items())
        return sha256("".join(lines).encode()).hexdigest()

    def standing(self, child: C, unit: U) -> tuple[int, ...]:
        """Where the child stands at a unit; the lowest comes first."""
        return (*self.priorities[child][unit], self.lots[child])


def lot_value(child: object, seed: str) -> str:
    """What a child's lot is sorted by: SHA-256 of the seed, a colon and the child's id.

    >>> lot_value("anna", "2027")[:8]
    '039f4670'
    """
    return sha256(f"{seed}:{child}".encode()).hexdigest()


def draw(children: Iterable[C], seed: str, drawn_for: Mapping[C, C] | None = None) -> dict[C, int]:
    """Each child's lot, from 1: the same at all units, and with the seed it can be drawn again.

    Children who live together share a lot, drawn for the one that `drawn_for` names: theirs come
    one after the other, so that nobody else comes between them.

    >>> draw(["anna", "bo", "cleo"], seed="2028")
    {'bo': 1, 'anna': 2, 'cleo': 3}
    >>> draw(["anna", "bo", "cleo"], seed="2028", drawn_for={"bo": "cleo"})
    {'anna': 1, 'bo': 2, 'cleo': 3}
    """
    together = drawn_for or {}
    drawn = sorted(
        (lot_value(together.get(child, child), seed), lot_value(child, seed), str(child), child)
        for child in children
    )
    return {child: n for n, (*_, child) in enumerate(drawn, 1)}


def allocate(
    wishes: Mapping[C, Sequence[U]],
    priorities: Mapping[C, Mapping[U, Key]],
    capacity: Mapping[U, int],
    seed: str,
    drawn_for: Mapping[C, C] | None = None,
) -> Allocation[C, U]:
    """Give each child the best of its wishes that it can have without anyone being wronged.

    `wishes` are in order, the most wanted first. `priorities[child][unit]` are whole numbers, the
    lowest comes first, as many for every child; who is alike in all of them is parted by the lot
    (`drawn_for`: see `draw`). A unit that `capacity` does not name has no places. The order of what
    is given does not matter.

    >>> found = allocate(
    ...     wishes={"anna": ["oak", "elm"], "bo": ["oak"]},
    ...     priorities={"anna": {"oak": (1,), "elm": (1,)}, "bo": {"oak": (0,)}},
    ...     capacity={"oak": 1, "elm": 1},
    ...     seed="2027",
    ... )
    >>> dict(found.given)
    {'anna': 'elm', 'bo': 'oak'}
    >>> [(step.unit, step.why, step.by) for step in explain(found, "anna")]
    [('oak', 'full', 0), ('elm', 'given', None)]
    """
    lots = draw(wishes, seed, drawn_for)
    asks = asks_of(wishes, capacity, sorted(lots, key=lots.__getitem__))
    keys = [
        (*priorities[child][asks.units[unit]], lots[child])
        for n, child in enumerate(asks.children)
        for unit in asks.unit[asks.begins[n] : asks.begins[n + 1]]
    ]
    rows = _placed(asks, keys)
    given = {
        child: asks.units[asks.unit[row]]
        for child, row in zip(asks.children, rows, strict=True)
        if row >= 0
    }
    return Allocation(given, wishes, priorities, capacity, lots)


def _placed(asks: Asks[C, U], keys: list[tuple[int, ...]]) -> Sequence[int]:
    if asks.rows() < MANY:
        order = one_by_one.rank(asks.unit, keys)
        return one_by_one.place(asks.begins, asks.unit, order, asks.capacity)
    import numpy as np  # a small municipality never needs it

    from allting.placements import in_columns

    unit, numbers = np.array(asks.unit, np.int64), np.array(keys, np.int64)
    found: list[int] = in_columns.place(
        np.array(asks.begins, np.int64),
        unit,
        in_columns.rank(unit, numbers),
        np.array(asks.capacity, np.int64),
    ).tolist()
    return found


def explain(allocation: Allocation[C, U], child: C) -> tuple[Step[U], ...]:
    """What stood before each wish that was wanted more than the place given, and that place.

    Nothing in it tells who the others are.
    """
    steps: list[Step[U]] = []
    mine = allocation.given.get(child)
    for unit in dict.fromkeys(allocation.wishes[child]):
        places = allocation.capacity.get(unit, 0)
        if unit == mine:
            return (*steps, Step(unit, "given", places))
        if not places:
            steps.append(Step(unit, "none", 0))
        else:
            steps.append(Step(unit, "full", places, _what_parted(allocation, child, unit)))
    return tuple(steps)


def _what_parted(allocation: Allocation[C, U], child: C, unit: U) -> int:
    """The first part of the key in which the last one given a place came before the child."""
    last = allocation.priorities[allocation.last[unit]][unit]
    own = allocation.priorities[child][unit]
    return next((n for n, (a, b) in enumerate(zip(last, own, strict=True)) if a < b), LOT)
