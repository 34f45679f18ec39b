"""Plain reckoning of who comes first at a preschool, beside what the house worked out in columns.

Nothing here uses the placing: a row of people is read, distances are by the haversine formula, and
a lot is a digest. What the rules say of the result is then looked at child by child.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID

from allting.placements.models import Place, Seat
from allting.register.generator.population import Population

Point = tuple[float, float]
EARTH = 6_371_008.8
FAR = 10**12


def metres(one: Point, other: Point) -> int:
    """As the crow flies."""
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, it)) for it in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return round(2 * EARTH * math.asin(math.sqrt(half)))


@dataclass
class Known:
    """What a test knows of a town by itself: who lives where with whom, and who had a seat."""

    units: Mapping[str, Point | None]  # of all, also those whose places others give
    capacity: Mapping[str, int]  # of those whose places the municipality gives
    made: Population
    start: date
    seed: str
    homes: dict[UUID, Point] = field(default_factory=dict)
    hidden: set[UUID] = field(default_factory=set)
    had: dict[UUID, str] = field(default_factory=dict)
    waiting: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        protected = {p[0] for p in self.made.people if p[11] != "none"}
        of_home: dict[object, set[object]] = defaultdict(set)
        for person, home, _, until in self.made.memberships:
            if until is None:
                of_home[home].add(person)
        self.related: dict[UUID, set[UUID]] = defaultdict(set)
        self.live_with: dict[UUID, set[UUID]] = defaultdict(set)
        for group in of_home.values():
            for one in group:
                self.live_with[one] = group  # type: ignore[index,assignment]
            if group & protected:
                self.hidden |= group  # type: ignore[arg-type]
        charges: dict[object, set[object]] = defaultdict(set)
        for child, guardian, _, _ in self.made.guardianships:
            charges[guardian].add(child)
            if guardian in protected:
                self.hidden.add(child)  # type: ignore[arg-type]
        for group in (*of_home.values(), *charges.values()):
            for one in group:
                self.related[one] |= group - {one}  # type: ignore[index,arg-type]
        self.homes = {p[0]: (p[18], p[19]) for p in self.made.people if p[18] is not None}  # type: ignore[misc]
        seats = Seat.objects.filter(taken=True, since__lte=self.start, until=None)
        self.had = dict(seats.values_list("subject", "unit"))

    def free(self) -> dict[str, int]:
        """The places there are to give."""
        held = Counter(self.had.values())
        return {unit: max(0, n - held[unit]) for unit, n in self.capacity.items()}

    def apart(self, child: UUID, unit: str) -> int:
        """How far it is from home, or as far as can be."""
        home, there = self.homes.get(child), self.units[unit]
        return metres(home, there) if home and there else FAR

    def standing(self, place: Place, unit: str) -> tuple[bool, int, date, str, str]:
        """Where a child stands at a preschool: who has the lowest comes first."""
        sibling = any(
            self.had.get(other) == unit and other not in self.hidden
            for other in self.related[place.subject]
        )
        apart, since = self.apart(place.subject, unit), place.since or date.max
        return (
            not sibling,
            apart,
            since,
            self.lot(self.first_at_home(place)),
            self.lot(place.subject),
        )

    def lot(self, child: UUID) -> str:
        """What its lot is sorted by."""
        return sha256(f"{self.seed}:{child}".encode()).hexdigest()

    def first_at_home(self, place: Place) -> UUID:
        """For whom its lot is drawn: of the children who wait together at home the lowest id."""
        with_it = self.live_with[place.subject] & self.waiting
        return min({place.subject, *with_it})


def wrong_in(known: Known, places: Sequence[Place]) -> list[str]:
    """What a settled round must not come to: too many, an empty seat or a place that is envied."""
    free, given = known.free(), defaultdict(list)
    known.waiting = {place.subject for place in places}
    for place in places:
        if place.unit:
            given[place.unit].append(place)
    found = [f"{unit}: {len(of)} given, {free[unit]} free" for unit, of in given.items()
             if len(of) > free.get(unit, 0)]  # fmt: skip
    last = {unit: max(known.standing(it, unit) for it in of) for unit, of in given.items()}
    for place in places:
        for unit, _ in place.listed:
            if unit == place.unit:
                break
            if len(given[unit]) < free.get(unit, 0):
                found.append(f"{place.subject} wanted {unit}, which has seats left")
            elif given[unit] and last[unit] > known.standing(place, unit):
                found.append(f"{place.subject} comes before one who was given {unit}")
    return found


def nearest(known: Known, child: UUID, many: int) -> list[str]:
    """The units nearest home whose places the municipality gives."""
    if child not in known.homes:
        return []
    ours = [unit for unit in known.capacity if known.units[unit]]
    return sorted(ours, key=lambda unit: known.apart(child, unit))[:many]
