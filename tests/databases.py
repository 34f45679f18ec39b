"""The database that a test runs on, for the other processes that a test starts."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def address() -> str:
    """ALLTING_DATABASE for this test's own database (use it in tests that really commit)."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(known["NAME"])
    return f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"


def start(*command: str, **environment: str) -> "subprocess.Popen[str]":
    """Start `python -m …` on this test's database, its output as text in `.stdout`."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "ALLTING_DATABASE": address(), "PYTHONUNBUFFERED": "1", **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def line_with(words: str, output: "IO[str] | Any") -> str:
    """Read lines until one has `words`; raises AssertionError with what was said instead."""
    said = []
    for line in output:
        said.append(line)
        if words in line:
            return str(line)
    raise AssertionError(f"never said {words!r}:\n{''.join(said)}")
