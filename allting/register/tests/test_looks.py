"""The access log: nothing is handed out unwritten, and a page view does not mean a disk write."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from allting.kernel.api import clock_at, write
from allting.register.api import Errand, card, people_cards, write_with_looks
from allting.register.looks import QUIET
from allting.register.models import AccessLog
from allting.register.testing import actor, family

START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
CASE = Errand("education", "BUN-2026-000001")


def writes(queries: CaptureQueriesContext) -> int:
    return sum("INSERT" in q["sql"] for q in queries.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_reading_again_within_ten_minutes_is_the_same_look() -> None:
    people = family()
    clerk = actor(people.stranger, ("administrator", "education"))
    for minutes, looks in ((0, 1), (4, 1), (9, 1), (11, 2), (20, 2), (22, 3)):
        with clock_at(START + timedelta(minutes=minutes)):
            card(clerk, people.baby.id, purpose="case", errand=CASE)
        row = AccessLog.objects.get(person=people.baby)
        assert row.looks == looks, minutes
    assert row.first_at == START and row.last_at == START + timedelta(minutes=22)


@pytest.mark.django_db(transaction=True)
def test_every_read_of_the_protected_is_written() -> None:
    people = family(protection="mark")
    for _ in range(3):
        card(actor(people.mother), people.baby.id, purpose="form")
    assert AccessLog.objects.get(person=people.baby).looks == 3


@pytest.mark.django_db(transaction=True)
def test_an_act_that_reads_and_fails_has_read_all_the_same() -> None:
    people = family()
    mother = actor(people.mother)
    with pytest.raises(RuntimeError), write_with_looks():
        card(mother, people.baby.id, purpose="form")
        raise RuntimeError("the act is undone")
    assert AccessLog.objects.get(person=people.baby).looks == 1
    card(mother, people.baby.id, purpose="form")
    assert AccessLog.objects.get(person=people.baby).looks == 1


@pytest.mark.django_db(transaction=True)
def test_an_act_that_reads_is_one_commit() -> None:
    people = family()
    with CaptureQueriesContext(connection) as queries, write_with_looks():
        card(actor(people.mother), people.baby.id, purpose="form")
    assert writes(queries) == 1
    assert sum(q["sql"] == "COMMIT" for q in queries.captured_queries) == 1
    assert AccessLog.objects.get(person=people.baby).looks == 1


@pytest.mark.django_db(transaction=True)
def test_a_look_rolled_back_is_not_believed_to_be_written() -> None:
    people = family()
    mother = actor(people.mother)
    with pytest.raises(RuntimeError), write():
        card(mother, people.baby.id, purpose="form")
        raise RuntimeError("the transaction is undone")
    assert not AccessLog.objects.exists()
    card(mother, people.baby.id, purpose="form")
    assert AccessLog.objects.get().looks == 1


@pytest.mark.django_db(transaction=True)
def test_a_list_of_people_is_one_query_and_one_write_and_then_no_write() -> None:
    crowd = [family() for _ in range(10)]
    clerk = actor(crowd[0].stranger, ("administrator", "education"))
    ids = [f.baby.id for f in crowd]
    for expected in (1, 0):
        with CaptureQueriesContext(connection) as queries:
            cards = people_cards(clerk, ids, purpose="queue", errand=Errand("education"))
        assert len(cards) == 10 and writes(queries) == expected
        reads = [q for q in queries.captured_queries if q["sql"].lstrip().startswith("SELECT")]
        assert len(reads) == 1
    assert AccessLog.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_a_list_remembered_as_one_is_written_again_when_its_first_look_is_over() -> None:
    people = family()
    clerk = actor(people.stranger, ("administrator", "education"))
    baby, mother = people.baby.id, people.mother.id

    def read(minutes: int, *ids: UUID) -> int:
        with clock_at(START + timedelta(minutes=minutes)), CaptureQueriesContext(connection) as q:
            people_cards(clerk, ids, purpose="queue", errand=Errand("education"))
        return writes(q)

    assert read(0, baby) == 1
    assert read(4, baby, mother) == 1  # the mother's
    assert [read(minutes, baby, mother) for minutes in (5, 6, 9)] == [0, 0, 0]
    assert read(10, baby, mother) == 1  # the baby's: ten minutes since the first
    assert [read(minutes, baby, mother) for minutes in (11, 13)] == [0, 0]
    assert read(14, baby, mother) == 1
    looks = AccessLog.objects.values_list("person", "looks")
    assert dict(looks) == {baby: 2, mother: 2}


@pytest.mark.django_db(transaction=True)
def test_each_day_purpose_and_case_has_its_own_row() -> None:
    people = family()
    clerk = actor(people.stranger, ("administrator", "education"))
    for case in ("A", "B"):
        card(clerk, people.baby.id, purpose="case", errand=Errand("education", case))
    with clock_at(START + timedelta(days=900)):
        card(clerk, people.baby.id, purpose="case", errand=Errand("education", "A"))
    assert AccessLog.objects.count() == 3
    assert timedelta(hours=1) > QUIET
    assert not transaction.get_connection().in_atomic_block
