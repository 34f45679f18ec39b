"""PostgreSQL asked through psycopg's libpq, with statements that it has read and planned before.

A statement that comes for the third time on a connection is prepared there. libpq then waits for
the answer by itself, and only once gives other threads the word: psycopg's cursors do so several
times, and each time the thread has to wait to get it back.

A pooler that gives every transaction another connection must know of prepared statements
(PgBouncer does from 1.21 on); for others, `?prepare=no` in ALLTING_DATABASE turns them off.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from psycopg import Connection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import FeatureNotSupported, OperationalError, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

OFTEN = 3
MOST = 300  # prepared on one connection; each takes memory in its server process
NOTED = 2_000  # counted until they come often
_VALUE = re.compile(r"(?<!%)%s")
_GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)

Key = tuple[str, tuple[int, ...]]  # a statement and the types of its values


class _Statements:
    """What one connection has been asked, and under which names it has it ready."""

    def __init__(self) -> None:
        self._times: Counter[Key] = Counter()
        self._names: dict[Key, bytes] = {}
        self._most = MOST if settings.DATABASES["default"].get("PREPARE", True) else 0
        self.stale = False  # a table is no longer what it was when they were prepared

    def name(self, connection: Connection[Any], key: Key) -> bytes | None:
        """The name of a statement, which is prepared if it has come often enough."""
        if self.stale:
            self._forget(connection)
        name = self._names.get(key)
        if name is not None or len(self._names) >= self._most:
            return name
        if len(self._times) >= NOTED:
            self._times.clear()
        self._times[key] += 1
        if self._times[key] < OFTEN:
            return None
        name = b"allting_%d" % len(self._names)
        sql, types = key
        _checked(connection, connection.pgconn.prepare(name, _numbered(sql), types))
        self._names[key] = name
        return name

    def _forget(self, connection: Connection[Any]) -> None:
        _checked(connection, connection.pgconn.exec_(b"DEALLOCATE ALL"))
        self._names.clear()
        self.stale = False


_of: "WeakKeyDictionary[Connection[Any], _Statements]" = WeakKeyDictionary()


def has_begun(connection: Connection[Any]) -> bool:
    """Whether a statement needs no BEGIN before it, which is psycopg's to send."""
    return connection.autocommit or (connection.pgconn.transaction_status != TransactionStatus.IDLE)


def rows(connection: Connection[Any], sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a query gives."""
    reading = Transformer(connection)
    result = _asked(connection, reading, sql, values)
    reading.set_pgresult(result)
    return reading.load_rows(0, result.ntuples, tuple)


def run(connection: Connection[Any], sql: str, values: Sequence[Any]) -> int:
    """How many rows a statement has changed."""
    return _asked(connection, Transformer(connection), sql, values).command_tuples or 0


def _asked(connection: Connection[Any], reading: Any, sql: str, values: Sequence[Any]) -> PGresult:
    given = reading.dump_sequence(values, [PyFormat.AUTO] * len(values))
    key = (sql, reading.types or ())
    known = _of.get(connection) or _of.setdefault(connection, _Statements())
    name = known.name(connection, key)
    if name is None:
        text = _numbered(sql)
        return _checked(
            connection, connection.pgconn.exec_params(text, given, key[1], reading.formats)
        )
    try:
        return _checked(connection, connection.pgconn.exec_prepared(name, given, reading.formats))
    except FeatureNotSupported:  # "cached plan must not change result type"
        known.stale = True
        if not connection.autocommit:
            raise  # the transaction is lost; the next one is not
        return _asked(connection, reading, sql, values)


def _checked(connection: Connection[Any], result: PGresult) -> PGresult:
    if result.status in _GOOD:
        return result
    if connection.pgconn.status != ConnStatus.OK:
        raise OperationalError(result.get_error_message())
    raise error_from_result(result)


@lru_cache(maxsize=512)
def _numbered(sql: str) -> bytes:
    """A statement as PostgreSQL wants it.

    >>> _numbered("SELECT id FROM a WHERE b = %s AND c LIKE 'x%%' AND d = %s")
    b"SELECT id FROM a WHERE b = $1 AND c LIKE 'x%' AND d = $2"
    """
    first, *parts = _VALUE.split(sql)
    numbered = (f"${n}{part}" for n, part in enumerate(parts, 1))
    return "".join([first, *numbered]).replace("%%", "%").encode()
