"""One way to write: a transaction that joins the one around it.

SQLite has one writer. Threads that wait inside SQLite sleep and are served in no order, which
makes the slowest wait half a second; so in one process they queue for a fair lock of our own first,
and wait for the disk only after they have let the next one in.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from django.db import connections, transaction

from allting.kernel.disk import settle
from allting.kernel.pen import pen


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


class _Act(threading.local):
    """What this thread is in the midst of: the outermost `write()`, and what is to end it."""

    endings: "list[Callable[[], None]] | None" = None


class _Joined:
    """A `write()` inside another: an error anywhere undoes the whole."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            connections["default"].needs_rollback = True  # whoever began it undoes the whole


_writer = FairLock()
_act = _Act()
_joined = _Joined()


def write(*, forced: bool = True) -> AbstractContextManager[None]:
    """A writing transaction: all inside commits together or not at all.

    Inside another `write()` it joins that one: an error anywhere undoes the whole. When the
    outermost one ends, what was written is on the disk. Without `forced` that waits for the next
    one that is: a power cut in between undoes it, so it is for what would be done again anyway.
    """
    return _outermost(forced) if _act.endings is None else _joined


def at_the_end(work: Callable[[], None]) -> None:
    """Let `work` be the last that the outermost `write()` does before it commits, in it.

    For what others wait for from then on until the commit: so they wait as little as can be, and
    whoever holds it waits for nothing more. Raises RuntimeError outside `write()`.
    """
    if _act.endings is None:
        raise RuntimeError("at_the_end() outside write(); wrap the action in it")
    _act.endings.append(work)


@contextmanager
def _outermost(forced: bool) -> Iterator[None]:
    database = connections["default"]
    if database.in_atomic_block:  # of somebody else's, such as a test's
        with _joined, _ended():
            yield
    elif database.vendor == "sqlite":
        with _writer, pen(), transaction.atomic(savepoint=False), _ended():
            yield
        if forced:
            settle()
    else:
        with transaction.atomic(savepoint=False), _ended():
            if not forced:
                with database.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit TO OFF")
            yield


@contextmanager
def _ended() -> Iterator[None]:
    endings: list[Callable[[], None]] = []
    _act.endings = endings
    try:
        yield
        for work in endings:  # what it does may have endings of its own
            work()
    finally:
        _act.endings = None  # before the commit: what follows upon that is another act
