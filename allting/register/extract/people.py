"""Who people are: their own row, numbers of before, and which extract it is from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allting.kernel.api import as_date, as_uuid
from allting.register.bulk import insert, update, where_in
from allting.register.extract.matching import Work
from allting.register.extract.shape import Header, Line
from allting.register.models import Origin, Person, PreviousNumber

FIELDS = ("identity_number", "given_name", "surname", "birth_date", "sex", "civil_status",
          "street", "postcode", "city", "municipality_code", "protection", "registered_since",
          "died", "left", "lat", "lon")  # fmt: skip
_DAYS = {"birth_date", "registered_since", "died", "left"}
_AS_HELD = f"""SELECT id, {", ".join(f'"{name}"' for name in FIELDS)}
    FROM register_person WHERE {{in}}"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Before:
    """What matters of someone's row as it was before the line."""

    protection: str
    died: date | None
    left: date | None


def store(works: Sequence[Work], head: Header) -> tuple[set[UUID], dict[UUID, Before]]:
    """Write people's rows; whose have become another, and how the old ones were before."""
    held = _held([work.id for work in works if work.held])
    rows = {work.id: as_row(work.line) for work in works}
    new = [work for work in works if not work.held]
    insert(
        Person,
        ("id", *FIELDS, "email", "phone", "language"),
        [(work.id, *rows[work.id], "", "", work.line.language) for work in new],
    )
    changed = [id_ for id_, row in held.items() if row != rows[id_]]
    update(Person, "id", FIELDS, [(id_, *rows[id_]) for id_ in changed])
    _numbers(works)
    origin = [(work.id, head.source, head.as_of, work.good.digest) for work in works]
    known = {work.id for work in works if work.held and work.held.source is not None}
    insert(
        Origin, ("person", "source", "as_of", "digest"), [o for o in origin if o[0] not in known]
    )
    update(Origin, "person", ("source", "as_of", "digest"), [o for o in origin if o[0] in known])
    at = FIELDS.index
    before = {
        id_: Before(row[at("protection")], row[at("died")], row[at("left")])
        for id_, row in held.items()
    }
    return {*changed, *(work.id for work in new)}, before


def as_row(line: Line) -> tuple[Any, ...]:
    """The row of the person in a line; nothing of where a hidden home is."""
    address = None if line.hidden else line.address
    where = None if line.hidden else line.position
    return (
        line.identity_number, line.given_name, line.surname, line.birth_date, line.sex,
        line.civil_status,
        address.street if address else "",
        address.postcode if address else "",
        address.city if address else "",
        line.municipality_code, line.protection, line.registered_since, line.died, line.left,
        where.lat if where else None, where.lon if where else None,
    )  # fmt: skip


def _held(ids: Sequence[UUID]) -> dict[UUID, tuple[Any, ...]]:
    return {
        as_uuid(row[0]): tuple(
            as_date(value) if value and name in _DAYS else value
            for name, value in zip(FIELDS, row[1:], strict=True)
        )
        for row in where_in(_AS_HELD, "id", ids)
    }


def _numbers(works: Sequence[Work]) -> None:
    """Keep the numbers of before, also the one that somebody had until this line."""
    earlier = {
        (number, work.id)
        for work in works
        for number in (*work.line.previous_numbers, *([work.held.number] if work.held else []))
        if number != work.line.identity_number
    }
    insert(PreviousNumber, ("number", "person"), sorted(earlier), new_only=True)
