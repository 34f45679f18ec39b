"""For reckoning, never for showing: homes, siblings and protection of many people at once.

No actor asks and nothing is logged as a look: what leaves here goes into distances and priorities,
not onto a page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from allting.kernel.api import as_uuid, marks, rows

AT_A_TIME = 2_000  # ids in a question

# SQLite takes the tables of a CROSS JOIN in the order in which they stand. Left to itself it
# begins, for many ids, with every row there is, and looks among all the ids for each.
_HOMES = "SELECT id, lat, lon FROM register_person WHERE lat IS NOT NULL AND protection = 'none'"
_OF_A_HOME = (
    "SELECT a.person_id, b.person_id FROM register_membership a"
    " CROSS JOIN register_membership b"
    " WHERE b.household_id = a.household_id AND b.person_id <> a.person_id"
    " AND a.since <= %s AND (a.until IS NULL OR a.until > %s)"
    " AND b.since <= %s AND (b.until IS NULL OR b.until > %s) AND a.person_id"
)
_OF_A_GUARDIAN = (
    "SELECT a.child_id, b.child_id FROM register_guardianship a"
    " CROSS JOIN register_guardianship b"
    " WHERE b.guardian_id = a.guardian_id AND b.child_id <> a.child_id"
    " AND a.since <= %s AND a.until > %s AND b.since <= %s AND b.until > %s AND a.child_id"
)
_PROTECTED = (  # from the protected, who are few; said as the index of them says it
    "SELECT p.id FROM register_person p WHERE NOT (p.protection = 'none')",
    "SELECT a.person_id FROM register_person p CROSS JOIN register_membership b"
    " CROSS JOIN register_membership a WHERE NOT (p.protection = 'none')"
    " AND b.person_id = p.id AND a.household_id = b.household_id"
    " AND a.since <= %s AND (a.until IS NULL OR a.until > %s)"
    " AND b.since <= %s AND (b.until IS NULL OR b.until > %s)",
    "SELECT g.child_id FROM register_person p CROSS JOIN register_guardianship g"
    " WHERE NOT (p.protection = 'none') AND g.guardian_id = p.id"
    " AND g.since <= %s AND g.until > %s",
)
_PROTECTED_OF = (  # from those who are asked about, when they are fewer
    "SELECT p.id FROM register_person p WHERE NOT (p.protection = 'none') AND p.id",
    "SELECT a.person_id FROM register_membership a CROSS JOIN register_membership b"
    " CROSS JOIN register_person p WHERE NOT (p.protection = 'none')"
    " AND b.person_id = p.id AND a.household_id = b.household_id"
    " AND a.since <= %s AND (a.until IS NULL OR a.until > %s)"
    " AND b.since <= %s AND (b.until IS NULL OR b.until > %s) AND a.person_id",
    "SELECT g.child_id FROM register_guardianship g CROSS JOIN register_person p"
    " WHERE NOT (p.protection = 'none') AND g.guardian_id = p.id"
    " AND g.since <= %s AND g.until > %s AND g.child_id",
)
FEW = 200


def homes(ids: Collection[UUID]) -> dict[UUID, tuple[float, float]]:
    """Latitude and longitude of those homes that are known; of no protected person."""
    found = _each(_HOMES + " AND id", ids, ())
    return {as_uuid(id): (float(lat), float(lon)) for id, lat, lon in found}


def siblings(ids: Collection[UUID], *, as_of: date) -> dict[UUID, frozenset[UUID]]:
    """With whom each of them shares a guardian or a home, the grown ones too."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for question in (_OF_A_HOME, _OF_A_GUARDIAN):
        for one, other in _each(question, ids, [as_of] * 4):
            found[as_uuid(one)].add(as_uuid(other))
    return {id: frozenset(others) for id, others in found.items()}


def at_home_with(ids: Collection[UUID], *, as_of: date) -> dict[UUID, frozenset[UUID]]:
    """With whom each of them has the same home, among these people."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    wanted = frozenset(ids)
    for one, other in _each(_OF_A_HOME, ids, [as_of] * 4):
        if as_uuid(other) in wanted:
            found[as_uuid(one)].add(as_uuid(other))
    return {id: frozenset(others) for id, others in found.items()}


def sheltered(ids: Collection[UUID] | None = None, *, as_of: date) -> frozenset[UUID]:
    """Those who are protected, or live with or have as guardian someone who is; of all, or of some.

    Where such a child goes would tell where the protected one is.
    """
    found: set[UUID] = set()
    few = ids is not None and len(ids) <= FEW
    for question in _PROTECTED_OF if few else _PROTECTED:
        days = [as_of] * question.count("%s")
        told = _each(question, ids or (), days) if few else rows(question, days)
        found |= {as_uuid(row[0]) for row in told}
    return frozenset(found if ids is None else found.intersection(ids))


def wards(person: UUID, *, as_of: date) -> list[UUID]:
    """Whom the person answers for as a guardian on that day: ids alone."""
    found = rows(
        "SELECT child_id FROM register_guardianship"
        " WHERE guardian_id = %s AND since <= %s AND until > %s",
        [person, as_of, as_of],
    )
    return [as_uuid(row[0]) for row in found]


def lives_with(one: UUID, other: UUID, *, as_of: date) -> bool:
    """Whether two people have the same home on that day."""
    days = [as_of] * 4
    return any(as_uuid(row[1]) == other for row in _each(_OF_A_HOME, [one], days))


def away_from(me: UUID, people: Collection[UUID], *, as_of: date) -> frozenset[UUID]:
    """Of these people those who are sheltered and live elsewhere: where they are is not for me."""
    return frozenset(
        one
        for one in sheltered(people, as_of=as_of)
        if one != me and not lives_with(me, one, as_of=as_of)
    )


def _each(question: str, ids: Collection[UUID], days: Sequence[date]) -> Iterator[tuple[Any, ...]]:
    """The rows of a question that ends with the column that the ids are looked for in."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_A_TIME):
        some = wanted[start : start + AT_A_TIME]
        yield from rows(f"{question} IN ({marks(some)})", [*days, *some])
