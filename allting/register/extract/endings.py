"""What a death, a move away or protection brings with it, at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from allting.kernel.api import announce, as_uuid, rows, run
from allting.register.bulk import where_in
from allting.register.events import ProtectionAppeared
from allting.register.extract.matching import Work, find, is_older
from allting.register.extract.people import Before
from allting.register.extract.reading import Bad
from allting.register.extract.shape import HIDDEN, MARK, NONE, Header
from allting.register.extract.stays import with_them
from allting.register.models import Guardianship
from allting.register.rules import years_after

_OTHERS = """
    SELECT child_id FROM register_guardianship WHERE guardian_id = %s
    UNION SELECT guardian_id FROM register_guardianship WHERE child_id = %s
    UNION SELECT principal_id FROM register_mandate WHERE holder_id = %s
    UNION SELECT person_id FROM register_relation WHERE other_id = %s
    UNION SELECT other_id FROM register_relation WHERE person_id = %s
"""


def deaths(works: Sequence[Work], before: Mapping[UUID, Before]) -> set[UUID]:
    """End what those who have died did for others, and their marriages; whose facts that touches.

    What others did for them ends with their own line. A death that is taken back is undone.
    """
    touched: set[UUID] = set()
    for work in works:
        was = before[work.id].died if work.id in before else None
        now = work.line.died
        if was == now:
            continue
        if was:
            _undo(work.id, was)
        if now:
            _end(work.id, now)
        touched |= _others(work.id)
    return touched


def _others(person: UUID) -> set[UUID]:
    return {as_uuid(row[0]) for row in rows(_OTHERS, [person] * 5)}


def _end(person: UUID, died: date) -> None:
    for table, mine, more in _SPANS:
        its = f"register_{table} WHERE {mine} = %s{more}"
        run(f"DELETE FROM {its} AND since >= %s", [person, died])  # noqa: S608
        run(
            f"UPDATE register_{table} SET until = %s WHERE {mine} = %s{more}"  # noqa: S608
            " AND (until IS NULL OR until > %s)",
            [died, person, died],
        )


_MARRIED = " AND kind = 'spouse'"
_SPANS = (
    ("guardianship", "guardian_id", ""),
    ("mandate", "holder_id", ""),
    ("relation", "person_id", _MARRIED),
    ("relation", "other_id", _MARRIED),
)


def _undo(person: UUID, died: date) -> None:
    """What ended that day goes on: guardianships until the child is of age, the rest openly."""
    stays = (("membership", "person_id", ""), ("residence", "person_id", ""))
    for table, mine, more in (*_SPANS[1:], *stays):
        run(
            f"UPDATE register_{table} SET until = NULL WHERE {mine} = %s{more}"  # noqa: S608
            " AND until = %s",
            [person, died],
        )
    for row in Guardianship.objects.filter(guardian=person, until=died).select_related("child"):
        row.until = years_after(row.child.birth_date, 18)
        row.save(update_fields=["until"])


# ---- protection


def protected(works: Sequence[Work], before: Mapping[UUID, Before]) -> None:
    """Wipe where those live whose homes are hidden now, and tell who keeps what follows from it."""
    hidden = [work.id for work in works if work.held and work.line.hidden]
    _wipe(hidden)
    appeared = [
        work.id
        for work in works
        if work.line.protection != NONE
        and (work.id not in before or before[work.id].protection != work.line.protection)
    ]
    if appeared:
        announce(ProtectionAppeared(tuple(appeared)))


def protect_at_least(bads: Collection[Bad], head: Header) -> set[UUID]:
    """Protect those whose lines are bad, but say so much: it is not put off to a mended line."""
    asked = {bad.number: bad.protection for bad in bads if bad.number and bad.protection}
    changed = set()
    for number, held in find(asked).items():
        if is_older(held, head):
            continue
        told = asked[number] or NONE
        now = f" AND protection IN ('none'{', ' + repr(MARK) if told in HIDDEN else ''})"
        wiped = ", ".join(_EMPTY) if told in HIDDEN else ""
        done = run(
            f"UPDATE register_person SET protection = %s{wiped and ', ' + wiped}"  # noqa: S608
            f" WHERE id = %s{now}",
            [told, held.id],
        )
        if done:
            _wipe([held.id] if told in HIDDEN else [])
            changed.add(held.id)
    forget_lines(changed)
    if changed:
        announce(ProtectionAppeared(tuple(sorted(changed))))
    return changed


_EMPTY = ("street = ''", "postcode = ''", "city = ''", "lat = NULL", "lon = NULL")


def _wipe(people: Collection[UUID]) -> None:
    where_in("DELETE FROM register_residence WHERE {in}", "person_id", sorted(people))


def forget_lines(people: Collection[UUID]) -> None:
    """Let the next line about these people be read, also if it is the same as their last one."""
    where_in("UPDATE register_origin SET digest = '' WHERE {in}", "person_id", sorted(people))


# ---- those who are not in a full extract any more


def leave(people: Sequence[UUID], day: date) -> set[UUID]:
    """Close what ties these people to the municipality; they and all they lived with."""
    if not people:
        return set()
    with_whom = with_them(people)
    when = f"DATE '{day.isoformat()}'" if _typed() else f"'{day.isoformat()}'"
    where_in(f'UPDATE register_person SET "left" = {when} WHERE {{in}}', "id", people)  # noqa: S608
    for table in ("membership", "residence"):
        its = f"register_{table} WHERE until IS NULL AND {{in}}"
        where_in(f"DELETE FROM {its} AND since >= {when}", "person_id", people)  # noqa: S608
        where_in(
            f"UPDATE register_{table} SET until = {when}"  # noqa: S608
            " WHERE until IS NULL AND {in}",
            "person_id",
            people,
        )
    where_in(f"UPDATE register_origin SET as_of = {when} WHERE {{in}}", "person_id", people)  # noqa: S608
    forget_lines(people)
    return {*people, *with_whom}


def _typed() -> bool:
    return connection.vendor == "postgresql"
