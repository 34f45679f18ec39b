"""Who answers for whom, who is married to whom, whose child someone is, and who acts for them.

A relation to somebody whom the register does not know yet waits for them (`Awaited`). A death ends
what it ends, also where the other person's line has not been told yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from allting.kernel.api import as_date, as_uuid
from allting.register.bulk import insert, update, where_in
from allting.register.extract.matching import Held, Work, find
from allting.register.extract.shape import Line
from allting.register.models import Awaited, Guardianship, Mandate, Relation
from allting.register.rules import years_after

_TABLES: dict[str, tuple[type[models.Model], str, str, str | None]] = {
    # what a line says of itself: the table, its own column, the other's, and what tells kinds apart
    "guardian": (Guardianship, "child", "guardian", None),
    "parent": (Relation, "person", "other", "kind"),
    "mandate": (Mandate, "principal", "holder", "scope"),
}
_SCOPES = ("rights", "property", "care")


class Tie(NamedTuple):
    """A relation as a line has it: of which kind, to which number, from when and until when."""

    kind: str  # guardian, parent, spouse, or the scope of a mandate
    number: str
    since: date
    until: date | None


@dataclass(slots=True)
class _Diff:
    begun: list[tuple[Any, ...]] = field(default_factory=list)
    ended: list[tuple[int, date | None]] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)


def ties_of(line: Line) -> list[Tie]:
    """All relations that a line tells."""
    born, grown = line.birth_date, years_after(line.birth_date, 18)
    found = [
        Tie("guardian", it.identity_number, it.since or born, it.until or grown)
        for it in line.guardians
    ]
    found += [Tie("parent", number, born, None) for number in line.parents]
    found += [Tie(it.scope, it.holder, it.since, it.until) for it in line.mandates]
    if line.spouse:
        found.append(Tie("spouse", line.spouse.identity_number, line.spouse.since, None))
    return found


def relate(works: Sequence[Work], as_of: date) -> set[UUID]:
    """Make people's relations those of their lines; all whose relations have become others."""
    told = {work.id: ties_of(work.line) for work in works}
    known = find({tie.number for ties in told.values() for tie in ties})
    held = [work.id for work in works if work.held]
    where_in("DELETE FROM register_awaited WHERE {in}", "person_id", held)
    waiting = [
        (id_, tie.kind, tie.number, tie.since, tie.until)
        for id_, ties in told.items()
        for tie in ties
        if tie.number not in known
    ]
    insert(Awaited, ("person", "kind", "number", "since", "until"), waiting)
    died = {work.id: work.line.died for work in works}
    changed: set[UUID] = set()
    for kind in _TABLES:
        wanted = {id_: dict(_capped(kind, ties, known, died[id_])) for id_, ties in told.items()}
        changed |= _follow(kind, wanted, held, as_of)
    return changed | _marriages(works, known, as_of) | _arrived(works, as_of)


def _is(kind: str, tie: Tie) -> bool:
    return tie.kind == kind or (kind == "mandate" and tie.kind in _SCOPES)


_Key = tuple[UUID, str, date]


def _capped(
    kind: str, ties: Iterable[Tie], known: Mapping[str, Held], died: date | None
) -> Iterable[tuple[_Key, date | None]]:
    """The ties of one kind as rows, by other person, scope and first day: ended by a death.

    Parents stay parents.
    """
    for tie in ties:
        other = known.get(tie.number)
        if other is None or not _is(kind, tie):
            continue
        days = [day for day in (tie.until, died, other.died) if day]
        until = None if kind == "parent" else min(days, default=None)
        if until is None or until > tie.since:
            yield (other.id, tie.kind, tie.since), until


def _follow(
    kind: str, wanted: Mapping[UUID, dict[_Key, date | None]], held: Sequence[UUID], as_of: date
) -> set[UUID]:
    """Make the rows of one table the wanted ones; both people of each that was changed."""
    model, own, other, tells = _TABLES[kind]
    diff, changed = _Diff(), set()
    rows = _rows(kind, held)
    for person, ties in wanted.items():
        there = rows.get(person, {})
        for key, until in ties.items():
            row = there.pop(key, None)
            if row is None:
                diff.begun.append((person, key[0], key[2], until, *([key[1]] if tells else [])))
            elif row[1] != until:
                diff.ended.append((row[0], until))
            else:
                continue
            changed |= {person, key[0]}
        for key, row in there.items():
            if _end(diff, row, key[2], kind, as_of):
                changed |= {person, key[0]}
    _write(model, (own, other, "since", "until", *([tells] if tells else [])), diff)
    return changed


def _end(diff: _Diff, row: tuple[int, date | None], since: date, kind: str, as_of: date) -> bool:
    """End a row that is not told any more; what was over before is history, and stays."""
    id_, until = row
    if until is not None and until <= as_of:
        return False
    if kind == "parent" or since >= as_of:
        diff.deleted.append(id_)
    else:
        diff.ended.append((id_, as_of))
    return True


