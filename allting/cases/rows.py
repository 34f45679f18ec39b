"""Plain rows in and out of both databases, for the queue."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


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


def rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
