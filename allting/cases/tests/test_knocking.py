"""How often one may send something: counted in the database, for all processes together."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from allting.cases.knocking import SPAN, Door, TooSoon, caller, forget_knocks
from allting.cases.models import Knock
from allting.cases.tests.people import MORNING
from allting.cases.tests.test_parallel import at_once
from allting.kernel.api import clock_at

HERE = "192.0.2.7"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock_at(MORNING):
        yield


def knocks(door: Door, who: str, times: int) -> int:
    """How many of so many were let in."""
    let_in = 0
    for _ in range(times):
        try:
            door.knock(who)
        except TooSoon:
            continue
        let_in += 1
    return let_in


def test_of_many_at_once_as_many_are_let_in_as_may_be(transactional_db: None) -> None:
    # each works in a thread with a connection and a door of its own, as processes do
    found = at_once(*(partial(knocks, Door("ask", 10), HERE, 5) for _ in range(6)))
    assert sum(found) == 10, found
    assert Knock.objects.get().times >= 10


def test_each_has_a_count_of_its_own(db: None) -> None:
    door, other = Door("ask", 2), Door("read", 2)
    assert [knocks(door, HERE, 3), knocks(door, "192.0.2.8", 3), knocks(other, HERE, 3)] == [2] * 3


def test_the_count_begins_anew_after_a_while(db: None) -> None:
    door = Door("ask", 2)
    assert knocks(door, HERE, 3) == 2
    with clock_at(MORNING + timedelta(seconds=SPAN)):
        assert knocks(door, HERE, 3) == 2


def test_nothing_of_an_address_is_kept_and_tomorrow_it_is_another_digest(db: None) -> None:
    door = Door("ask")
    door.knock(HERE)
    with clock_at(MORNING + timedelta(days=1)):
        door.knock(HERE)
    today, tomorrow = Knock.objects.order_by("span").values_list("who", flat=True)
    assert today != tomorrow
    assert len(today) == 64 and "192" not in (today[:3], tomorrow[:3])


def test_what_is_over_is_forgotten(db: None) -> None:
    Door("ask").knock(HERE)
    assert forget_knocks.func() == 0
    with clock_at(MORNING + timedelta(seconds=SPAN)):
        Door("ask").knock(HERE)
        assert forget_knocks.func() == 1
    assert Knock.objects.count() == 1


@pytest.mark.parametrize("already", [0, 3])
def test_it_costs_the_same_however_many_have_come(db: None, already: int) -> None:
    door = Door("ask", 3)
    knocks(door, HERE, already)
    with CaptureQueriesContext(connection) as queries:
        knocks(door, HERE, 1)
    # one who is refused costs no writing
    asked = [it["sql"] for it in queries if "cases_knock" in it["sql"]]
    assert len(asked) == (2 if already == 0 else 1)


@pytest.mark.parametrize(
    ("address", "who"),
    [
        (HERE, HERE),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("", ""),
    ],
)
def test_whoever_has_a_whole_network_is_one(address: str, who: str) -> None:
    assert caller(RequestFactory().get("/", REMOTE_ADDR=address)) == who
