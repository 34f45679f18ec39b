"""PostgreSQL asked without a cursor: prepared when it pays, and every error as it ever was."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import (
    IntegrityError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
    connection,
    transaction,
)

from allting.kernel.api import rows, run, write
from allting.kernel.prepared import OFTEN

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "SELECT b, b LIKE 'x%%' FROM pg_temp.thing WHERE a = %s"


@pytest.fixture(autouse=True)
def thing() -> Iterator[None]:
    """A table that only this connection sees."""
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    connection.close()
    _do("CREATE TEMP TABLE thing (a integer PRIMARY KEY, b varchar(5))")
    run("INSERT INTO pg_temp.thing VALUES (%s, %s)", [1, "xy"])
    yield
    connection.close()


def _do(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _often() -> None:
    for _ in range(OFTEN):
        assert rows(ASK, [1]) == [("xy", True)]


def _prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%thing%'")
        return int(cursor.fetchone()[0])


def test_what_is_asked_often_is_prepared_on_its_connection() -> None:
    rows(ASK, [1])
    assert _prepared() == 0
    _often()
    assert _prepared() == 1
    connection.close()
    connection.ensure_connection()
    assert _prepared() == 0


def test_nothing_is_prepared_where_a_pooler_could_not_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "PREPARE", False)
    connection.close()  # a connection keeps to what it began with
    for _ in range(OFTEN):
        assert rows("SELECT 1 AS thing WHERE 1 = %s", [1]) == [(1,)]
    assert _prepared() == 0


def test_a_table_may_change_while_we_run() -> None:
    _often()
    _do("ALTER TABLE pg_temp.thing ALTER b TYPE varchar(9)")
    _often()
    assert _prepared() == 1


def test_a_change_costs_one_transaction_at_most() -> None:
    _often()
    _do("ALTER TABLE pg_temp.thing ALTER b TYPE varchar(9)")
    with pytest.raises(NotSupportedError, match="cached plan"):
        _in_a_transaction()
    _in_a_transaction()


def _in_a_transaction() -> None:
    with write():
        run("UPDATE pg_temp.thing SET b = 'xy'")  # psycopg's own, which begins the transaction
        _often()


def test_errors_are_those_of_django() -> None:
    with pytest.raises(IntegrityError, match="thing_pkey"):
        run("INSERT INTO pg_temp.thing VALUES (%s, %s)", [1, "z"])
    with pytest.raises(ProgrammingError, match="nothing"):
        rows("SELECT nothing")
    assert rows(ASK, [2]) == []  # the connection is as it was
    with pytest.raises(IntegrityError), write():
        run("UPDATE pg_temp.thing SET b = 'un'")
        run("INSERT INTO pg_temp.thing VALUES (1, 'z')")
    _often()  # what was written before it is undone
    with transaction.atomic():
        connection.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            rows(ASK, [1])


def test_a_lost_connection_is_told_and_made_anew() -> None:
    _often()
    ((own,),) = rows("SELECT pg_backend_pid()")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [own])
    other.close()
    with pytest.raises(OperationalError, match="terminat"):
        rows(ASK, [1])
    close_old_connections()
    assert rows("SELECT 1") == [(1,)]
