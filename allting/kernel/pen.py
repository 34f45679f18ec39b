"""On SQLite: one connection that writes for all threads of a process, each in its turn.

What a connection holds of the database in memory it must forget when another connection has
written. Were each thread to write by its own, every act would begin with nothing and read again
what the one before it has just had. For reading, threads keep connections of their own.
"""

import os
from types import TracebackType
from typing import Any

from django.db import connections


class Pen:
    """`with pen():` lets this thread's database be the connection that writes.

    Only for whoever holds the lock of all who write (`database.py`), which guards this too.
    """

    def __init__(self) -> None:
        self._resting: Any = None  # the first time there is none: Django opens one when it is asked
        self._own: Any = None
        self._depth = 0

    def __enter__(self) -> None:
        if not self._depth:  # what follows upon a commit may write too, while the pen is held
            database = connections["default"]
            database.ensure_connection()  # before it Django does not know that it must say BEGIN
            self._own, database.connection = database.connection, self._resting
        self._depth += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if not self._depth:
            database = connections["default"]
            self._resting, database.connection = database.connection, self._own
            self._own = None


_pens: dict[tuple[int, str], Pen] = {}  # by process: a child must not use what its parent opened


def pen() -> Pen:
    """The pen of this process for the database in use."""
    key = (os.getpid(), str(connections["default"].settings_dict["NAME"]))
    found = _pens.get(key)
    return found if found is not None else _pens.setdefault(key, Pen())
