"""Everything that is held about whoever asks: each fact with its source, day and purpose."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor, person_of
from allting.kernel.api import as_date, rows
from allting.register.access import Errand, may_see_whereabouts
from allting.register.looks import Look, log
from allting.register.people import matter, people
from allting.register.rules import one_line
from allting.register.stated import Value, from_stored

MOST = 300  # stated facts shown; nobody has so many
_OWN = """
    SELECT p.identity_number, p.given_name, p.surname, p.birth_date, p.sex, p.civil_status,
        p.protection, p.municipality_code, p.registered_since, p.street, p.postcode, p.city,
        p.email, p.phone, p.language, o.source, o.as_of
    FROM register_person p LEFT JOIN register_origin o ON o.person_id = p.id WHERE p.id = %s
"""
_HOMES = """
    SELECT street, postcode, city, since, until FROM register_residence WHERE person_id = %s
    ORDER BY since DESC, id DESC
"""
_TIES = """
    SELECT 'lives-with', q.id, q.given_name, q.surname, q.protection, n.since, n.until
    FROM register_membership m JOIN register_membership n ON n.household_id = m.household_id
    JOIN register_person q ON q.id = n.person_id WHERE m.person_id = %s AND n.person_id <> %s
    AND m.until IS NULL AND n.until IS NULL
    UNION ALL SELECT 'guardian', q.id, q.given_name, q.surname, q.protection, g.since, g.until
    FROM register_guardianship g JOIN register_person q ON q.id = g.guardian_id
    WHERE g.child_id = %s AND q.id <> %s
    UNION ALL SELECT 'child', q.id, q.given_name, q.surname, q.protection, g.since, g.until
    FROM register_guardianship g JOIN register_person q ON q.id = g.child_id
    WHERE g.guardian_id = %s AND q.id <> %s
    UNION ALL SELECT CASE WHEN r.kind = 'spouse' THEN 'spouse' ELSE 'parent' END, q.id,
        q.given_name, q.surname, q.protection, r.since, r.until FROM register_relation r
    JOIN register_person q ON q.id = r.other_id WHERE r.person_id = %s AND q.id <> %s
    UNION ALL SELECT CASE WHEN r.kind = 'spouse' THEN 'spouse' ELSE 'grown-child' END, q.id,
        q.given_name,
        q.surname, q.protection, r.since, r.until FROM register_relation r
    JOIN register_person q ON q.id = r.person_id WHERE r.other_id = %s AND q.id <> %s
    UNION ALL SELECT 'helper-' || m.scope, q.id, q.given_name, q.surname, q.protection,
        m.since, m.until
    FROM register_mandate m JOIN register_person q ON q.id = m.holder_id
    WHERE m.principal_id = %s AND q.id <> %s
    UNION ALL SELECT 'helps-' || m.scope, q.id, q.given_name, q.surname, q.protection,
        m.since, m.until
    FROM register_mandate m JOIN register_person q ON q.id = m.principal_id
    WHERE m.holder_id = %s AND q.id <> %s
"""
_STATED = """
    SELECT 'person', f.name, f.type, f.value, f.source, f.at, f.purpose, f.id
    FROM register_declaredfact f WHERE f.person_id = %s
    UNION ALL SELECT 'household', f.name, f.type, f.value, f.source, f.at, f.purpose, f.id
    FROM register_membership m JOIN register_declaredfact f ON f.household_id = m.household_id
    WHERE m.person_id = %s AND m.until IS NULL
    ORDER BY 6 DESC, 8 DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Home:
    """Where someone is, or was, registered."""

    address: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody else, as far as they are known to be related; no name of who is protected and
    does not live in the same home."""

    kind: str
    name: str | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class StatedHeld:
    """A fact that was declared or decided."""

    about: str  # person or household
    name: str
    value: Value
    source: str
    at: date
    purpose: str


@dataclass(frozen=True, slots=True)
class Holding:
    """All of it. `own` is the person's own row by name; `source` and `as_of` tell where the facts
    of the population register come from, where they come from an extract."""

    own: dict[str, Any]
    source: str | None
    as_of: date | None
    homes: tuple[Home, ...]
    related: tuple[Related, ...]
    stated: tuple[StatedHeld, ...]


_NAMES = ("identity_number", "given_name", "surname", "birth_date", "sex", "civil_status",
          "protection", "municipality_code", "moved_in", "street", "postcode", "city", "email",
          "phone", "language")  # fmt: skip


def held_about(actor: Actor) -> Holding:
    """What is held about the actor; raises PermissionDenied for whom the register does not know."""
    me = person_of(actor)
    found = rows(_OWN, [me])
    if not found:
        raise PermissionDenied("the register does not know whoever asks")
    *row, source, as_of = found[0]
    own = dict(zip(_NAMES, row, strict=True))
    log(actor, [Look(me.hex, own["protection"] != "none")], "what is held", None)
    for name in ("birth_date", "moved_in"):
        own[name] = as_date(own[name]) if own[name] else None
    street, postcode, city = (own.pop(name) for name in ("street", "postcode", "city"))
    own["address"] = one_line(street, postcode, city)
    return Holding(
        own,
        source,
        as_date(as_of) if as_of else None,
        _homes(me),
        _related(me),
        tuple(
            StatedHeld(about, name, from_stored(type_, value), told, as_date(at), purpose)
            for about, name, type_, value, told, at, purpose, _ in rows(_STATED, [me, me, MOST])
        ),
    )


def _homes(me: UUID) -> tuple[Home, ...]:
    return tuple(
        Home(one_line(*at) or "", as_date(since), as_date(until) if until else None)
        for *at, since, until in rows(_HOMES, [me])
    )


def _related(me: UUID) -> tuple[Related, ...]:
    found = rows(_TIES, [me] * _TIES.count("%s"))
    at_home = {id_ for kind, id_, *_ in found if kind == "lives-with"}
    return tuple(
        Related(
            kind,
            f"{given} {surname}".strip() if protection == "none" or id_ in at_home else None,
            as_date(since),
            as_date(until) if until else None,
        )
        for kind, id_, given, surname, protection, since, until in found
    )


def lived_at(
    actor: Actor, person: UUID, *, on: date, purpose: str, errand: Errand | None = None
) -> str | None:
    """Where someone was registered on a day, on one line, or None if that is not known.

    Raises PermissionDenied for anyone who may not see where this person is.
    """
    found = people(
        [person, *([actor.person] if actor.person else [])], seen_by=actor.person, as_of=on
    )
    me = found.get(actor.person) if actor.person else None
    home = me.household if me else None
    whom = found.get(person)
    if whom is None or not may_see_whereabouts(
        actor, matter(actor, whom, home=home, errand=errand)
    ):
        raise PermissionDenied("where this person is may not be read by whoever asks")
    log(actor, [Look(person.hex, whom.protected)], purpose, errand)
    sql = (
        "SELECT street, postcode, city FROM register_residence WHERE person_id = %s"
        " AND since <= %s AND (until IS NULL OR until > %s)"
    )
    lived = rows(sql, [person, on, on])
    return one_line(*lived[0]) if lived else None
