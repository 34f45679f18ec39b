"""One setting chooses the database: a file path for SQLite, an address for PostgreSQL."""

import os
import tempfile
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# synchronous=NORMAL: `kernel.write()` forces the log to the disk itself, once for all who wait
SQLITE_AT_OPEN = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)


def database_from(address: str) -> dict[str, Any]:
    """Django's DATABASES entry for `address`.

    `postgresql://user:password@host:port/name?host=/socket/folder` or a file path. With
    `prepare=no` no statements are prepared (`kernel/prepared.py` says when that is needed).
    Raises ValueError for any other scheme.

    >>> database_from("var/a.sqlite3")["ENGINE"]
    'django.db.backends.sqlite3'
    >>> database_from("postgresql://anna@db:5433/allting")["PORT"]
    5433
    """
    if "://" not in address:
        return _sqlite(address)
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(
            f"ALLTING_DATABASE: '{parts.scheme}' is not known; "
            "expected a file path or an address that begins with postgresql://"
        )
    options = dict(parse_qsl(parts.query))
    prepare = options.pop("prepare", "yes") != "no"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "PREPARE": prepare,
        "OPTIONS": options,
    }


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # tests use a file too: threads and other processes must be able to open it
        "TEST": {"NAME": f"{tempfile.gettempdir()}/allting-test-{os.getpid()}.sqlite3"},
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE takes the write lock at the start: a transaction never fails half-way
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_AT_OPEN,
        },
    }
