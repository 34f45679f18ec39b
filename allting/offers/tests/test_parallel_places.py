"""Kept places over real connections: whoever is first, one child has the seat, by one offer."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from allting.cases.models import Case
from allting.kernel.api import work_off, write
from allting.offers.answering import Answer, NotOpen, accept, decline
from allting.offers.ending import expire
from allting.offers.models import Offer
from allting.offers.placing import offer_places
from allting.offers.tests.making import DAY
from allting.offers.tests.test_parallel import at_once
from allting.offers.tests.town import PLACED, published
from allting.packages.api import Edition
from allting.placements.api import NoSeat, NotNow, open_round, release, reserve, settle
from allting.placements.models import Place, Round, Seat
from allting.register.changes import note_everyone
from allting.register.models import Person
from allting.register.testing import Family, family, guard, home, person
from tests.databases import address, line_with

START = date(2027, 1, 11)
ROUNDS = 6


@pytest.fixture
def town(transactional_db: None, tmp_path: Path) -> Iterator[Edition]:
    yield published(tmp_path / "town", **PLACED)


def lives(child: Person, lat: float = 58.1) -> None:
    Person.objects.filter(id=child.id).update(lat=lat, lon=16.2)


def settled() -> Round:
    return settle(open_round(service="preschool", start=START, by=None, as_of=DAY), by=None)


def placed() -> tuple[Family, Offer]:
    """A family whose baby is offered the one seat of a preschool; who was there before has left."""
    Seat.objects.all().delete()
    Person.objects.update(municipality_code="0180")
    people = family()
    Person.objects.filter(id=people.sister.id).update(municipality_code="0180")
    lives(people.baby)
    with write():
        note_everyone("test")  # rows that are written by hand are not followed by themselves
    settled()
    work_off()
    return people, Offer.objects.get(person=people.baby.id)


def sound(found: list[Any]) -> None:
    """Nobody came to anything but an answer, or to a no that is said in words."""
    wrong = [it for it in found if isinstance(it, Exception)]
    assert all(isinstance(it, NotOpen | NotNow | NoSeat) for it in wrong), found


def one_has_it(people: Family, offer: Offer) -> None:
    """The seat is the baby's, with a case and a yes; or it is not, and there is neither."""
    offer.refresh_from_db()
    mine = Seat.objects.filter(unit=offer.unit, subject=people.baby.id, taken=True).count()
    cases = Case.objects.filter(subject=people.baby.id).count()
    assert mine == cases == (offer.state == "accepted"), (mine, cases, offer.state)
    assert Seat.objects.filter(unit=offer.unit).count() <= 1


def test_two_guardians_answer_otherwise_about_a_kept_place(town: Edition) -> None:
    for _ in range(ROUNDS):
        people, offer = placed()
        found = at_once(
            partial(accept, offer.id, Answer(people.mother.id, "sv")),
            partial(decline, offer.id, Answer(people.father.id, "sv")),
        )
        sound(found)
        one_has_it(people, offer)
        assert offer.state in ("accepted", "declined")


def test_the_last_seat_goes_to_another_between_offer_and_yes(town: Edition) -> None:
    other = person("Ada", date(2025, 6, 1))

    def at_the_desk(offer: Offer) -> None:
        release(Place.objects.get(id=offer.place).id)
        reserve(service="preschool", unit=offer.unit, subject=other.id, start=START, source="desk")

    for _ in range(ROUNDS):
        people, offer = placed()
        found = at_once(
            partial(accept, offer.id, Answer(people.mother.id, "sv")), partial(at_the_desk, offer)
        )
        sound(found)
        one_has_it(people, offer)
        assert Seat.objects.filter(unit=offer.unit).count() == 1
        assert offer.state in ("accepted", "withdrawn")


def test_a_place_is_let_go_at_the_desk_as_it_is_declined(town: Edition) -> None:
    for _ in range(ROUNDS):
        people, offer = placed()
        place = Place.objects.get(id=offer.place)
        acts = (
            partial(decline, offer.id, Answer(people.mother.id, "sv")),
            partial(release, place.id),
            partial(expire, date(2027, 6, 1)),
        )
        sound(at_once(*acts))
        offer.refresh_from_db()
        assert offer.state in ("declined", "withdrawn", "expired")
        assert not Seat.objects.exists()


# ---- the offers of a round


def waiting(number: int) -> None:
    """So many children of one near as many seats."""
    for n in range(number):
        parent, small = person(f"P{n}", date(1990, 1, 1)), person(f"B{n}", date(2025, 6, 1))
        home(parent, small)
        guard(small, parent)
        lives(small)


def many(tmp_path: Path, number: int) -> Round:
    """A round that has kept a seat for each of so many."""
    units = PLACED["units__preschools"].replace("capacity: 1", f"capacity: {number}")
    published(tmp_path / "larger", **{**PLACED, "units__preschools": units})
    waiting(number)
    return settled()


def test_the_places_of_a_round_are_offered_once_however_many_offer_them(
    town: Edition, tmp_path: Path
) -> None:
    round = many(tmp_path, 12)
    found = at_once(*[partial(offer_places, round.id)] * 3)
    assert sum(came.get("made", 0) for came in found) == 12, found
    assert Offer.objects.count() == 12 == Seat.objects.filter(taken=False).count()


def test_killed_in_the_midst_of_offering_no_place_is_lost_or_offered_twice(
    town: Edition, tmp_path: Path
) -> None:
    round = many(tmp_path, 30)
    for after in (5, 15):
        worker = subprocess.Popen(
            [sys.executable, "-m", "allting.offers.tests.worker", str(round.id)],
            env={**os.environ, "ALLTING_DATABASE": address()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        line_with("ready", worker.stdout)
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
        until = time.monotonic() + 60
        while Offer.objects.count() < after and time.monotonic() < until:
            time.sleep(0.005)
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
    offer_places(round.id)
    work_off()
    assert Offer.objects.filter(state="sent").count() == 30
    assert Seat.objects.filter(taken=False).count() == 30
    assert Place.objects.filter(state="offered").count() == 30
