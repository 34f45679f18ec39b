"""Everyone who waits for a place, each with a list of units and where it stands at each of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from uuid import UUID

from allting.catalogue.api import parameters_of, units
from allting.packages.api import Edition
from allting.placements.asks import Key
from allting.placements.keys import lines_of
from allting.placements.lists import listed
from allting.placements.models import Place
from allting.placements.parts import PLACES, Places
from allting.placements.ports import Applicant, Asked, Ports
from allting.placements.seats import Held, givable, seats_of
from allting.placements.vocabulary import OWN, words_of
from allting.register.api import at_home_with, sheltered, siblings

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A child with its list, the most wanted first: the first `wished` of it were wished for."""

    applicant: Applicant
    units: tuple[str, ...]
    wished: int
    keys: tuple[Key, ...] = ()
    drawn_for: UUID | None = None  # who shares its lot, where children who live together wait


@dataclass(frozen=True, slots=True)
class Gathered:
    """Who is to be placed, and who only by a person."""

    waiting: tuple[Waiting, ...]
    by_hand: tuple[Applicant, ...]


def gather(edition: Edition, service: str, start: date, as_of: date) -> Gathered:
    """All who wait for a place of this service from `start`, as the rules of the edition see them.

    Who has an offer that is not answered yet is left out. Who has a place already is placed only
    where it is wished for more than that place.
    """
    asked = Asked(service, edition.id, start, as_of, _names(edition, service))
    everyone = _once(Ports.applicants(asked))
    hidden = sheltered([it.subject for it in everyone], as_of=as_of)
    places: Places = edition.definition.one(PLACES, service)
    held = seats_of(places.kind, [it.subject for it in everyone], start)
    offered = {seat.subject for seat in held if not seat.taken}
    left = [it for it in everyone if it.subject not in offered]
    seen = [it for it in left if it.subject not in hidden]
    town = Town(edition, service, start, as_of)
    return Gathered(
        tuple(town.waiting(seen, {seat.subject: seat.unit for seat in held if seat.taken})),
        tuple(it for it in left if it.subject in hidden),
    )


def _names(edition: Edition, service: str) -> frozenset[str]:
    """The facts that the priorities need from whoever says who waits."""
    used = (name for line in lines_of(edition, service) for name in line.bound.names)
    return frozenset(it for it in used if it not in OWN and not it.startswith("parameters."))


def _once(applicants: Iterable[Applicant]) -> list[Applicant]:
    """Each child once, by its earliest wish."""
    ordered = sorted(applicants, key=lambda it: (it.since or date.max, it.source, it.subject))
    found: dict[UUID, Applicant] = {}
    for it in ordered:
        found.setdefault(it.subject, it)
    return list(found.values())


