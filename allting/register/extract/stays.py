"""Where people live, and with whom: what is over is closed, what begins is added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import models

from allting.kernel.api import as_date, as_uuid, run
from allting.register.bulk import insert, update, where_in
from allting.register.extract.matching import Work
from allting.register.extract.shape import Header, Line
from allting.register.models import Household, Membership, Residence

_ADDRESS = ("street", "postcode", "city", "municipality_code")


@dataclass(frozen=True, slots=True)
class Stay:
    """Where someone lives from a day on, or (None) that they live nowhere from that day."""

    at: tuple[Any, ...] | None
    since: date
    sure: bool  # whether the day is told, not taken for want of one
    new: bool  # whether the register had nothing of them


@dataclass(slots=True)
class _Diff:
    closed: list[tuple[int, date]]
    moved: list[tuple[int, date]]  # only the first day is another
    deleted: list[int]
    begun: list[tuple[Any, ...]]


def homes(works: Sequence[Work], head: Header) -> set[UUID]:
    """Follow people's addresses and households; whose have become others, with all in them."""
    held = [work.id for work in works if work.held]
    wanted = {work.id: _residence(work, head) for work in works}
    changed = _follow(Residence, _ADDRESS, wanted, _open(Residence, _ADDRESS, held))
    wanted = {work.id: _membership(work, head) for work in works}
    ids = {stay.at[0] for stay in wanted.values() if stay.at}
    insert(Household, ("id",), [(id_,) for id_ in sorted(ids)], new_only=True)
    before = _open(Membership, ("household",), held)
    moved = _follow(Membership, ("household",), wanted, before)
    ids = {stay.at[0] for id_, stay in wanted.items() if stay.at and id_ in moved}
    ids |= {now[2] for id_, now in before.items() if id_ in moved}
    return changed | moved | _living_in(ids)


def household_id(source: str, key: str) -> UUID:
    """The id of a household: the same for the same key of the same source."""
    return uuid5(NAMESPACE_URL, f"allting:household:{source}:{key}")


def with_them(people: Sequence[UUID]) -> set[UUID]:
    """All who live in the households that these people live in."""
    now = _open(Membership, ("household",), people)
    return _living_in({household for _, _, household in now.values()})


def _living_in(households: set[UUID]) -> set[UUID]:
    found = where_in(
        "SELECT person_id FROM register_membership WHERE until IS NULL AND {in}",
        "household_id",
        households,
    )
    return {as_uuid(row[0]) for row in found}


def _residence(work: Work, head: Header) -> Stay:
    line, address = work.line, work.line.address
    if line.hidden or not address or line.ended:
        return Stay(None, line.ended or head.as_of, True, not work.held)
    at = (address.street, address.postcode, address.city, line.municipality_code)
    return Stay(at, address.since or _first(work, head), bool(address.since), not work.held)


def _membership(work: Work, head: Header) -> Stay:
    line, home = work.line, work.line.household
    if not home or line.ended:
        return Stay(None, line.ended or head.as_of, True, not work.held)
    at = (household_id(head.source, home.key),)
    return Stay(at, home.since or _first(work, head), bool(home.since), not work.held)


def _first(work: Work, head: Header) -> date:
    """From when, if the line does not say: today, or as long as we know of for who is new."""
    line: Line = work.line
    if work.held:
        return head.as_of
    told = line.address.since if line.address else None
    return max(line.birth_date, told or line.registered_since or head.as_of)


def _follow(
    model: type[models.Model],
    fields: tuple[str, ...],
    wanted: Mapping[UUID, Stay],
    now: Mapping[UUID, tuple[Any, ...]],
) -> set[UUID]:
    """Make the open row of each person the wanted one; whose rows have changed."""
    diff, changed = _Diff([], [], [], []), set()
    for id_, stay in wanted.items():
        if _one(diff, id_, stay, now.get(id_)):
            changed.add(id_)
    table = model._meta.db_table
    where_in(f"DELETE FROM {table} WHERE {{in}}", "id", diff.deleted, "bigint")  # noqa: S608
    update(model, "id", ("until",), diff.closed)
    update(model, "id", ("since",), diff.moved)
    for id_, since in ((row[0], row[1]) for row in diff.begun if not wanted[row[0]].new):
        _make_room(table, id_, since)
    insert(model, ("person", "since", *fields, "until"), [(*row, None) for row in diff.begun])
    return changed


def _one(diff: _Diff, id_: UUID, stay: Stay, now: tuple[Any, ...] | None) -> bool:
    if now and now[2:] == stay.at:
        if not stay.sure or now[1] == stay.since:
            return False
        diff.moved.append((now[0], stay.since))
        return True
    if now and now[1] < stay.since:
        diff.closed.append((now[0], stay.since))
    elif now:
        diff.deleted.append(now[0])
    if stay.at:
        diff.begun.append((id_, stay.since, *stay.at))
    return bool(now or stay.at)


def _open(
    model: type[models.Model], fields: tuple[str, ...], ids: Sequence[UUID]
) -> dict[UUID, tuple[Any, ...]]:
    columns = ", ".join(str(model._meta.get_field(name).column) for name in fields)  # type: ignore[union-attr]
    sql = (
        f"SELECT person_id, id, since, {columns} FROM {model._meta.db_table}"  # noqa: S608
        " WHERE until IS NULL AND {in}"
    )
    found = {}
    for person, id_, since, *at in where_in(sql, "person_id", ids):
        places = at if model is Residence else [as_uuid(at[0])]
        found[as_uuid(person)] = (id_, as_date(since), *places)
    return found


def _make_room(table: str, person: UUID, since: date) -> None:
    """What was told to be earlier gives way where it was not: stays do not overlap."""
    its = f"{table} WHERE person_id = %s AND until IS NOT NULL"
    run(f"DELETE FROM {its} AND since >= %s", [person, since])  # noqa: S608
    run(
        f"UPDATE {table} SET until = %s WHERE person_id = %s AND until > %s",  # noqa: S608
        [since, person, since],
    )
