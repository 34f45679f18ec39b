"""A small municipality with three preschools, and children who wait for places there."""
# ruff: noqa: E501 (the lines of a package are its own)

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from allting.identity.api import Actor
from allting.packages.api import Edition
from allting.packages.testing import PACKAGE, in_force, written
from allting.placements.models import Seat
from allting.placements.ports import Applicant, Asked
from allting.register.models import Person
from allting.register.testing import actor, guard, home, person

START = date(2027, 1, 11)
SERVICE = "preschool-place"
FILES = {
    "package.yaml": PACKAGE,
    "organisation.yaml": """\
name: {sv: Viks kommun, en: Municipality of Vik}
contact: {phone: "+46 10 555 00 00", email: kontakt@vik.example}
boards:
  - {id: education, name: {sv: Utbildningsnämnden, en: Education board}, series: BUN}
  - {id: building, name: {sv: Byggnadsnämnden, en: Building board}, series: BN}
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
  - {id: decision-maker, name: {sv: Beslutsfattare, en: Decision maker}}
  - {id: protected-people, name: {sv: Skyddade, en: Protected people}}
""",
    "units/preschools.yaml": """\
kind: preschool
units:
  - {id: oak, name: Eken, capacity: 2, position: {lat: 58.10, lon: 16.20}}
  - {id: elm, name: Almen, capacity: 1, position: {lat: 58.11, lon: 16.20}}
  - {id: ash, name: Asken, capacity: 1, position: {lat: 58.12, lon: 16.20}}
  - {id: own, name: Fria, capacity: 9, organiser: independent, position: {lat: 58.1, lon: 16.2}}
""",
    f"services/{SERVICE}/service.yaml": """\
title: {sv: Plats i förskola, en: Preschool place}
summary: {sv: Ansök om plats, en: Apply for a place}
board: education
subject: child
channels: [{id: online, kind: e-service}, {id: phone, kind: phone}]
""",
    f"services/{SERVICE}/form.yaml": """\
pages:
  - id: child
    title: {sv: Vilket barn?, en: Which child?}
    questions:
      - {id: child, kind: child, label: {sv: Barn, en: Child}}
      - {id: wishes, kind: wishes, units: preschool, label: {sv: Önskemål, en: Wishes}}
      - {id: hours, kind: number, required: false, label: {sv: Timmar, en: Hours}}
""",
    f"services/{SERVICE}/process.yaml": """\
stages:
  - {id: received, title: {sv: Mottagen, en: Received}}
  - {id: done, title: {sv: Klar, en: Done}, final: true}
moves:
  - {do: decide, from: [received], to: done, who: decision-maker}
outcomes:
  - {id: placed, title: {sv: Plats, en: A place}, granted: true, letter: placed}
appeal: {kind: appeal, to: {sv: Domstolen, en: The court}, within: 3 weeks, from: received, says: {sv: Överklaga, en: Appeal}}
""",
    f"services/{SERVICE}/letters/placed.sv.md": "# En plats\n\nVälkommen\n",
    f"services/{SERVICE}/letters/placed.en.md": "# A place\n\nWelcome\n",
    f"services/{SERVICE}/places.yaml": """\
kind: preschool
wishes: wishes
unasked: nearest 2
beyond: nearest 1
opens: administrator
settles: decision-maker
priorities:
  - {id: sibling, by: unit.sibling_here, order: first, says: {sv: Syskon går först, en: Siblings come first}}
  - {id: distance, by: unit.distance_km, order: low, measure: {sv: km, en: km}, law: SFS 2010:800, says: {sv: Närmare går före, en: Nearer comes first}}
  - {id: hours, by: answers.hours, order: high, says: {sv: Fler timmar går före, en: More hours come first}}
  - {id: since, by: wish.since, order: low, says: {sv: Tidigare önskemål går före, en: Earlier wishes come first}}
""",
}


def published(folder: Path, changed: dict[str, str] | None = None) -> Edition:
    """The municipality, in force."""
    return in_force(written(folder, {**FILES, **(changed or {})}))


@dataclass
class Waiting:
    """Who waits, as the port tells it; homes are north of each other along a line."""

    all: list[Applicant] = field(default_factory=list)
    at: dict[UUID, tuple[float, float]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def applicants(self, asked: Asked) -> Sequence[Applicant]:
        self.asked.append(asked)
        return list(self.all)

    def homes(self, people: Any) -> dict[UUID, tuple[float, float]]:
        return {who: self.at[who] for who in people if who in self.at}

    def child(
        self, name: str, *wishes: str, north: float = 0.0, since: str = "2026-10-01", **more: Any
    ) -> Person:
        """A child with a parent, `north` hundredths of a degree from the oak, who waits."""
        protection = {"protection": more.pop("protection", "none")}
        child = person(name, date(2025, 5, 20), **protection)
        parent = person(f"{name}s förälder", date(1992, 4, 3))
        home(child, parent)
        guard(child, parent)
        self.wait(child, *wishes, north=north, since=since, **more)
        return child

    def wait(
        self,
        child: Person,
        *wishes: str,
        north: float = 0.0,
        since: str = "2026-10-01",
        **values: Any,
    ) -> None:
        """A child that is there already waits."""
        self.at[child.id] = (58.10 + north / 100, 16.20)
        day = date.fromisoformat(since) if since else None
        source = values.pop("source", f"case {child.given_name}")
        self.all.append(Applicant(child.id, wishes, day, source, values))

    def no_longer(self, child: Person) -> None:
        """A child that waits no longer."""
        self.all = [it for it in self.all if it.subject != child.id]


def seat(child: Person, unit: str, since: date = date(2025, 8, 18)) -> Seat:
    """A place that a child has."""
    return Seat.objects.create(
        kind="preschool",
        unit=unit,
        subject=child.id,
        since=since,
        taken=True,
        source="test",
        at="2025-08-01T08:00:00Z",
    )


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in the municipality."""

    worker: Actor
    chief: Actor
    handler: Actor
    builder: Actor
    resident: Actor


def staff() -> Staff:
    """A caseworker, their chief, the named handler, someone of another board, and nobody's."""
    return Staff(
        actor(person("Eva", date(1970, 1, 1)), ("administrator", "education")),
        actor(person("Per", date(1971, 1, 1)), ("decision-maker", "education")),
        actor(
            person("Ulla", date(1972, 1, 1)),
            ("administrator", "education"),
            ("protected-people", "education"),
        ),
        actor(person("Bo", date(1973, 1, 1)), ("administrator", "building")),
        actor(person("Ada", date(1974, 1, 1))),
    )
