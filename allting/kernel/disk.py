"""On SQLite: what has been committed is on the disk before anyone is told, at one forced write for
all who wait.

SQLite itself forces each commit to the disk while it holds the lock that every writer needs, so
that commits a second are forced writes a second, one after the other. Here a commit only appends
to the write-ahead log, and the next writer goes on; the log is forced to the disk afterwards, and
one forced write serves everybody who had committed when it began. PostgreSQL does this by itself.
"""

import os
import threading
from pathlib import Path

from django.db import connection


class Log:
    """The write-ahead log of a database file, forced to the disk by one thread for all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._turn = threading.Condition()
        self._busy = False
        self._wanted = 0  # the latest of those who want their commit on the disk
        self._forced = 0  # everyone up to this one has it there

    def force(self) -> None:
        """Return when all that this thread has committed is on the disk. Raises OSError."""
        with self._turn:
            self._wanted += 1
            mine = self._wanted
            while self._forced < mine and self._busy:
                self._turn.wait()
            if self._forced >= mine:
                return
            self._busy, upto = True, self._wanted
        forced = 0
        try:
            self._to_disk()
            forced = upto
        finally:
            with self._turn:
                self._busy = False
                self._forced = max(self._forced, forced)
                self._turn.notify_all()

    def _to_disk(self) -> None:
        getattr(os, "fdatasync", os.fsync)(self._opened())

    def _opened(self) -> int:
        """The log's file; it is another one when all connections have been closed meanwhile."""
        now = os.stat(self._path)  # noqa: PTH116  a Path makes it twice the price
        if self._file >= 0:
            held = os.fstat(self._file)
            if (held.st_ino, held.st_dev) == (now.st_ino, now.st_dev):
                return self._file
            os.close(self._file)
        self._file = os.open(self._path, os.O_RDWR)
        return self._file


_guard = threading.Lock()
_logs: dict[str, Log] = {}


def settle() -> None:
    """Return when what this thread has committed is on the disk."""
    path = f"{connection.settings_dict['NAME']}-wal"
    log = _logs.get(path)
    if log is None:
        with _guard:
            log = _logs.setdefault(path, Log(Path(path)))
    log.force()