def _rows(kind: str, people: Sequence[UUID]) -> dict[UUID, dict[_Key, tuple[int, date | None]]]:
    model, own, other, tells = _TABLES[kind]
    what = tells or f"'{kind}'"
    more = " AND kind = 'parent'" if kind == "parent" else ""
    sql = (
        f"SELECT {own}_id, {other}_id, {what}, since, until, id"  # noqa: S608 (our own words)
        f" FROM {model._meta.db_table} WHERE {{in}}{more}"
    )
    found: dict[UUID, dict[_Key, tuple[int, date | None]]] = defaultdict(dict)
    for person, whom, word, since, until, id_ in where_in(sql, f"{own}_id", people):
        key = (as_uuid(whom), word, as_date(since))
        found[as_uuid(person)][key] = (id_, as_date(until) if until else None)
    return found


def _write(model: type[models.Model], fields: tuple[str, ...], diff: _Diff) -> None:
    table = model._meta.db_table
    where_in(f"DELETE FROM {table} WHERE {{in}}", "id", diff.deleted, "bigint")  # noqa: S608
    update(model, "id", ("until",), diff.ended)
    insert(model, fields, diff.begun, new_only=True)


# ---- marriages: one row for two people, whose lines both tell of it

_COUPLES = """
    SELECT id, person_id, other_id, since, until FROM register_relation
    WHERE kind = 'spouse' AND {in}
"""


def _marriages(works: Sequence[Work], known: Mapping[str, Held], as_of: date) -> set[UUID]:
    ids = [work.id for work in works]
    rows = where_in(_COUPLES, "person_id", ids) + where_in(_COUPLES, "other_id", ids)
    there: dict[UUID, dict[int, tuple[UUID, date, date | None]]] = defaultdict(dict)
    for id_, one, other, since, until in rows:
        days = as_date(since), as_date(until) if until else None
        there[as_uuid(one)][id_] = (as_uuid(other), *days)
        there[as_uuid(other)][id_] = (as_uuid(one), *days)
    diff, changed, begun = _Diff(), set(), set()
    for work in works:
        spouse = work.line.spouse
        whom = known.get(spouse.identity_number) if spouse else None
        kept = _kept(work, whom, there[work.id]) if spouse and whom else None
        if whom and spouse and kept is None and frozenset((work.id, whom.id)) not in begun:
            begun.add(frozenset((work.id, whom.id)))
            until = min((d for d in (work.line.died, whom.died) if d), default=None)
            if until is None or until > spouse.since:
                diff.begun.append((work.id, whom.id, spouse.since, until, "spouse"))
                changed |= {work.id, whom.id}
        for id_, (other, since, until) in there[work.id].items():
            if id_ != kept and until is None:
                day = min(work.line.civil_status_since or as_of, work.line.died or as_of)
                if since < day:
                    diff.ended.append((id_, day))
                else:
                    diff.deleted.append(id_)
                changed |= {work.id, other}
    _write(Relation, ("person", "other", "since", "until", "kind"), diff)
    return changed


def _kept(
    work: Work, whom: Held, there: Mapping[int, tuple[UUID, date, date | None]]
) -> int | None:
    """The row that already holds this marriage, open, or ended by a death that is told."""
    for id_, (other, _, until) in there.items():
        if other != whom.id:
            continue
        if until is None or until in (work.line.died, whom.died):
            return id_
    return None


# ---- those who were waited for

_WAITED_FOR = """
    SELECT a.id, a.person_id, p.died, a.kind, a.number, a.since, a.until
    FROM register_awaited a JOIN register_person p ON p.id = a.person_id WHERE {in}
"""


def _arrived(works: Sequence[Work], as_of: date) -> set[UUID]:
    """Relations of others to those who have come, or have got the number they are known by."""
    whose = {
        number: work
        for work in works
        for number in (work.line.identity_number, *work.line.previous_numbers)
        if not work.held or work.held.number != work.line.identity_number
    }
    found = where_in(_WAITED_FOR, "a.number", whose, "text")
    changed: set[UUID] = set()
    diffs = {kind: _Diff() for kind in (*_TABLES, "spouse")}
    for _, person, died, kind, number, since, until in found:
        work, one = whose[number], as_uuid(person)
        table = "mandate" if kind in _SCOPES else kind
        days = [as_date(day) for day in (until, died, work.line.died) if day]
        last = None if kind == "parent" else min(days, default=None)
        first = as_date(since)
        if one == work.id or (last is not None and last <= first):
            continue
        word = [] if kind == "guardian" else [kind]
        diffs[table].begun.append((one, work.id, first, last, *word))
        changed |= {one, work.id}
    married = _married([row[1] for row in diffs["spouse"].begun])
    diffs["spouse"].begun = [
        row for row in diffs["spouse"].begun if frozenset(row[:2]) not in married
    ]
    for kind, diff in diffs.items():
        model, own, other, tells = _TABLES.get(kind, (Relation, "person", "other", "kind"))
        _write(model, (own, other, "since", "until", *([tells] if tells else [])), diff)
    where_in("DELETE FROM register_awaited WHERE {in}", "id", [row[0] for row in found], "bigint")
    return changed


def _married(people: Sequence[UUID]) -> set[frozenset[UUID]]:
    rows = where_in(_COUPLES, "person_id", people) + where_in(_COUPLES, "other_id", people)
    return {frozenset((as_uuid(row[1]), as_uuid(row[2]))) for row in rows if row[4] is None}
