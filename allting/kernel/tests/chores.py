"""Work for the tests of background work, importable by workers in other processes."""

import os
import time
from datetime import timedelta
from pathlib import Path

from django_tasks import TaskContext, task

from allting.kernel.api import Again, GiveUp, next_number


def say(path: str, line: str) -> None:
    """Add one line, in one write that no other process can split."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def said(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


@task()
def note(path: str, line: str) -> str:
    say(path, line)
    return line


@task()
def slow_note(path: str, line: str, seconds: float) -> None:
    say(path, f"begin {line}")
    time.sleep(seconds)
    say(path, f"end {line}")


@task()
def held_note(path: str, line: str, until: str) -> None:
    """Takes until there is a file `until`."""
    say(path, f"begin {line}")
    while not Path(until).exists():
        time.sleep(0.02)
    say(path, f"end {line}")


@task()
def nothing() -> None:
    """For measuring."""


@task(max_attempts=3, first_wait=100, longest_wait=150)
def fail(words: str) -> None:
    raise RuntimeError(words)


@task()
def refuse() -> None:
    raise GiveUp("nobody lives there")


@task()
def later() -> None:
    raise Again("busy", timedelta(minutes=7))


@task(max_attempts=2)
def kill_the_worker() -> None:
    os.kill(os.getpid(), 9)


@task(atomic=True)
def count(series: str) -> int:
    return next_number(series, 2026)


@task(atomic=True, max_attempts=2, first_wait=0)
def count_then_fail(series: str) -> None:
    next_number(series, 2026)
    raise RuntimeError("after the change")


@task(takes_context=True)
def attempt(context: TaskContext) -> int:
    return context.attempt
