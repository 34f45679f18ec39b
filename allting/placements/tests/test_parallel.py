"""Several at once, with connections and processes of their own; and killed in the middle."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from allting.kernel.api import subscribe
from allting.placements.actions import decline, release, reserve, take
from allting.placements.errors import NoSeat, NotNow, Offered
from allting.placements.events import PlaceTaken, RoundSettled
from allting.placements.models import Place, Round, Seat
from allting.placements.queries import places_in
from allting.placements.rounds import open_round, settle
from allting.placements.tests.town import SERVICE, START, Waiting, published
from tests.databases import address, line_with

pytestmark = pytest.mark.django_db(transaction=True)
told: list[UUID] = []


@subscribe(RoundSettled)
def hear(event: RoundSettled) -> None:
    told.append(event.round)


@subscribe(PlaceTaken)
def hear_taken(event: PlaceTaken) -> None:
    told.append(event.place)


@pytest.fixture(autouse=True)
def town(transactional_db: None, tmp_path: Path) -> None:
    published(tmp_path / "vik")
    told.clear()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each came to, a result or the exception, when all begin at the same moment."""
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(n: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            results[n] = work()
        except Exception as error:
            results[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def keep(unit: str, subject: UUID) -> UUID:
    return reserve(service=SERVICE, unit=unit, subject=subject, start=START, source="case")


def worker(*words: str) -> "subprocess.Popen[str]":
    """Another process on the same database, that waits for a line before it begins."""
    process = subprocess.Popen(
        [sys.executable, "-m", "allting.placements.tests.worker", *words],
        env={**os.environ, "ALLTING_DATABASE": address()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    line_with("ready", process.stdout)
    return process


def go(*processes: "subprocess.Popen[str]") -> list[str]:
    """Let them begin, and hear what they said."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]


def test_the_last_seat_goes_to_one() -> None:
    for _ in range(5):
        Seat.objects.all().delete()
        results = at_once(*(partial(keep, "elm", uuid4()) for _ in range(8)))
        kinds = Counter(type(result) for result in results)
        assert kinds == {UUID: 1, NoSeat: 7}, results
        assert Seat.objects.count() == 1


def test_as_many_as_there_are_seats_and_no_more() -> None:
    works = [partial(keep, unit, uuid4()) for _ in range(6) for unit in ("oak", "elm", "ash")]
    results = at_once(*works)
    assert Counter(type(result) for result in results) == {UUID: 4, NoSeat: 14}, results
    assert Counter(Seat.objects.values_list("unit", flat=True)) == {"oak": 2, "elm": 1, "ash": 1}


def test_the_last_seat_goes_to_one_of_several_processes() -> None:
    said = go(*(worker("elm", str(uuid4())) for _ in range(3)))
    assert sorted(said) == ["done", "done NoSeat", "done NoSeat"]
    assert Seat.objects.count() == 1


def test_one_child_is_not_offered_two_places_at_once() -> None:
    for _ in range(5):
        Seat.objects.all().delete()
        child = uuid4()
        results = at_once(*(partial(keep, unit, child) for unit in ("oak", "elm", "ash")))
        assert Counter(type(result) for result in results) == {UUID: 1, Offered: 2}, results
        assert Seat.objects.count() == 1


def test_two_guardians_say_yes_and_no_at_once() -> None:
    for _ in range(8):
        Seat.objects.all().delete()
        told.clear()
        place = keep("elm", uuid4())
        results = at_once(partial(take, place), partial(decline, place), partial(release, place))
        assert sorted(type(result).__name__ for result in results) == [
            "NotNow",
            "NotNow",
            "bool",
        ], results
        taken = Place.objects.get(pk=place).state == "taken"
        assert Seat.objects.filter(taken=True).count() == taken
        assert Seat.objects.count() == taken
        assert len(told) == taken


def test_yes_said_many_times_at_once_is_said_once() -> None:
    place = keep("elm", uuid4())
    results = at_once(*[partial(take, place)] * 6)
    assert sorted(results) == [False] * 5 + [True]
    assert told == [place]
    assert Seat.objects.count() == 1


def a_round(waiting: Waiting, children: int = 6) -> UUID:
    for n in range(children):
        waiting.child(f"Barn{n}", "elm", "oak", north=n / 10)
    return open_round(service=SERVICE, start=START, by=None, seed="seed")


def test_two_who_settle_at_once_come_to_one_result(waiting: Waiting) -> None:
    round = a_round(waiting)
    results = at_once(*[partial(settle, round, by=None)] * 4)
    assert len({result.digest for result in results}) == 1, results
    assert told == [round]
    assert Seat.objects.count() == len(places_in(round)) == 4


def test_two_processes_that_settle_at_once_come_to_one_result(waiting: Waiting) -> None:
    round = a_round(waiting)
    said = go(*(worker("settle", str(round)) for _ in range(2)))
    digest = Round.objects.get(pk=round).digest
    assert said == [f"done {digest}"] * 2
    assert Seat.objects.count() == len(places_in(round)) == 4


def test_killed_while_settling_nothing_is_done_and_the_next_does_it_all(
    waiting: Waiting,
) -> None:
    round = a_round(waiting)
    dying = worker("settle", str(round), "die")
    assert go(dying) == [""] and dying.returncode == -9
    assert Round.objects.get(pk=round).state == "open"
    assert not Seat.objects.exists() and places_in(round) == []
    settle(round, by=None)
    assert Seat.objects.count() == len(places_in(round)) == 4
    assert told == [round]


def test_killed_while_keeping_a_seat_the_seat_is_free() -> None:
    dying = worker("elm", str(uuid4()), "die")
    assert go(dying) == [""] and dying.returncode == -9
    assert not Seat.objects.exists() and not Place.objects.exists()
    keep("elm", uuid4())


def test_settling_while_others_take_seats_gives_no_more_than_there_are(waiting: Waiting) -> None:
    round = a_round(waiting)
    results = at_once(
        partial(settle, round, by=None),
        *(partial(keep, unit, uuid4()) for unit in ("oak", "elm", "ash", "oak")),
    )
    wrong = [r for r in results if isinstance(r, Exception) and not isinstance(r, NoSeat)]
    assert not wrong, wrong
    held = Counter(Seat.objects.values_list("unit", flat=True))
    assert held["oak"] <= 2 and held["elm"] <= 1 and held["ash"] <= 1
    given = Counter(place.unit for place in places_in(round))
    assert all(given[unit] <= held[unit] for unit in given)


def test_opened_twice_at_once_one_round_is_open(waiting: Waiting) -> None:
    waiting.child("Ada", "oak")
    opening = partial(open_round, service=SERVICE, start=START, by=None)
    results = at_once(*[opening] * 4)
    assert Round.objects.count() == 1
    assert sum(isinstance(result, UUID) for result in results) == 1, results
    assert Place.objects.count() == 1


def test_declined_and_taken_by_another_in_the_same_moment() -> None:
    first = keep("elm", uuid4())
    results = at_once(partial(decline, first), partial(keep, "elm", uuid4()))
    assert results[0] is True
    assert Seat.objects.count() == (1 if isinstance(results[1], UUID) else 0)
    with pytest.raises(NotNow):
        take(first)
