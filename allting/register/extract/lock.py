"""One extract at a time: a lock that ends with the process that holds it, whatever ends that."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from allting.kernel.api import rows

_NUMBER = 7_205_760  # of PostgreSQL's lock; any number that nobody else uses


class Busy(RuntimeError):
    """Somebody else is loading an extract."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock; raises Busy at once where another process holds it."""
    if connection.vendor == "sqlite":
        with _file_lock(Path(f"{connection.settings_dict['NAME']}.extract")):
            yield
        return
    if not rows("SELECT pg_try_advisory_lock(%s)", [_NUMBER])[0][0]:
        raise Busy
    try:
        yield
    finally:
        rows("SELECT pg_advisory_unlock(%s)", [_NUMBER])


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Busy from held
        yield
