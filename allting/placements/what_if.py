"""What would come of a round if it had other places: worked out, compared, and changing nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allting.identity.api import Actor
from allting.kernel.api import today
from allting.placements import access
from allting.placements.guards import must, places_of
from allting.placements.models import Place, Round, RoundUnit, Seat
from allting.placements.rounds import shared_lots, wishes_and_standings
from allting.placements.rules import Allocation, allocate
from allting.register.api import sheltered


@dataclass(frozen=True, slots=True)
class Changes:
    """Other places: units that close, and how many more (or fewer) there are at others."""

    closed: frozenset[str] = frozenset()
    more: Mapping[str, int] = field(default_factory=dict)

    def of(self, places: Mapping[str, int]) -> dict[str, int]:
        """The places that there would be."""
        changed = {unit: max(0, n + self.more.get(unit, 0)) for unit, n in places.items()}
        return {unit: 0 if unit in self.closed else n for unit, n in changed.items()}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a round comes to, in numbers of children."""

    placed: int
    first_wish: int
    some_wish: int
    without: int


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit as it is and as it would be."""

    unit: str
    places: tuple[int, int]
    placed: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The round as it is and as it would be, and for how many children it would be what.

    `displaced`: children who have a place at a closed unit already, and would need another.
    """

    now: Figures
    then: Figures
    better: int
    worse: int
    same: int
    displaced: int
    units: tuple[UnitFigures, ...]


@dataclass(frozen=True, slots=True)
class _Child:
    units: tuple[str, ...]
    wished: int

    def rank(self, unit: str | None) -> int:
        return self.units.index(unit) if unit else len(self.units)


def what_if(round_id: UUID, changes: Changes, *, by: Actor | None) -> Comparison:
    """Work the round out with these changes. Raises PermissionDenied for whoever may not open it,
    ValueError for a unit that is not in the round."""
    round = Round.objects.get(pk=round_id)
    must(by, access.may_open, round.board, places_of(round))
    places = dict(RoundUnit.objects.filter(round=round).values_list("unit", "places"))
    for unit in (*changes.closed, *changes.more):
        if unit not in places:
            raise ValueError(f"{unit} is not in the round; expected one of {', '.join(places)}")
    lists, children = _children(round)
    said, lots = wishes_and_standings(lists), shared_lots(round)
    is_now = allocate(*said, places, round.seed, lots)
    after = changes.of(places)
    would_be = is_now if after == places else allocate(*said, after, round.seed, lots)
    return _compared(children, is_now, would_be, places, changes, _displaced(round, changes))


def _children(round: Round) -> tuple[dict[UUID, list[Any]], dict[UUID, _Child]]:
    """Who is in the round, as it was written down; not who has been protected since."""
    hidden = sheltered(as_of=today())
    lists: dict[UUID, list[Any]] = {}
    children: dict[UUID, _Child] = {}
    found = Place.objects.filter(round=round).values_list("subject", "listed", "wished")
    for who, listed, wished in found:
        if who not in hidden:
            lists[who] = listed
            children[who] = _Child(tuple(unit for unit, _ in listed), wished)
    return lists, children


def _displaced(round: Round, changes: Changes) -> int:
    seats = Seat.objects.filter(kind=round.kind, unit__in=changes.closed, taken=True)
    hidden = sheltered(as_of=today())
    there = seats.exclude(until__lte=round.start).values_list("subject", flat=True)
    return len(set(there) - hidden)


def _compared(
    children: Mapping[UUID, _Child],
    is_now: Allocation[UUID, str],
    would_be: Allocation[UUID, str],
    places: Mapping[str, int],
    changes: Changes,
    displaced: int,
) -> Comparison:
    ranks = [
        (it.rank(is_now.given.get(who)), it.rank(would_be.given.get(who)))
        for who, it in children.items()
    ]
    after = changes.of(places)
    placed = [_by_unit(found) for found in (is_now, would_be)]
    return Comparison(
        now=_figures(children, is_now),
        then=_figures(children, would_be),
        better=sum(then < now for now, then in ranks),
        worse=sum(then > now for now, then in ranks),
        same=sum(then == now for now, then in ranks),
        displaced=displaced,
        units=tuple(
            UnitFigures(
                unit,
                (places[unit], after[unit]),
                (placed[0].get(unit, 0), placed[1].get(unit, 0)),
            )
            for unit in places
        ),
    )


def _by_unit(found: Allocation[UUID, str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for unit in found.given.values():
        counted[unit] = counted.get(unit, 0) + 1
    return counted


def _figures(children: Mapping[UUID, _Child], found: Allocation[UUID, str]) -> Figures:
    ranks = [(it.rank(found.given.get(who)), it) for who, it in children.items()]
    placed = [(rank, it) for rank, it in ranks if rank < len(it.units)]
    return Figures(
        placed=len(placed),
        first_wish=sum(rank == 0 and it.wished > 0 for rank, it in placed),
        some_wish=sum(rank < it.wished for rank, it in placed),
        without=len(ranks) - len(placed),
    )
