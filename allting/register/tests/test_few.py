"""Those who have changed are read alone: as many rows, however large the city."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.register.api import everyone, touched
from allting.register.everyone import reading
from allting.register.everyone.raw import Raw
from allting.register.models import Person
from allting.register.testing import Family, family, guard, home, person
from allting.register.tests.populations import HERE, say
from allting.register.tests.test_everyone import KINDS

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def families(number: int) -> list[Person]:
    """The children of so many families in which somebody has stated something."""
    children = []
    for n in range(number):
        parents = [person(f"{name}{n}", date(1990, 1, 1 + n % 28)) for name in ("A", "B")]
        small = person(f"C{n}", date(2024, 2, 3))
        household = home(*parents, small)
        guard(small, *parents)
        say("in_childcare", "boolean", "true", DAY, person_id=small.id)
        say("fibre", "boolean", "true", DAY, household_id=household.id)
        children.append(small)
    return children


@contextmanager
def counted() -> Iterator[list[Raw]]:
    """What is read meanwhile."""
    read, found = reading.read, []

    def counting(*asked: Any) -> Raw:
        found.append(read(*asked))
        return found[-1]

    with mock.patch.object(reading, "read", counting):
        yield found


def rows_and_questions(children: list[Person]) -> tuple[int, int]:
    """Rows read about these and whom they touch, and how many questions were asked."""
    near = touched([child.id for child in children])
    with CaptureQueriesContext(connection) as asked, counted() as read:
        crowd = everyone(KINDS, as_of=DAY, here=HERE, only=near)
    assert set(crowd.ids()) == near
    return sum(raw.rows for raw in read), len(asked)


def test_rows_follow_the_change_and_not_the_city() -> None:
    some = families(4)
    rows, questions = rows_and_questions(some)
    families(30)
    assert rows_and_questions(some) == (rows, questions)
    assert rows_and_questions(some[:2]) == (rows // 2, questions)
    assert rows == 4 * (3 + 3 + 2 + 2)  # people, homes, guardianships, what was stated


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its planner tells what it will read")
def test_no_table_is_read_through_for_a_few() -> None:
    some = families(3)
    with CaptureQueriesContext(connection) as asked:
        everyone(KINDS, as_of=DAY, here=HERE, only=[child.id for child in some])
    assert len(asked) >= 6
    for question in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {question['sql']}")
            plan = [row[3] for row in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN register_")], plan


def test_the_protected_are_marked_among_a_few() -> None:
    people: Family = family(protection="registration")
    crowd = everyone(["birth_date"], as_of=DAY, here=HERE, only=[people.baby.id, people.mother.id])
    assert crowd.ids(crowd.protected) == [people.baby.id]
    assert crowd.ids(~crowd.protected) == [people.mother.id]
