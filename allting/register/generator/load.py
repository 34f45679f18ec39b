"""Rows into tables, many at a time."""

from collections.abc import Iterable
from itertools import islice

from django.db import connection, models

from allting.kernel.api import all_stored, write
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

_AT_ONCE = 5_000
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


def insert(
    model: type[models.Model], fields: Iterable[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert plain rows; `fields` names the model's fields in their order."""
    quote = connection.ops.quote_name
    columns = [str(model._meta.get_field(name).column) for name in fields]  # type: ignore[union-attr]
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"  # noqa: S608
        f" VALUES ({', '.join(['%s'] * len(columns))})"
    )
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, _AT_ONCE)):
            cursor.executemany(sql, [all_stored(row) for row in batch])
