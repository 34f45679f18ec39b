"""What ends an act is done last, in its transaction, and only if it is not undone."""

import pytest
from django.db import connection, transaction

from allting.kernel.api import at_the_end, next_number, rows, write

pytestmark = pytest.mark.django_db(transaction=True)
done: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def _end(name: str) -> None:
    assert connection.in_atomic_block
    done.append(name)


def test_an_ending_is_the_last_of_the_outermost_and_in_it() -> None:
    with write():
        with write():
            at_the_end(lambda: _end("first"))
            at_the_end(lambda: at_the_end(lambda: _end("last")))
        done.append("work")
    assert done == ["work", "first", "last"]


def test_what_is_undone_has_no_ending_and_leaves_none_behind() -> None:
    with pytest.raises(ZeroDivisionError), write():
        at_the_end(lambda: _end("never"))
        raise ZeroDivisionError
    with write():
        next_number("A", 2026)
    assert done == []


def test_an_ending_that_fails_undoes_the_act() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), write():
        next_number("A", 2026)
        at_the_end(fail)
    assert rows("SELECT last FROM kernel_numberseries") == []


def test_what_follows_upon_the_commit_is_an_act_of_its_own() -> None:
    with write():
        transaction.on_commit(lambda: done.append(str(next_number("A", 2026))))
    assert done == ["1"] and rows("SELECT last FROM kernel_numberseries") == [(1,)]


def test_inside_somebody_elses_transaction_an_act_ends_too() -> None:
    with transaction.atomic():
        with write():
            at_the_end(lambda: _end("ended"))
        assert done == ["ended"]


def test_without_an_act_there_is_no_end() -> None:
    with pytest.raises(RuntimeError, match="outside write"):
        at_the_end(lambda: None)
