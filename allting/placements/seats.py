"""How many seats are free, and one at a time at the gate of a unit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from allting.catalogue.api import Unit, units
from allting.kernel.api import as_date, as_uuid, marks, rows
from allting.packages.api import Definition, Edition
from allting.placements.models import Gate

AT_A_TIME = 2_000  # people in a question


def givable(edition: Edition, kind: str) -> Mapping[str, Unit]:
    """The units whose places the municipality gives: its own, with a stated capacity."""
    found = units(edition, kind)
    return {
        id: unit
        for id, unit in found.items()
        if unit.organiser == "municipal" and unit.capacity is not None
    }


def free_places(definition: Definition, kind: str, start: date) -> int:
    """Seats free from `start` on in all, at the units of a definition, published or not."""
    files = (it for it in definition.all("units").values() if it.kind == kind)
    capacity = {
        unit.id: unit.capacity
        for file in files
        for unit in file.units
        if unit.organiser == "municipal" and unit.capacity is not None
    }
    return sum(free(kind, capacity, start).values())


def hold_gates(kind: str, names: Collection[str]) -> None:
    """Be alone with the seats of these units until the transaction ends.

    In one order for everyone, so that two who want several never wait for each other. (On SQLite
    a writing transaction is alone already.)
    """
    ordered = sorted(names)
    there = set(Gate.objects.filter(kind=kind).values_list("unit", flat=True))
    Gate.objects.bulk_create(
        [Gate(kind=kind, unit=unit) for unit in ordered if unit not in there],
        ignore_conflicts=True,
    )
    held = (
        Gate.objects.filter(kind=kind, unit__in=ordered)
        if len(ordered) < 500
        else (Gate.objects.filter(kind=kind))
    )
    list(held.select_for_update().order_by("unit").values_list("pk"))


def free(
    kind: str, capacity: Mapping[str, int], start: date, *, unit: str | None = None
) -> dict[str, int]:
    """Seats that stay free from `start` on, of each unit of `capacity`; never less than none.

    A seat that somebody leaves later, or has from later on, counts for the days on which it is
    held: what is free is the least that is free on any day from `start`.
    """
    held: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    where, values = "kind = %s AND (until IS NULL OR until > %s)", [kind, start]
    if unit is not None:
        where, values = f"{where} AND unit = %s", [*values, unit]
    for name, since, until in rows(
        f"SELECT unit, since, until FROM placements_seat WHERE {where}",  # noqa: S608
        values,
    ):
        held[name].append((max(as_date(since), start), as_date(until) if until else None))
    wanted = [unit] if unit is not None else list(capacity)
    return {name: max(0, capacity.get(name, 0) - most_at_once(held[name])) for name in wanted}


def most_at_once(stays: Iterable[tuple[date, date | None]]) -> int:
    """The most that are there on one day; who leaves on a day makes room for who comes that day.

    >>> day = date.fromisoformat
    >>> most_at_once([(day("2027-01-11"), day("2027-06-01")), (day("2027-06-01"), None)])
    1
    """
    steps: list[tuple[date, int]] = []
    for since, until in stays:
        steps.append((since, 1))
        if until is not None:
            steps.append((until, -1))
    most = now = 0
    for _, step in sorted(steps):
        now += step
        most = max(most, now)
    return most


class Held(NamedTuple):
    """A seat that someone has on a day or later."""

    subject: UUID
    unit: str
    since: date
    taken: bool


def seats_of(kind: str, people: Collection[UUID], start: date) -> list[Held]:
    """The seats that these people have on the day or later."""
    wanted, found = list(people), []
    for at in range(0, len(wanted), AT_A_TIME):
        some = wanted[at : at + AT_A_TIME]
        found += rows(
            "SELECT subject, unit, since, taken FROM placements_seat WHERE kind = %s"  # noqa: S608
            f" AND (until IS NULL OR until > %s) AND subject IN ({marks(some)})",
            [kind, start, *some],
        )
    return [Held(as_uuid(who), unit, as_date(day), bool(taken)) for who, unit, day, taken in found]
