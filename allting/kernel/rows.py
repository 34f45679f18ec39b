"""New rows at the price of their INSERT, where many are made while someone waits.

Django's `save()` builds its statement anew each time, which costs several times the statement.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, models

Convert = Callable[[Any], Any]


class _Plan(NamedTuple):
    """How rows of one table are written on one kind of database."""

    statement: str
    columns: tuple[tuple[str, Convert | None], ...]  # the attribute, and how it is stored

    def values(self, row: models.Model) -> list[Any]:
        """What of `row` goes into the statement."""
        found = []
        for name, convert in self.columns:
            value = getattr(row, name)
            found.append(value if convert is None or value is None else convert(value))
        return found


def add(row: models.Model) -> None:
    """Insert a new row, and give it the id that the database chooses if it has none.

    Like `save(force_insert=True)` but without signals. Call it inside `write()`.
    """
    numbered = row.pk is None
    plan = _plan(type(row), connection.vendor, numbered=numbered)
    with connection.cursor() as cursor:
        cursor.execute(plan.statement, plan.values(row))
        if numbered:
            row.pk = cursor.fetchone()[0]


def add_once(row: models.Model, unique: str) -> bool:
    """Insert a new row unless one has the same value in the field `unique`; whether it did."""
    plan = _plan(type(row), connection.vendor, unique=unique)
    with connection.cursor() as cursor:
        cursor.execute(plan.statement, plan.values(row))
        return bool(cursor.rowcount)


@lru_cache(maxsize=256)
def _plan(
    table: type[models.Model], vendor: str, *, numbered: bool = False, unique: str = ""
) -> _Plan:
    quoted = connection.ops.quote_name
    by_name = {
        f.attname: f for f in table._meta.concrete_fields if not (numbered and f.primary_key)
    }
    names = ", ".join(quoted(str(f.column)) for f in by_name.values())
    marks = ", ".join(["%s"] * len(by_name))
    statement = f"INSERT INTO {quoted(table._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    if unique:
        statement += f" ON CONFLICT ({quoted(str(by_name[unique].column))}) DO NOTHING"
    if numbered:
        statement += f" RETURNING {quoted(str(table._meta.pk.column))}"
    return _Plan(statement, tuple((name, _stored(f, vendor)) for name, f in by_name.items()))


def _stored(field: models.Field[Any, Any], vendor: str) -> Convert | None:
    """What a value of the field becomes; None where it goes in as it is."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.JSONField):
        return _json
    if isinstance(kind, models.UUIDField) and vendor == "sqlite":
        return _hex
    if isinstance(kind, models.DateTimeField):
        return _moment
    if isinstance(kind, models.DateField) and vendor == "sqlite":
        return str
    return None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _hex(value: Any) -> str:
    text: str = value.hex
    return text


def _moment(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)
