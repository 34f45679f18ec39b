"""Plain rows in and out of both databases, for the pages that must be quick."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection


def uuid_in(id: UUID) -> Any:
    """An id as the database takes it: PostgreSQL has a type for it, SQLite stores 32 digits."""
    return id if connection.features.has_native_uuid_field else id.hex


def uuid_out(value: Any) -> UUID:
    """An id as a row gives it."""
    return value if isinstance(value, UUID) else UUID(value)


def json_in(value: Any) -> str:
    """Plain values as a JSON column takes them."""
    return json.dumps(value, ensure_ascii=False)


def json_out(value: Any) -> Any:
    """Plain values as a row gives them."""
    return json.loads(value) if isinstance(value, str) else value


def moment_in(value: datetime) -> Any:
    """A moment as the database takes it."""
    return connection.ops.adapt_datetimefield_value(value)


def moment_out(value: Any) -> datetime:
    """A moment as a row gives it; SQLite gives UTC without saying so, and sometimes as text."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)
