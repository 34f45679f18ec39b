"""For tests: extracts made on the spot, and the register as it stands after them."""

import io
import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from allting.register.extract.faults import Fault
from allting.register.extract.loading import Counts, load
from allting.register.models import (
    Guardianship,
    Mandate,
    Membership,
    Person,
    Relation,
    Residence,
)
from allting.register.numbers import TestNumbers

SOURCE = "Testregistret"
_numbers = TestNumbers()


def number(born: str, sex: str = "f") -> str:
    """A test number that nobody else in this run has."""
    return _numbers.give(date.fromisoformat(born), sex)


def one(given: str, born: str, /, **more: Any) -> dict[str, Any]:
    """A person of an extract, living alone at an address of their own."""
    line: dict[str, Any] = {
        "identity_number": more.pop("identity_number", None) or number(born),
        "given_name": given,
        "surname": "Berg",
        "birth_date": born,
        "sex": "f",
        "civil_status": "unmarried",
        "protection": "none",
        "municipality_code": "2599",
        "registered_since": max(born, "2020-05-01"),
        "address": {"street": "Storgatan 1", "postcode": "999 01", "city": "Solvik"},
        "position": {"lat": 58.1, "lon": 16.2},
        "household": {"key": f"home of {given}"},
    }
    return {key: value for key, value in (line | more).items() if value is not None}


def file_of(
    people: Iterable[object], day: str = "2026-11-01", kind: str = "full", source: str = SOURCE
) -> bytes:
    """The file; people who are bytes or text are lines as they stand."""
    head = {"extract": kind, "as_of": day, "source": source, "format": 1}
    lines = [it if isinstance(it, bytes | str) else json.dumps(it) for it in (head, *people)]
    return b"\n".join(it if isinstance(it, bytes) else it.encode() for it in lines) + b"\n"


class Loaded(list[Fault]):
    """What was told of bad lines, and the counts."""

    counts: Counts

    @property
    def lines(self) -> set[int]:
        return {fault.line for fault in self}


def put(
    *people: object, day: str = "2026-11-01", kind: str = "changes", yes: bool = True,
    source: str = SOURCE,
) -> Loaded:  # fmt: skip
    """Load these people."""
    return put_file(file_of(people, day, kind, source), yes=yes)


def put_file(whole: bytes, *, yes: bool = True) -> Loaded:
    """Load this file."""
    told = Loaded()
    told.counts = load(io.BytesIO(whole), sha256(whole).hexdigest(), told=told.append, yes=yes)
    return told


def who(line: dict[str, Any]) -> Person:
    """The person of a line."""
    return Person.objects.get(identity_number=line["identity_number"])


def standing() -> dict[str, set[tuple[Any, ...]]]:
    """What the register says of those who live here now, by numbers: no ids, no history."""
    here = Person.objects.filter(died=None, left=None)
    numbers = dict(here.values_list("id", "identity_number"))
    fields = [
        field.name
        for field in Person._meta.concrete_fields
        if field.name not in ("id", "email", "phone", "language")
    ]

    def ties(model: Any, own: str, other: str, *more: str) -> set[tuple[Any, ...]]:
        rows = model.objects.values_list(f"{own}_id", f"{other}_id", *more)
        return {
            (numbers[row[0]], numbers[row[1]], *row[2:])
            for row in rows
            if row[0] in numbers and row[1] in numbers
        }

    stays = Residence.objects.filter(until=None, person__in=here)
    homes = Membership.objects.filter(until=None, person__in=here)
    spouses = ties(Relation.objects.filter(kind="spouse", until=None).model, "person", "other",
                   "since", "until", "kind")  # fmt: skip
    return {
        "people": set(here.values_list(*fields)),
        "residences": set(stays.values_list(
            "person__identity_number", "street", "postcode", "city", "municipality_code", "since",
        )),
        "memberships": set(homes.values_list("person__identity_number", "household", "since")),
        "guardians": {
            row for row in ties(Guardianship, "child", "guardian", "since", "until")
            if row[3] > date(2026, 11, 15)
        },
        "mandates": {
            row for row in ties(Mandate, "principal", "holder", "scope", "since", "until")
            if row[4] is None
        },
        "spouses": {
            (*sorted(row[:2]), row[2]) for row in spouses if row[4] == "spouse" and row[3] is None
        },
        "parents": {row for row in spouses if row[4] == "parent"},
    }  # fmt: skip
