"""Lean reads for the hot paths: rows as tuples, the same SQL on SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

Row = tuple[Any, ...]


def rows(sql: str, values: Sequence[Any]) -> list[Row]:
    """Run one SELECT. UUIDs and dates among `values` are written as the database wants them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [stored(value) for value in values])
        return list(cursor.fetchall())


def marks(values: Sequence[object]) -> str:
    """The placeholders of an `IN (…)`."""
    return ", ".join(["%s"] * len(values))


def stored(value: Any) -> Any:
    """`value` as this database stores it: SQLite has neither UUIDs nor dates of its own."""
    if connection.vendor != "sqlite":
        return value
    if isinstance(value, UUID):
        return value.hex
    if type(value) is date:
        return value.isoformat()
    return value


def as_uuid(value: object) -> UUID:
    """An id read from a row."""
    return value if isinstance(value, UUID) else UUID(str(value))


def as_date(value: object) -> date:
    """A date read from a row."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))
