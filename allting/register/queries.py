"""Guarded reads: each takes the actor, refuses who may not, and writes the access log first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from allting.identity.api import Actor, person_of
from allting.identity.ports import FoundPerson
from allting.kernel.api import as_uuid, rows, today
from allting.register.access import Errand, Matter, may_read
from allting.register.families import homes
from allting.register.looks import Look, log
from allting.register.models import AccessLog, Guardianship
from allting.register.people import (
    COLUMNS,
    HOUSEHOLD,
    Found,
    PersonCard,
    card_of,
    found_from,
    matter,
    people,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach someone. A protected person is not reached by email or text unasked."""

    email: str | None
    phone: str | None
    language: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One row of the access log: who looked at whom, why, and how often that day."""

    person: UUID
    person_name: str
    reader_name: str
    by_yourself: bool
    board: str
    purpose: str
    case: str
    first_at: datetime
    last_at: datetime
    looks: int


def children_of(actor: Actor, *, as_of: date) -> tuple[PersonCard, ...]:
    """The children whom the actor answers for as a guardian on that day, the eldest first."""
    me = person_of(actor)
    found = rows(
        f"SELECT {COLUMNS}, {HOUSEHOLD}, 1,"  # noqa: S608
        " (SELECT m.household_id FROM register_membership m WHERE m.person_id = %s"
        "  AND m.since <= %s AND (m.until IS NULL OR m.until > %s) LIMIT 1)"
        " FROM register_guardianship g JOIN register_person p ON p.id = g.child_id"
        " WHERE g.guardian_id = %s AND g.since <= %s AND g.until > %s"
        " ORDER BY p.birth_date, p.id",
        [as_of, as_of, me, as_of, as_of, me, as_of, as_of],
    )
    children = [(found_from(row[:-1]), as_uuid(row[-1]) if row[-1] else None) for row in found]
    log(actor, [Look(c.id.hex, c.protected) for c, _ in children], "own children", None)
    return tuple(card_of(actor, c, matter(actor, c, home=home)) for c, home in children)


def own_home(actor: Actor) -> tuple[float, float] | None:
    """Latitude and longitude of the actor's own home, for themselves; None of a protected person,
    and where it is not known. The access log says that it was read."""
    me = person_of(actor)
    found = homes([me]).get(me)
    if found is not None:
        log(actor, [Look(me.hex, protected=False)], "nearest places", None)
    return found


def card(
    actor: Actor, person_id: UUID, *, purpose: str, errand: Errand | None = None
) -> PersonCard:
    """Who someone is, for themselves, their guardian, or an employee on an errand.

    Raises PermissionDenied for anyone else, and for a person who does not exist: the two are not
    to be told apart.
    """
    return people_cards(actor, [person_id], purpose=purpose, errand=errand)[person_id]


def people_cards(
    actor: Actor, ids: Sequence[UUID], *, purpose: str, errand: Errand | None = None
) -> dict[UUID, PersonCard]:
    """The cards of several people in one query; all of them may be read, or none is handed out."""
    found, seen = _read(actor, ids, purpose=purpose, errand=errand, as_of=today())
    return {id_: card_of(actor, found[id_], seen[id_]) for id_ in dict.fromkeys(ids)}


def _read(
    actor: Actor, ids: Sequence[UUID], *, purpose: str, errand: Errand | None, as_of: date
) -> tuple[dict[UUID, Found], dict[UUID, Matter]]:
    asked = [*ids, actor.person] if actor.person else list(ids)
    found = people(asked, seen_by=actor.person, as_of=as_of)
    me = found.get(actor.person) if actor.person else None
    home = me.household if me else None
    seen = {p.id: matter(actor, p, home=home, errand=errand) for p in found.values()}
    for id_ in ids:
        if id_ not in found or not may_read(actor, seen[id_]):
            raise PermissionDenied("this person may not be read by whoever asks")
    log(actor, [Look(id_.hex, found[id_].protected) for id_ in ids], purpose, errand)
    return found, seen


def is_guardian(person: UUID, child: UUID, as_of: date) -> bool:
    """Whether `person` answers for `child` on that day."""
    return bool(
        rows(
            "SELECT 1 FROM register_guardianship WHERE child_id = %s AND guardian_id = %s"
            " AND since <= %s AND until > %s",
            [child, person, as_of, as_of],
        )
    )


@dataclass(frozen=True, slots=True)
class ToTell:
    """Who else answers for a child; `withheld` where somebody's protection forbids to tell them."""

    people: tuple[UUID, ...]
    withheld: bool


