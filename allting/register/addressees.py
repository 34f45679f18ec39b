"""Whom the municipality turns to about somebody: ids, languages and marks of protection alone.

For sending, never for showing: names and contact points are read elsewhere, and logged.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allting.kernel.api import as_uuid, marks, rows

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Reachable:
    """Someone to turn to."""

    person: UUID
    language: str
    protected: bool


def reachable(ids: Collection[UUID]) -> dict[UUID, Reachable]:
    """The people with these ids, those who have died left out."""
    found: dict[UUID, Reachable] = {}
    for few in _slices(ids):
        for row in rows(
            "SELECT id, language, protection FROM register_person"  # noqa: S608
            f" WHERE id IN ({marks(few)}) AND died IS NULL",
            few,
        ):
            one = _reachable(row)
            found[one.person] = one
    return found


def guardians_of(children: Collection[UUID], *, as_of: date) -> dict[UUID, tuple[Reachable, ...]]:
    """Who answers for each child on that day, those who have died left out."""
    found: dict[UUID, tuple[Reachable, ...]] = {}
    for few in _slices(children):
        for child, *row in rows(
            "SELECT g.child_id, p.id, p.language, p.protection"  # noqa: S608
            " FROM register_guardianship g JOIN register_person p ON p.id = g.guardian_id"
            f" WHERE g.child_id IN ({marks(few)}) AND g.since <= %s AND g.until > %s"
            " AND p.died IS NULL ORDER BY g.child_id, p.id",
            [*few, as_of, as_of],
        ):
            id = as_uuid(child)
            found[id] = (*found.get(id, ()), _reachable(tuple(row)))
    return found


def mandate_holders(people: Collection[UUID], *, as_of: date) -> dict[UUID, tuple[Reachable, ...]]:
    """Who acts for each of these adults on that day: guards their rights or cares for them."""
    found: dict[UUID, tuple[Reachable, ...]] = {}
    for few in _slices(people):
        for principal, *row in rows(
            "SELECT DISTINCT m.principal_id, p.id, p.language, p.protection"  # noqa: S608
            " FROM register_mandate m JOIN register_person p ON p.id = m.holder_id"
            f" WHERE m.principal_id IN ({marks(few)}) AND m.scope IN ('rights', 'care')"
            " AND m.since <= %s AND (m.until IS NULL OR m.until > %s) AND p.died IS NULL"
            " ORDER BY m.principal_id, p.id",
            [*few, as_of, as_of],
        ):
            id = as_uuid(principal)
            found[id] = (*found.get(id, ()), _reachable(tuple(row)))
    return found


def _reachable(row: tuple[object, ...]) -> Reachable:
    return Reachable(as_uuid(row[0]), str(row[1]), row[2] != "none")


def _slices(ids: Collection[UUID]) -> list[list[UUID]]:
    every = list(ids)
    return [every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE)]
