"""Somebody comes to be protected: out of the rounds, on to the named handler, and no home kept."""

import pytest
from django.core.exceptions import PermissionDenied

from allting.kernel.api import announce, write
from allting.placements.actions import reserve, take
from allting.placements.models import ByHand, Place, Round, Seat
from allting.placements.queries import explained_for_family, tasks_by_hand
from allting.placements.queries import open_for as seen_by
from allting.placements.rounds import open_round, settle
from allting.placements.shielding import hand_over
from allting.placements.tests.test_protected import guardian_of
from allting.placements.tests.town import SERVICE, START, Staff, Waiting
from allting.register.events import ProtectionAppeared
from allting.register.models import Guardianship, Person


def opened() -> Round:
    return Round.objects.get(pk=open_round(service=SERVICE, start=START, by=None, seed="seed"))


def protect(*whom: Person) -> None:
    with write():
        Person.objects.filter(id__in=[it.id for it in whom]).update(protection="mark")
        announce(ProtectionAppeared(tuple(it.id for it in whom)))


def test_who_waits_in_an_open_round_is_a_task_at_once(cast: Staff, waiting: Waiting) -> None:
    ada, bo = waiting.child("Ada", "elm", "oak"), waiting.child("Bo", "elm", north=0.5)
    round = opened()
    protect(ada)
    assert [it.subject for it in Place.objects.all()] == [bo.id]
    [task] = tasks_by_hand(seen_by(cast.handler, round.id))
    assert (task.task.subject, task.task.wishes) == (ada.id, ["elm", "oak"])
    with pytest.raises(PermissionDenied):
        tasks_by_hand(seen_by(cast.worker, round.id))
    settle(round.id, by=None)
    settle(round.id, by=None)
    assert ByHand.objects.count() == 1


@pytest.mark.parametrize("whom", ["child", "guardian"])
def test_a_place_that_is_kept_is_let_go_and_becomes_a_task(
    cast: Staff, waiting: Waiting, whom: str
) -> None:
    ada = waiting.child("Ada", "elm")
    round = opened()
    settle(round.id, by=None)
    protect(ada if whom == "child" else Guardianship.objects.get(child=ada).guardian)
    place = Place.objects.get()
    assert (place.state, place.listed, place.steps) == ("released", [], [])
    assert not Seat.objects.exists()
    assert ByHand.objects.get().wishes == ["elm"]


def test_a_child_that_has_its_place_keeps_it_and_the_way_home_is_forgotten(
    cast: Staff, waiting: Waiting
) -> None:
    ada = waiting.child("Ada", "elm")
    settle(opened().id, by=None)
    take(Place.objects.get().id)
    protect(ada)
    place = Place.objects.get()
    assert (place.state, place.unit, place.listed, place.steps) == ("taken", "elm", [], [])
    assert Seat.objects.get().taken
    assert explained_for_family(guardian_of(ada), place.id).place.unit == "elm"  # at home with her
    assert not ByHand.objects.exists()


def test_a_place_outside_a_round_has_no_list_of_tasks_to_stand_in(
    cast: Staff, waiting: Waiting
) -> None:
    ada = waiting.child("Ada")
    place = reserve(service=SERVICE, unit="elm", subject=ada.id, start=START, source="x")
    assert not hand_over(place)
    assert Place.objects.get().state == "released"
    assert not ByHand.objects.exists()


def test_what_is_over_is_not_handed_over(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Ada", "elm")
    settle(opened().id, by=None)
    place = Place.objects.get()
    take(place.id)
    assert not hand_over(place.id)
    assert Seat.objects.get().taken and not ByHand.objects.exists()
