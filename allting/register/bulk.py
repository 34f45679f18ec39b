"""Many rows at a time, by the means of each database: arrays on PostgreSQL, one prepared statement
over and over on SQLite. Call these inside `write()`."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models

from allting.kernel.api import all_stored

AT_ONCE = 5_000
_NOT_PLAIN: set[type] = {UUID, date, datetime, dict, list}
Row = Sequence[object]


def insert(
    model: type[models.Model],
    fields: Iterable[str],
    rows: Iterable[Row],
    *,
    new_only: bool = False,
) -> None:
    """Insert plain rows; `fields` names the model's fields in their order.

    With `new_only`, what is there already is passed by.
    """
    sql = _insertion(model, tuple(fields), new_only, connection.vendor)
    _each(sql, rows)


def update(model: type[models.Model], key: str, fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Change plain rows, each with its `key` first and then the values of `fields`."""
    sql = _change(model, key, tuple(fields), connection.vendor)
    if connection.vendor == "sqlite":  # the key comes last in the statement
        rows = ((*row[1:], row[0]) for row in rows)
    _each(sql, rows)


def counted(*tables: type[models.Model]) -> None:
    """Let PostgreSQL see how much the tables hold now; else it plans as if they held as before.

    It looks for itself within a minute or so, but a question may come sooner, and take minutes.
    """
    if connection.vendor == "postgresql":
        names = ", ".join(f'"{table._meta.db_table}"' for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def where_in(
    sql: str, column: str, values: Collection[object], kind: str = "uuid"
) -> list[tuple[Any, ...]]:
    """The rows of a query whose `column` is one of `values`; `{in}` stands for that condition.

    The statement is the same however many there are.
    """
    if not values:
        return []
    wanted: Any = list(values)
    if connection.vendor == "sqlite":
        condition = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        wanted = _json_list(wanted)
    else:
        condition = f"{column} = ANY(%s::{kind}[])"
    number = sql.count("{in}")
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{in}", condition), [wanted] * number)
        return list(cursor.fetchall()) if cursor.description else []


def _json_list(values: list[object]) -> str:
    return json.dumps(all_stored(values))


def _each(sql: str, rows: Iterable[Row]) -> None:
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, AT_ONCE)):
            if connection.vendor == "sqlite":
                cursor.executemany(sql, _stored(batch))  # type: ignore[arg-type]
            else:
                cursor.execute(sql, [list(column) for column in zip(*batch, strict=True)])


def _stored(batch: list[Row]) -> list[Row]:
    """The rows as the database takes them; a column at a time, as most need nothing."""
    return list(zip(*(_column_stored(column) for column in zip(*batch, strict=True)), strict=True))


def _column_stored(column: Row) -> Row:
    return all_stored(column) if set(map(type, column)) & _NOT_PLAIN else column


@lru_cache(maxsize=64)
def _insertion(
    model: type[models.Model], fields: tuple[str, ...], new_only: bool, vendor: str
) -> str:
    columns = ", ".join(f'"{_column(model, name)}"' for name in fields)
    ignore = " ON CONFLICT DO NOTHING" if new_only else ""
    into = f'INSERT INTO "{model._meta.db_table}" ({columns})'
    if vendor == "sqlite":
        return f"{into} VALUES ({', '.join(['%s'] * len(fields))}){ignore}"
    return f"{into} SELECT * FROM unnest({_arrays(model, fields)}){ignore}"  # noqa: S608


@lru_cache(maxsize=64)
def _change(model: type[models.Model], key: str, fields: tuple[str, ...], vendor: str) -> str:
    table, own = model._meta.db_table, _column(model, key)
    columns = [_column(model, name) for name in fields]
    if vendor == "sqlite":
        values = ", ".join(f'"{column}" = %s' for column in columns)
        return f'UPDATE "{table}" SET {values} WHERE "{own}" = %s'  # noqa: S608 (our own words)
    values = ", ".join(f'"{column}" = v."{column}"' for column in columns)
    named = ", ".join(f'"{column}"' for column in (own, *columns))
    arrays = _arrays(model, (key, *fields))
    return (
        f'UPDATE "{table}" t SET {values} FROM unnest({arrays}) AS v({named})'  # noqa: S608
        f' WHERE t."{own}" = v."{own}"'
    )


def _arrays(model: type[models.Model], fields: tuple[str, ...]) -> str:
    return ", ".join(f"%s::{_type(model, name)}[]" for name in fields)


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]


def _type(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    found = field.rel_db_type(connection) if field.is_relation else field.db_type(connection)  # type: ignore[union-attr]
    return str(found).partition("(")[0]  # a cast to varchar(12) would cut silently
