"""What a run would do, before it is run: who, how many where, and what it costs in places."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from allting.offers.finding import Found, Hit, find
from allting.offers.models import Offer
from allting.offers.plan import Planned, planned_in
from allting.offers.quiet import FEWEST, Count, quiet, quiet_row
from allting.offers.whom import whom
from allting.packages.api import Definition
from allting.placements.api import PLACES, free_places

SLICE = 500


@dataclass(frozen=True)
class Forecast:
    """What a run would come to for one situation. Of counts only quiet ones are shown."""

    found: Found
    new: tuple[Hit, ...]  # not offered before
    nobody: int = 0  # of the new: no one to turn to
    turned_off: int = 0

    @property
    def planned(self) -> Planned:
        """The situation."""
        return self.found.planned

    @property
    def made(self) -> int:
        """How many offers would be made."""
        return len(self.new) - self.nobody - self.turned_off

    @cached_property
    def counts(self) -> Mapping[str, Count]:
        """What may be told of how many there are."""
        told, found = quiet_row(
            {
                "already": len(self.found.hits) - len(self.new),
                "turned-off": self.turned_off,
                "nobody": self.nobody,
                "made": self.made,
            },
            each=False,
        )
        return {"found": found, **told}

    @cached_property
    def districts(self) -> tuple[dict[str, Count], Count]:
        """How many are found in each postcode area, and in all. Of few nothing is told: that
        somebody there has lost a relative is too much."""
        counted = Counter(hit.district for hit in self.found.hits if hit.district)
        told, total = quiet_row(dict(sorted(counted.items())))
        return (told if total is not None else {}), total

    @property
    def by_hand(self) -> tuple[Hit, ...]:
        """Never shown: whom the named handler would be told of."""
        return self.found.by_hand


@dataclass(frozen=True)
class Preview:
    """A definition's situations on a day."""

    definition: Definition
    as_of: date
    forecasts: Mapping[str, Forecast] = field(default_factory=dict)


def preview(definition: Definition, *, as_of: date, keys: Collection[str] | None = None) -> Preview:
    """What a run on that day would come to; nothing is changed, nobody is read about by name."""
    wanted = [one for one in planned_in(definition) if keys is None or one.key in keys]
    found = find(wanted, as_of=as_of, districts=True)
    return Preview(definition, as_of, {key: _forecast(one, as_of) for key, one in found.items()})


def _forecast(found: Found, as_of: date) -> Forecast:
    known = made_before(found.planned)
    new = tuple(hit for hit in found.hits if (hit.person, hit.occasion) not in known)
    nobody = off = 0
    for some in _slices(new):
        reached = whom(found.planned, [hit.person for hit in some], as_of=as_of)
        for hit in some:
            one = reached.get(hit.person)
            if one is None or not (one.addressees or one.turned_off):
                nobody += 1
            elif one.turned_off:
                off += 1
    return Forecast(found, new, nobody, off)


def made_before(planned: Planned) -> frozenset[tuple[UUID, str]]:
    """To whom the situation has been offered already, and for which occasions."""
    made = Offer.objects.filter(service=planned.service, situation=planned.situation.id)
    return frozenset(made.values_list("person", "occasion"))


def _slices(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    every = list(hits)
    return (every[at : at + SLICE] for at in range(0, len(every), SLICE))


@dataclass(frozen=True, slots=True)
class Places:
    """What a placed situation costs in places."""

    wanted: Count
    free: int


def places_of(forecast: Forecast, definition: Definition) -> Places | None:
    """How many places it would take, and how many are free from the first day that is wanted."""
    planned = forecast.planned
    if planned.situation.place is None:
        return None
    starts = [hit.start for hit in forecast.new if hit.start]
    if not starts:
        return Places(quiet(0), 0)
    kind = definition.one(PLACES, planned.service).kind
    return Places(forecast.counts["made"], free_places(definition, kind, min(starts)))


# ---- two versions


@dataclass(frozen=True, slots=True)
class Difference:
    """One situation in two versions: who is found by the one alone, the other alone, and both.

    Where any of these is few, only how many the first finds is told: from two of the others the
    few would follow.
    """

    key: str
    first: Count
    second: Count
    both: Count
    only_first: Count
    only_second: Count


def compare(first: Definition, second: Definition, *, as_of: date) -> list[Difference]:
    """Every situation of either version, found on the same day."""
    one, other = (find(planned_in(it), as_of=as_of) for it in (first, second))
    return [_difference(key, one.get(key), other.get(key)) for key in sorted({*one, *other})]


def _difference(key: str, one: Found | None, other: Found | None) -> Difference:
    first = {(hit.person, hit.occasion) for hit in (one.hits if one else ())}
    second = {(hit.person, hit.occasion) for hit in (other.hits if other else ())}
    both, only_first, only_second = first & second, first - second, second - first
    # that nobody differs may be told; that few do, not how many
    same = first == second
    if not same and any(0 < len(some) < FEWEST for some in (both, only_first, only_second)):
        return Difference(key, quiet(len(first)), None, None, None, None)
    return Difference(
        key,
        quiet(len(first)),
        quiet(len(second)),
        quiet(len(both)),
        len(only_first),
        len(only_second),
    )
