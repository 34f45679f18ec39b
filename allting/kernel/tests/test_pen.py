"""On SQLite all threads write by one connection, in turn, and read by their own."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from allting.kernel.api import next_number, rows, write

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite"),
]
LAST = "SELECT last FROM kernel_numberseries WHERE series = 'A'"


def _by(work: Callable[[], Any]) -> Any:
    """What another thread gets."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    return found[0]


def _write() -> Any:
    with write():
        next_number("A", 2026)
        return connection.connection


def test_threads_write_by_the_same_connection_and_read_by_their_own() -> None:
    pen = _write()
    assert _by(_write) is pen
    assert _by(_write) is pen  # also when the thread that had it has closed its connection
    assert connection.connection is not pen
    assert rows(LAST) == [(3,)]


def test_nobody_reads_what_is_not_committed() -> None:
    with write():
        next_number("A", 2026)
        assert rows(LAST) == [(1,)]
        assert _by(lambda: rows(LAST)) == []
    assert _by(lambda: rows(LAST)) == [(1,)]


def test_an_act_that_fails_leaves_the_pen_fit_for_the_next() -> None:
    with pytest.raises(ZeroDivisionError), write():
        next_number("A", 2026)
        raise ZeroDivisionError
    _by(_write)
    assert rows(LAST) == [(1,)]


def test_an_act_that_fails_is_undone_in_a_thread_that_had_not_asked_before() -> None:
    def fail() -> Any:
        with pytest.raises(ZeroDivisionError), write():
            next_number("A", 2026)
            raise ZeroDivisionError
        return "undone"

    _write()
    assert _by(fail) == "undone"
    assert rows(LAST) == [(1,)]


def test_what_follows_upon_a_commit_writes_by_it_too() -> None:
    used = []
    with write():
        transaction.on_commit(lambda: used.append(_write()))
        pen = connection.connection
    assert used == [pen]
    assert connection.connection is not pen
    assert rows(LAST) == [(1,)]


def test_a_pen_that_is_lost_in_the_midst_of_an_act_is_replaced() -> None:
    with pytest.raises(ZeroDivisionError), write():
        next_number("A", 2026)
        connection.close()
        raise ZeroDivisionError
    _write()
    assert rows(LAST) == [(1,)]