def guardians_to_tell(child: UUID, *, besides: UUID, as_of: date) -> ToTell:
    """The guardians of a child but one; for sending, never for showing."""
    found = rows(
        "SELECT p.id, p.protection, 1 FROM register_guardianship g"
        " JOIN register_person p ON p.id = g.guardian_id"
        " WHERE g.child_id = %s AND g.since <= %s AND g.until > %s"
        " AND (p.died IS NULL OR p.died > %s)"
        " UNION SELECT p.id, p.protection, 0 FROM register_person p WHERE p.id IN (%s, %s)",
        [child, as_of, as_of, as_of, child, besides],
    )
    others = {as_uuid(id) for id, _, guardian in found if guardian} - {besides}
    return ToTell(tuple(sorted(others)), any(protection != "none" for _, protection, _ in found))


def other_guardians(actor: Actor, child: UUID, *, as_of: date) -> tuple[PersonCard, ...]:
    """Who else answers for the actor's child: names only, and nobody if the child is protected."""
    me = person_of(actor)
    found, _ = _read(actor, [child], purpose="other guardians", errand=None, as_of=as_of)
    if found[child].protected:
        return ()
    ids = [
        as_uuid(row[0])
        for row in rows(
            "SELECT guardian_id FROM register_guardianship WHERE child_id = %s"
            " AND guardian_id <> %s AND since <= %s AND until > %s ORDER BY guardian_id",
            [child, me, as_of, as_of],
        )
    ]
    others = people(ids, seen_by=None, as_of=as_of).values()
    return tuple(_name_only(p) for p in others if not p.protected)


def spouses_of(actor: Actor, *, as_of: date) -> tuple[PersonCard, ...]:
    """Whom the actor is married to: a name only, and nobody if either is protected."""
    me = person_of(actor)
    _read(actor, [me], purpose="spouse", errand=None, as_of=as_of)
    ids = [
        as_uuid(row[0])
        for row in rows(
            "SELECT CASE WHEN person_id = %s THEN other_id ELSE person_id END"
            " FROM register_relation WHERE kind = 'spouse' AND (person_id = %s OR other_id = %s)"
            " AND since <= %s AND (until IS NULL OR until > %s)",
            [me, me, me, as_of, as_of],
        )
    ]
    both = people([me, *ids], seen_by=None, as_of=as_of)
    if me not in both or both[me].protected:
        return ()
    return tuple(_name_only(both[id_]) for id_ in ids if id_ in both and not both[id_].protected)


def _name_only(person: Found) -> PersonCard:
    return PersonCard(
        id=person.id,
        name=f"{person.given_name} {person.surname}",
        given_name=person.given_name,
        surname=person.surname,
        identity_number="",
        birth_date=person.birth_date,
        protected=False,
        withheld=True,
    )


def contact_of(person_id: UUID) -> Contact | None:
    """How the municipality reaches this person; for sending, never for showing.

    Whoever has died is reached nowhere: those who are left should not hear their telephone.
    """
    found = rows(
        "SELECT email, phone, language, protection, died FROM register_person WHERE id = %s",
        [person_id],
    )
    if not found:
        return None
    email, phone, language, protection, died = found[0]
    if died is not None:
        email = phone = None
    return Contact(email or None, phone or None, language, protection != "none")


def find_person(identity_number: str) -> FoundPerson | None:
    """The person with this number of twelve digits, for whoever has just proved to be them."""
    found = rows(
        "SELECT id, given_name, surname FROM register_person"
        " WHERE identity_number = %s AND died IS NULL",
        [identity_number],
    )
    if not found:
        return None
    id_, given, surname = found[0]
    return FoundPerson(as_uuid(id_), f"{given} {surname}")


def person_by_number(
    actor: Actor, number: str, *, purpose: str, errand: Errand
) -> PersonCard | None:
    """Who has this number of twelve digits, for an employee on an errand; logged as read.

    None where nobody here has it. Raises PermissionDenied for whoever has no such errand.
    """
    found = find_person(number)
    return card(actor, found.person, purpose=purpose, errand=errand) if found else None


def access_log(actor: Actor, *, limit: int = 100, as_of: date | None = None) -> tuple[Read, ...]:
    """Who has read about the actor and the children they answer for, the latest first."""
    me = person_of(actor)
    day = as_of or today()
    children = Guardianship.objects.filter(guardian=me, since__lte=day, until__gt=day)
    found = (
        AccessLog.objects.filter(Q(person=me) | Q(person__in=children.values("child")))
        .order_by("-last_at", "-id")
        .values_list(
            "person_id", "person__given_name", "person__surname", "reader_name", "reader",
            "board", "purpose", "case", "first_at", "last_at", "looks",
        )
    )  # fmt: skip
    return tuple(_read_about(row, me) for row in found[:limit])


def _read_about(row: tuple[Any, ...], me: UUID) -> Read:
    person, given, surname, name, reader, *rest = row
    return Read(person, f"{given} {surname}", name, reader == me, *rest)
