"""Whose facts may have changed: a numbered list that every write to the register adds to.

Offers and columns follow it: what was changed since a mark is read again, and nothing else.
"""

from collections.abc import Collection
from operator import attrgetter
from uuid import UUID

from django.db import connection

from allting.kernel.api import as_uuid, marks, now, rows, run
from allting.register.bulk import insert
from allting.register.models import RegisterChange

_AT_ONCE = 5_000
_CHANGE = ("person", "at", "what")
_AS_NUMBER = attrgetter("int")  # ids in their order, without a call for each comparison
_IN_ORDER = 7_205_759  # the name of PostgreSQL's lock; any number that nobody else uses


def note_changes(people: Collection[UUID], what: str) -> None:
    """Add these people to the list; inside `write()`, as the last thing that it does.

    Whoever's own row, homes, guardianships, relations or stated facts were changed is named: with
    a household all who live in it, with a guardianship or a relation both. `touched` finds the
    others whose facts follow from theirs.
    """
    if not people:
        return
    _queue_up()
    # the order of ids, so that two writers do not name the same people crosswise
    at = now()
    insert(
        RegisterChange,
        _CHANGE,
        [(person, at, what) for person in sorted(set(people), key=_AS_NUMBER)],
    )


def note_declared(people: Collection[UUID], *, home: bool) -> None:
    """Add these people to the list, and with `home` those who live with them, in one statement."""
    _queue_up()
    ids = sorted(people, key=_AS_NUMBER)
    who = _THEY.format(ids=marks(ids))
    named = [*ids]
    if home:
        who += _AT_HOME.format(ids=marks(ids))
        named += ids
    run(_DECLARED.format(who=who), [now(), *named])


_THEY = "SELECT p.id FROM register_person p WHERE p.id IN ({ids})"
_AT_HOME = """
    UNION SELECT n.person_id FROM register_membership m
    JOIN register_membership n ON n.household_id = m.household_id WHERE m.person_id IN ({ids})
"""
_DECLARED = """
    INSERT INTO register_registerchange (person, at, what)
    SELECT who.id, %s, 'declared' FROM ({who}) AS who ORDER BY who.id
"""


def note_everyone(what: str) -> None:
    """Add everyone in the register to the list, in one statement."""
    _queue_up()
    run(
        "INSERT INTO register_registerchange (person, at, what)"
        " SELECT id, %s, %s FROM register_person",
        [now(), what],
    )


def changed_since(mark: int, limit: int = 10_000) -> tuple[tuple[UUID, ...], int]:
    """The people changed after `mark`, each once, and the mark to go on from.

    At most `limit` changes at a time: when the mark stands still, there are no more.
    """
    found = rows(
        "SELECT id, person FROM register_registerchange WHERE id > %s ORDER BY id LIMIT %s",
        [mark, limit],
    )
    people = dict.fromkeys(as_uuid(person) for _, person in found)
    return tuple(people), found[-1][0] if found else mark


def latest_mark() -> int:
    """The mark after the latest change."""
    return int(rows("SELECT COALESCE(MAX(id), 0) FROM register_registerchange")[0][0])


def touched(people: Collection[UUID]) -> frozenset[UUID]:
    """These people and all whose facts may follow from theirs: those who share or shared a home
    with them, their guardians, the children they answer for, spouses, parents and children."""
    found = set(people)
    for few in _slices(sorted(found)):
        places = marks(few)
        found |= {
            as_uuid(row[0])
            for row in rows(_AROUND.format(ids=places), [*few] * _AROUND.count("{ids}"))
        }
    return frozenset(found)


_AROUND = """
    SELECT n.person_id FROM register_membership m
    JOIN register_membership n ON n.household_id = m.household_id WHERE m.person_id IN ({ids})
    UNION SELECT guardian_id FROM register_guardianship WHERE child_id IN ({ids})
    UNION SELECT child_id FROM register_guardianship WHERE guardian_id IN ({ids})
    UNION SELECT other_id FROM register_relation WHERE person_id IN ({ids})
    UNION SELECT person_id FROM register_relation WHERE other_id IN ({ids})
"""


def _slices(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]


def _queue_up() -> None:
    """Numbers are given in the order of commits: who follows the list never misses one.

    On SQLite there is one writer at a time; on PostgreSQL those who add to the list take turns
    from here until their commit.
    """
    if connection.vendor == "postgresql":
        rows("SELECT pg_advisory_xact_lock(%s)", [_IN_ORDER])