class Town:
    """The units of a service, and what the lists and the standings are made from."""

    def __init__(self, edition: Edition, service: str, start: date, as_of: date) -> None:
        self.edition, self.service, self.start, self.as_of = edition, service, start, as_of
        self.places: Places = edition.definition.one(PLACES, service)
        self.points: dict[str, Point] = {
            id: (unit.position.lat, unit.position.lon)
            for id, unit in units(edition, self.places.kind).items()
            if unit.position is not None
        }
        self.ours = [id for id in givable(edition, self.places.kind) if id in self.points]
        self.refused = _refused(self.places.kind, start)

    def waiting(self, applicants: Sequence[Applicant], has: Mapping[UUID, str]) -> list[Waiting]:
        """These children with their lists; those whose list is empty are left out."""
        homes = Ports.homes([it.subject for it in applicants])
        near = self._near(applicants, homes)
        lists = [
            self._list(it, own, has.get(it.subject))
            for it, own in zip(applicants, near, strict=True)
        ]
        kept = [it for it in lists if it.units]
        return self._with_keys(kept, homes)

    def _near(
        self, applicants: Sequence[Applicant], homes: Mapping[UUID, Point]
    ) -> list[Sequence[str]]:
        """The units nearest home of each, as many as its list may need."""
        from allting.placements.nearness import nearest

        wanted = (self.places.unasked or 0) + (self.places.beyond or 0)
        if not wanted:
            return [() for _ in applicants]
        wanted += max((len(it.wishes) for it in applicants), default=0)
        wanted += max((len(no) for no in self.refused.values()), default=0)
        at_home = [it.subject for it in applicants if it.subject in homes]
        points = [self.points[id] for id in self.ours]
        found = nearest([homes[subject] for subject in at_home], points, wanted)
        near = {who: [self.ours[n] for n in own] for who, own in zip(at_home, found, strict=True)}
        return [near.get(it.subject, ()) for it in applicants]

    def _list(self, it: Applicant, near: Sequence[str], has: str | None) -> Waiting:
        no = self.refused.get(it.subject, frozenset())
        own = [unit for unit in dict.fromkeys(it.wishes) if unit not in no]
        if has is not None:
            own = list(takewhile(lambda unit: unit != has, own))
            return Waiting(it, tuple(own), len(own))
        others = [unit for unit in near if unit not in no]
        return Waiting(it, listed(own, others, self.places), len(own))

    def _with_keys(self, lists: Sequence[Waiting], homes: Mapping[UUID, Point]) -> list[Waiting]:
        from allting.placements.ordering import Rows, keys_of

        pairs = [(n, unit) for n, it in enumerate(lists) for unit in it.units]
        with_sibling = self._siblings_at([it.applicant.subject for it in lists])
        who = [it.applicant.subject for it in lists]
        rows = Rows(
            child=[n for n, _ in pairs],
            unit=[unit for _, unit in pairs],
            metres=self._metres([(homes.get(who[n]), self.points.get(u)) for n, u in pairs]),
            sibling=[unit in with_sibling.get(who[n], ()) for n, unit in pairs],
            values=[it.applicant.values for it in lists],
            since=[it.applicant.since for it in lists],
        )
        types = {
            name: fact.type
            for name, fact in words_of(self.edition.definition, self.service).facts.items()
        }
        lines, constants = lines_of(self.edition, self.service), parameters_of(self.edition)
        keys = iter(keys_of(lines, types, rows, constants, self.as_of))
        lots = _shared_lots(who, self.as_of)
        return [
            replace(
                it,
                keys=tuple(next(keys) for _ in it.units),
                drawn_for=lots.get(it.applicant.subject),
            )
            for it in lists
        ]

    def _siblings_at(self, who: Sequence[UUID]) -> dict[UUID, set[str]]:
        """The units at which each child has a sibling on the first day.

        Not one who is protected: that a child came first would tell where they are.
        """
        related = siblings(who, as_of=self.as_of)
        others = {other for found in related.values() for other in found}
        seats: dict[UUID, list[Held]] = defaultdict(list)
        for seat in seats_of(self.places.kind, others, self.start):
            if seat.taken and seat.since <= self.start:
                seats[seat.subject].append(seat)
        hidden = sheltered(list(seats), as_of=self.as_of)
        return {
            child: {s.unit for other in found if other not in hidden for s in seats.get(other, ())}
            for child, found in related.items()
        }

    def _metres(self, pairs: Sequence[tuple[Point | None, Point | None]]) -> list[int | None]:
        """From home to unit; None where either is not known."""
        from allting.placements.nearness import metres

        known = [n for n, (home, unit) in enumerate(pairs) if home and unit]
        found: list[int | None] = [None] * len(pairs)
        if known:
            away = metres([pairs[n][0] for n in known], [pairs[n][1] for n in known])
            for n, distance in zip(known, away.tolist(), strict=True):
                found[n] = distance
        return found


def _shared_lots(who: Sequence[UUID], as_of: date) -> dict[UUID, UUID]:
    """For whom the lot is drawn of those who wait together with others at home: the lowest id."""
    together = at_home_with(who, as_of=as_of)
    return {child: min(child, *others) for child, others in together.items()}


def _refused(kind: str, start: date) -> dict[UUID, frozenset[str]]:
    """The units that families have said no to for this first day: they are not offered again."""
    found: dict[UUID, set[str]] = defaultdict(set)
    said_no = Place.objects.filter(kind=kind, start=start, state=Place.State.DECLINED)
    for subject, unit in said_no.values_list("subject", "unit"):
        found[subject].add(unit)
    return {subject: frozenset(no) for subject, no in found.items()}
