"""Nobody is told that something is done before the disk has it, and one forced write is for all."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from allting.kernel import disk
from allting.kernel.api import next_number, write
from allting.kernel.disk import Log


def _at_once(number: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_those_who_wait_are_served_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path / "wal")
    served: list[int] = []

    def slowly() -> None:
        served.append(log._wanted)
        until = time.monotonic() + 30
        while log._wanted < 20 and time.monotonic() < until:  # the first, till all have come
            time.sleep(0.01)

    monkeypatch.setattr(log, "_to_disk", slowly)
    _at_once(20, log.force)
    # the first, with whoever came before it began, and then everybody else at one time
    assert len(served) <= 2
    assert log._forced == 20


def test_who_comes_while_the_disk_writes_waits_for_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path / "wal")
    begun, go_on, writes = threading.Event(), threading.Event(), []

    def held() -> None:
        writes.append("begun")
        begun.set()
        go_on.wait(60)

    monkeypatch.setattr(log, "_to_disk", held)
    first, second = threading.Thread(target=log.force), threading.Thread(target=log.force)
    first.start()
    begun.wait(60)
    second.start()  # what it has committed may not be in the write under way
    go_on.set()
    first.join(60)
    second.join(60)
    assert writes == ["begun", "begun"]


def test_a_disk_that_fails_is_told_to_everyone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path / "wal")
    told: list[BaseException] = []

    def broken() -> None:
        raise OSError("the disk is broken")

    def work() -> None:
        try:
            log.force()
        except OSError as error:
            told.append(error)

    monkeypatch.setattr(log, "_to_disk", broken)
    _at_once(5, work)
    assert len(told) == 5


def test_a_new_log_under_the_same_name_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "wal"
    path.write_bytes(b"one")
    log = Log(path)
    log.force()
    path.unlink()
    path.write_bytes(b"two")
    log.force()
    assert os.fstat(log._file).st_ino == path.stat().st_ino


@pytest.mark.django_db(transaction=True)
def test_the_disk_has_it_when_a_write_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL forces its own log")
    happened: list[str] = []
    commit: Callable[[], None] = getattr(connection, "_commit")  # noqa: B009
    force = disk.Log._to_disk

    def committed() -> None:
        commit()
        happened.append("committed")

    def forced(log: Log) -> None:
        force(log)
        happened.append("forced")

    monkeypatch.setattr(connection, "_commit", committed)
    monkeypatch.setattr(disk.Log, "_to_disk", forced)
    with write():
        next_number("A", 2026)  # a write within a write: one commit, forced once
        next_number("A", 2026)
    happened.append("told")
    assert happened == ["committed", "forced", "told"]
