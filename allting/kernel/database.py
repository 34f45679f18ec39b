"""One way to write: a transaction that joins the one around it.

SQLite has one writer. Threads that wait inside SQLite sleep and are served in no order, which
makes the slowest wait half a second; so in one process they queue for a fair lock of our own first,
and wait for the disk only after they have let the next one in.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from allting.kernel.disk import settle


class FairLock:
    """First come, first served; a thread that holds it may take it again."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._owner in (None, me):
                self._owner = me
                self._depth += 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()  # released by the thread before us, which made us the owner's heir
        with self._guard:
            self._owner = me
            self._depth = 1

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            if self._waiting:
                self._owner = -1  # promised: nobody may slip in before the heir wakes
                self._waiting.popleft().release()
            else:
                self._owner = None


_writer = FairLock()


@contextmanager
def write(*, forced: bool = True) -> Iterator[None]:
    """A writing transaction: all inside commits together or not at all.

    Inside another `write()` it joins that one: an error anywhere undoes the whole. When the
    outermost one ends, what was written is on the disk. Without `forced` that waits for the next
    one that is: a power cut in between undoes it, so it is for what would be done again anyway.
    """
    database = connections["default"]
    if database.in_atomic_block:
        try:
            yield
        except BaseException:
            database.needs_rollback = True  # whoever began it undoes the whole
            raise
        return
    if database.vendor != "sqlite":
        with transaction.atomic(savepoint=False):
            if not forced:
                with database.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit TO OFF")
            yield
        return
    with _writer, transaction.atomic(savepoint=False):
        yield
    if forced:
        settle()
