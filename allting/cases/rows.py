"""Plain rows in and out of both databases, where Django's objects would cost more than the work."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection


def rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def insert(table: str, values: Mapping[str, Any], *, unique: str = "", key: str = "id") -> Any:
    """Add one row and give its `key`; None, and nothing added, if its `unique` is there already."""
    sql = _insertion(table, tuple(values), unique, key)
    with connection.cursor() as cursor:
        cursor.execute(sql, [stored(value) for value in values.values()])
        found = cursor.fetchone()
    return found[0] if found else None


@lru_cache(maxsize=64)
def _insertion(table: str, columns: tuple[str, ...], unique: str, key: str) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    conflict = f" ON CONFLICT ({unique}) DO NOTHING" if unique else ""
    # the words are our own; every value is a parameter
    return f"INSERT INTO {table} ({named}) VALUES ({marks}){conflict} RETURNING {key}"  # noqa: S608


def stored(value: Any) -> Any:
    """A value as this database stores it."""
    if isinstance(value, UUID):
        return uuid_in(value)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return json.dumps(value) if isinstance(value, dict) else value


def uuid_in(id: UUID) -> Any:
    """An id as the database takes it: PostgreSQL has a type for it, SQLite stores 32 digits."""
    return id if connection.features.has_native_uuid_field else id.hex


def uuid_out(value: Any) -> UUID:
    """An id as a row gives it."""
    return value if isinstance(value, UUID) else UUID(value)


def day_out(value: Any) -> date:
    """A day as a row gives it; SQLite gives text where it does not know the column."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value[:10])
