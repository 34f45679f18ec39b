"""Plain rows in and out of both databases, where Django's objects would cost more than the work.

PostgreSQL has types for ids, days, moments and JSON; SQLite keeps them as text. Statements are
written once, with `%s` for every value.
"""

import json
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from allting.kernel import direct
from allting.kernel.direct import Row

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Conversion = Callable[[Any], Any]


class _Here(threading.local):
    """This thread's connection: Django's way to it goes through many hands."""

    database: BaseDatabaseWrapper | None = None


_here = _Here()


def _database() -> BaseDatabaseWrapper:
    found = _here.database
    if found is None:
        found = _here.database = connections["default"]
    return found


def rows(sql: str, values: Collection[Any] = ()) -> list[Row]:
    """What a query gives."""
    database = _database()
    if direct.is_possible(database):
        return direct.rows(database, sql, all_stored(values))
    with database.cursor() as cursor:
        cursor.execute(sql, all_stored(values))
        found: list[Row] = cursor.fetchall()
    return found


def bundle(columns: str, query: str, values: Sequence[Any] = ()) -> str:
    """`columns` of what a query gives, all rows as one text: `[["a", 1], ["b", 2]]`.

    At every row that is fetched by itself another thread may take over, and waiting to get the
    word back costs more than the row. A text comes at once; and where texts are equal, what was
    made of one holds for the other. Ids and days are written as this database writes them.
    """
    found: str = rows(_bundled(columns, query), values)[0][0]
    return found


@lru_cache(maxsize=256)
def _bundled(columns: str, query: str) -> str:
    # the words are our own; every value is a parameter
    if connection.vendor == "sqlite":
        return f"SELECT json_group_array(json_array({columns})) FROM ({query})"  # noqa: S608
    gathered = f"json_agg(json_build_array({columns}))::text"
    return f"SELECT coalesce({gathered}, '[]') FROM ({query}) AS found"  # noqa: S608


def among(column: str, ids: Iterable[str]) -> tuple[str, str]:
    """A condition that the UUID in `column` is one of `ids` (32 digits each), and its one value.

    The statement is the same however many there are, so the database knows it already.
    """
    if connection.vendor == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(ids))  # noqa: S608
    return f"{column} = ANY(%s::uuid[])", f"{{{','.join(ids)}}}"


def run(sql: str, values: Collection[Any] = ()) -> int:
    """Run a statement that changes rows; how many. Call it inside `write()`."""
    database = _database()
    if direct.is_possible(database):
        return direct.run(database, sql, all_stored(values))
    with database.cursor() as cursor:
        cursor.execute(sql, all_stored(values))
        return int(cursor.rowcount)


def insert(table: str, values: Mapping[str, Any], *, unique: str = "", key: str = "id") -> Any:
    """Add one row and give its `key`; None, and nothing added, if its `unique` is there already.

    Every column that may not be null must be among `values`: the defaults of Django's models are
    Django's. Call it inside `write()`.
    """
    found = rows(_insertion(table, tuple(values), unique, key), values.values())
    return found[0][0] if found else None


def add(table: str, values: Mapping[str, Any], *, unique: str = "") -> bool:
    """The same where nobody needs the key, for less: whether the row was added."""
    return bool(run(_insertion(table, tuple(values), unique, ""), values.values()))


@lru_cache(maxsize=256)
def _insertion(table: str, columns: tuple[str, ...], unique: str, key: str) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    conflict = f" ON CONFLICT ({unique}) DO NOTHING" if unique else ""
    # the words are our own; every value is a parameter
    into = f"INSERT INTO {table} ({named}) VALUES ({marks(columns)})"  # noqa: S608
    return f"{into}{conflict} RETURNING {key}" if key else f"{into}{conflict}"


def one(model: type[M], key: Any) -> M | None:
    """The whole row with this primary key as Django's object; its statement is made once."""
    names, sql, conversions = _reading(model)
    found = rows(sql, [key])
    if not found:
        return None
    values = list(found[0])
    for at, convert in conversions:
        values[at] = convert(values[at])
    made: M = model.from_db("default", names, values)
    return made


@lru_cache(maxsize=64)
def _reading(model: type[Model]) -> tuple[list[str], str, list[tuple[int, Conversion]]]:
    table, fields = model._meta.db_table, model._meta.concrete_fields
    conversions: list[tuple[int, Conversion]] = []
    for at, field in enumerate(fields):
        column = field.get_col(table)
        found = (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
        read = {"expression": column, "connection": connection}
        conversions += [(at, partial(convert, **read)) for convert in found]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    sql = f'SELECT {columns} FROM {table} WHERE "{model._meta.pk.column}" = %s'  # noqa: S608
    return [field.attname for field in fields], sql, conversions


def marks(values: Sequence[object]) -> str:
    """The places for `values` in a statement, as in `IN (…)`.

    >>> marks(["a", "b"])
    '%s, %s'
    """
    return ", ".join(["%s"] * len(values))


def in_slices(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """The values some at a time, for statements that can name only so many.

    >>> list(in_slices("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    every = list(values)
    return (every[at : at + size] for at in range(0, len(every), size))


# ---- values on their way in


def stored(value: Any) -> Any:
    """A value as this database takes it."""
    convert = _conversions().get(type(value))
    return convert(value) if convert else value


def all_stored(values: Iterable[Any]) -> list[Any]:
    """Each of `values` as this database takes it."""
    conversions = _conversions()
    return [
        convert(value) if (convert := conversions.get(type(value))) else value for value in values
    ]


@lru_cache(maxsize=1)
def _conversions() -> Mapping[type, Callable[[Any], Any]]:
    """What becomes of the values of a type; a process has one kind of database."""
    if connection.vendor != "sqlite":
        return {dict: _json, list: _json}
    return {dict: _json, list: _json, UUID: _hex, date: date.isoformat, datetime: _naive}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _hex(value: UUID) -> str:
    return value.hex


def _naive(value: datetime) -> str:
    """In UTC, which SQLite does not say; as Django writes it.

    >>> _naive(datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    '2026-11-23 08:30:00'
    """
    if value.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {value}")
    here = value if value.tzinfo is UTC else value.astimezone(UTC)
    return here.isoformat(" ")[:-6]  # without the +00:00


# ---- values on their way out


def as_uuid(value: Any) -> UUID:
    """An id read from a row."""
    return value if isinstance(value, UUID) else UUID(value)


def as_date(value: Any) -> date:
    """A day read from a row."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def as_moment(value: Any) -> datetime:
    """A moment read from a row, in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def as_json(value: Any) -> Any:
    """Plain values read from a JSON column."""
    return json.loads(value) if isinstance(value, str) else value
