"""People as the rest of the house sees them, read as lean rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allting.identity.api import Actor
from allting.kernel.api import as_date, as_uuid, marks, rows
from allting.register.access import Errand, Matter, may_see_whereabouts
from allting.register.rules import one_line


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Who someone is. Where they are and how to reach them is None when `withheld` or unknown."""

    id: UUID
    name: str
    given_name: str
    surname: str
    identity_number: str
    birth_date: date
    protected: bool
    withheld: bool
    address: str | None = None
    municipality_code: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str = "sv"


@dataclass(frozen=True, slots=True)
class Found:
    """A person's row, before anyone has decided what may be shown of it."""

    id: UUID
    identity_number: str
    given_name: str
    surname: str
    birth_date: date
    civil_status: str
    street: str
    postcode: str
    city: str
    municipality_code: str
    protection: str
    email: str
    phone: str
    language: str
    registered_since: date | None
    died: date | None
    household: UUID | None
    guarded: bool

    @property
    def protected(self) -> bool:
        """Any kind of protection."""
        return self.protection != "none"

    @property
    def address(self) -> str | None:
        """Street, postcode and city on one line."""
        return one_line(self.street, self.postcode, self.city)


COLUMNS = """
    p.id, p.identity_number, p.given_name, p.surname, p.birth_date, p.civil_status, p.street,
    p.postcode, p.city, p.municipality_code, p.protection, p.email, p.phone, p.language,
    p.registered_since, p.died
"""
HOUSEHOLD = """
    (SELECT m.household_id FROM register_membership m
     WHERE m.person_id = p.id AND m.since <= %s AND (m.until IS NULL OR m.until > %s) LIMIT 1)
"""
GUARDED = """
    EXISTS (SELECT 1 FROM register_guardianship g
            WHERE g.child_id = p.id AND g.guardian_id = %s AND g.since <= %s AND g.until > %s)
"""


def people(ids: Iterable[UUID], *, seen_by: UUID | None, as_of: date) -> dict[UUID, Found]:
    """The people with these ids, in one query, with their household and whether `seen_by` answers
    for them as a guardian on that day."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    found = rows(
        f"SELECT {COLUMNS}, {HOUSEHOLD}, {GUARDED} FROM register_person p"  # noqa: S608
        f" WHERE p.id IN ({marks(wanted)})",
        [as_of, as_of, seen_by or UUID(int=0), as_of, as_of, *wanted],
    )
    people = [found_from(row) for row in found]
    return {person.id: person for person in people}


def found_from(row: tuple[Any, ...]) -> Found:
    """A person from a row of COLUMNS, HOUSEHOLD and GUARDED."""
    id_, number, given, surname, born, *rest, came, died, home, guarded = row
    days = (as_date(day) if day else None for day in (came, died))
    lives = as_uuid(home) if home else None
    return Found(
        as_uuid(id_), number, given, surname, as_date(born), *rest, *days, lives, bool(guarded)
    )  # type: ignore[call-arg]


def matter(
    actor: Actor, person: Found, *, home: UUID | None = None, errand: Errand | None = None
) -> Matter:
    """The person as the access rules see them; `home` is the actor's own household."""
    return Matter(
        is_self=actor.person == person.id,
        is_guarded=person.guarded,
        same_home=home is not None and person.household == home,
        protected=person.protected,
        errand=errand,
    )


def card_of(actor: Actor, person: Found, seen: Matter) -> PersonCard:
    """The card that this actor may see."""
    open_ = may_see_whereabouts(actor, seen)
    return PersonCard(
        id=person.id,
        name=f"{person.given_name} {person.surname}",
        given_name=person.given_name,
        surname=person.surname,
        identity_number=person.identity_number,
        birth_date=person.birth_date,
        protected=person.protected,
        withheld=not open_,
        address=person.address if open_ else None,
        municipality_code=(person.municipality_code or None) if open_ else None,
        email=(person.email or None) if open_ else None,
        phone=(person.phone or None) if open_ else None,
        language=person.language,
    )
