"""For tests of this room and those above: a few people one can tell apart."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from allting.identity.api import Actor, Role
from allting.register.models import Guardianship, Household, Membership, Person
from allting.register.numbers import TestNumbers
from allting.register.rules import years_after

_numbers = TestNumbers()


def numbers_anew() -> None:
    """Begin the test numbers again: a test's people are gone, and what they had can be given."""
    global _numbers
    _numbers = TestNumbers()


def person(given: str, born: date, *, sex: str = "f", **more: str) -> Person:
    """A person registered in municipality 2599, with a test number of their own."""
    values = {
        "surname": "Berg",
        "civil_status": "unmarried",
        "street": "Storgatan 1",
        "postcode": "999 01",
        "city": "Solvik",
        "municipality_code": "2599",
    } | more
    number = values.pop("identity_number", "") or _numbers.give(born, sex)
    return Person.objects.create(
        identity_number=number, given_name=given, birth_date=born, sex=sex, **values
    )


def home(*people: Person) -> Household:
    """Let these people live together since they were born."""
    household = Household.objects.create()
    for someone in people:
        Membership.objects.create(person=someone, household=household, since=someone.birth_date)
    return household


def guard(child: Person, *guardians: Person) -> None:
    """Let these people answer for the child until it is 18."""
    for guardian in guardians:
        Guardianship.objects.create(
            child=child,
            guardian=guardian,
            since=child.birth_date,
            until=years_after(child.birth_date, 18),
        )


def actor(someone: Person | None, *roles: tuple[str, str], account: UUID | None = None) -> Actor:
    """Someone signed in as this person (or as nobody the register knows) with these roles."""
    return Actor(
        account=account or (someone.id if someone else uuid4()),
        person=someone.id if someone else None,
        name=f"{someone.given_name} {someone.surname}" if someone else "Okänd",
        identity_number=someone.identity_number if someone else None,
        assurance="http://id.elegnamnden.se/loa/1.0/loa3",
        roles=tuple(Role(name, board) for name, board in roles),
    )


@dataclass(frozen=True, slots=True)
class Family:
    """A mother and a father who live apart, their two children with the mother, and others."""

    mother: Person
    father: Person
    baby: Person
    sister: Person
    stranger: Person


def family(**of_the_baby: str) -> Family:
    """The family on 1 November 2026: the baby is one, the sister four."""
    mother = person("Maja", date(1992, 4, 3), email="maja@epost.example", phone="+46701740605")
    father = person("Omar", date(1990, 1, 9), sex="m", street="Nygatan 2")
    baby = person("Nils", date(2025, 5, 20), sex="m", **of_the_baby)
    sister = person("Elsa", date(2022, 2, 11))
    stranger = person("Gun", date(1950, 7, 7), sex="f")
    home(mother, baby, sister)
    home(father)
    home(stranger)
    for child in (baby, sister):
        guard(child, mother, father)
    return Family(mother, father, baby, sister, stranger)
