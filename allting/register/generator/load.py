"""Rows into tables, many at a time."""

from collections.abc import Iterable
from itertools import islice

from django.db import connection, models

from allting.kernel.api import all_stored, write
from allting.register.generator.population import Population
from allting.register.models import DeclaredFact, Guardianship, Household, Membership, Person

_AT_ONCE = 5_000
PERSON = ("id", "identity_number", "given_name", "surname", "birth_date", "sex", "civil_status",
          "street", "postcode", "city", "municipality_code", "protection", "email", "phone",
          "language")  # fmt: skip


def load(made: Population) -> None:
    """Put a population into the register, in one transaction."""
    with write():
        insert(Person, PERSON, made.people)
        insert(Household, ("id",), made.households)
        insert(Membership, ("person", "household", "since", "until"), made.memberships)
        insert(Guardianship, ("child", "guardian", "since", "until"), made.guardianships)
        names = ("person", "household", "name", "value", "source", "at")
        insert(DeclaredFact, names, made.facts)


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
