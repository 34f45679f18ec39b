"""Rows into tables, many at a time."""

from allting.kernel.api import write
from allting.register.bulk import counted, insert
from allting.register.changes import note_everyone
from allting.register.generator.population import Population
from allting.register.models import (
    DeclaredFact,
    Guardianship,
    Household,
    Mandate,
    Membership,
    Person,
    Relation,
)

PERSON = ("id", "identity_number", "given_name", "surname", "birth_date", "sex", "civil_status",
          "street", "postcode", "city", "municipality_code", "protection", "email", "phone",
          "language", "registered_since", "died", "left", "lat", "lon")  # fmt: skip

FACT = ("person", "household", "name", "type", "value", "source", "at", "purpose")


def load(made: Population) -> None:
    """Put a population into the register, in one transaction."""
    with write():
        insert(Person, PERSON, made.people)
        insert(Household, ("id",), made.households)
        insert(Membership, ("person", "household", "since", "until"), made.memberships)
        insert(Guardianship, ("child", "guardian", "since", "until"), made.guardianships)
        insert(Relation, ("person", "other", "kind", "since", "until"), made.relations)
        insert(Mandate, ("principal", "holder", "scope", "since", "until"), made.mandates)
        insert(DeclaredFact, FACT, [(*fact, "") for fact in made.facts])
        note_everyone("generated")
        counted(Person, Membership, Guardianship, Relation, DeclaredFact)
