"""Protected children: in no result, count or order; a task for the named handler alone."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.placements.actions import place_by_hand
from allting.placements.errors import NoSeat, NotNow
from allting.placements.models import ByHand, Place, Round, Seat
from allting.placements.queries import (
    explained_for_employee,
    explained_for_family,
    open_for,
    places_in,
    places_of_family,
    tasks_by_hand,
)
from allting.placements.rounds import open_round, settle
from allting.placements.tests.town import SERVICE, START, Staff, Waiting, seat
from allting.placements.what_if import Changes, what_if
from allting.register.models import AccessLog, Guardianship, Membership, Person
from allting.register.testing import actor, guard, home, person

KINDS = ("mark", "registration", "new-identity")


def opened() -> UUID:
    return open_round(service=SERVICE, start=START, by=None, seed="seed")


def guardian_of(child: Person) -> Actor:
    return actor(Guardianship.objects.filter(child=child).first().guardian)  # type: ignore[union-attr]


@pytest.mark.parametrize("protection", KINDS)
def test_a_protected_child_is_a_task_and_nothing_else(
    cast: Staff, waiting: Waiting, protection: str
) -> None:
    hidden = waiting.child("Hemlig", "elm", north=1, protection=protection)
    other = waiting.child("Far", "elm", north=0)
    round = opened()
    settle(round, by=None)
    assert {p.subject: p.unit for p in places_in(round)} == {other.id: "elm"}
    assert not Place.objects.filter(subject=hidden.id).exists()
    assert not Seat.objects.filter(subject=hidden.id).exists()
    task = ByHand.objects.get()
    assert (task.subject, task.wishes, task.source) == (hidden.id, ["elm"], "case Hemlig")


@pytest.mark.parametrize("whom", ["guardian", "someone at home"])
def test_whoever_would_give_a_protected_person_away_is_placed_by_hand(
    cast: Staff, waiting: Waiting, whom: str
) -> None:
    child = waiting.child("Ada", "elm")
    if whom == "guardian":
        guard(child, person("Omar", date(1990, 1, 1), sex="m", protection="mark"))
    else:
        uncle = person("Ali", date(1990, 1, 1), sex="m", protection="registration")
        household = Membership.objects.get(person=child).household
        Membership.objects.create(person=uncle, household=household, since=date(2020, 1, 1))
    opened()
    assert ByHand.objects.get().subject == child.id
    assert not Place.objects.exists()


def test_who_is_protected_after_the_opening_is_set_aside_when_it_is_settled(
    cast: Staff, waiting: Waiting
) -> None:
    ada, bo = waiting.child("Ada", "elm", "oak"), waiting.child("Bo", "elm", north=0.5)
    round = opened()
    Person.objects.filter(pk=ada.id).update(protection="mark")
    settle(round, by=None)
    assert ByHand.objects.get().wishes == ["elm", "oak"]
    assert {p.subject: p.unit for p in places_in(round)} == {bo.id: "elm"}


def test_who_is_protected_after_the_settling_is_in_no_count_or_list(
    cast: Staff, waiting: Waiting
) -> None:
    ada, bo = waiting.child("Ada", "oak"), waiting.child("Bo", "oak", north=0.5)
    round = opened()
    settle(round, by=None)
    place = Place.objects.get(subject=ada.id)
    Person.objects.filter(pk=ada.id).update(protection="registration")
    for who in (cast.worker, cast.chief, cast.handler):
        seen = open_for(who, round)
        assert seen.children == 1 and seen.states["offered"] == 1
        assert [p.subject for p in seen.page()] == [bo.id]
        oak = next(it for it in seen.results if it.unit == "oak")
        assert (oak.offered, oak.given) == (1, 1)
        assert seen.by_wish == (1, 0, 0)
        with pytest.raises(PermissionDenied):
            explained_for_employee(who, round, place.id)
    found = what_if(round, Changes(closed=frozenset({"oak"})), by=cast.worker)
    assert found.now.placed == 1 and found.displaced == 0


def test_a_seat_of_a_protected_child_is_in_no_comparison(cast: Staff, waiting: Waiting) -> None:
    hidden = waiting.child("Hemlig", protection="mark")
    waiting.no_longer(hidden)
    seat(hidden, "oak")
    seat(person("Synlig", date(2023, 1, 1)), "oak")
    round = opened()
    assert what_if(round, Changes(closed=frozenset({"oak"})), by=None).displaced == 1


def test_a_protected_sibling_brings_nobody_first(cast: Staff, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak")
    brother = person("Bror", date(2023, 1, 1), sex="m")
    guard(brother, Guardianship.objects.get(child=ada).guardian)
    seat(brother, "oak")
    first = Place.objects.get(round=opened())
    assert first.listed[0][1][0] == 0  # the sibling counts
    Round.objects.update(state="dropped")
    Person.objects.filter(pk=brother.id).update(protection="mark")
    second = Place.objects.exclude(pk=first.pk).get(round=opened())
    assert second.listed[0][1][0] == 1


def test_only_the_named_handler_sees_and_does_the_tasks(cast: Staff, waiting: Waiting) -> None:
    hidden = waiting.child("Hemlig", "elm", protection="mark")
    round = opened()
    task = ByHand.objects.get()
    for who in (cast.worker, cast.chief, cast.builder, cast.resident):
        with pytest.raises(PermissionDenied):
            tasks_by_hand(open_for(who, round))
        with pytest.raises(PermissionDenied):
            place_by_hand(task.id, by=who, unit="elm", start=START)
    with pytest.raises(PermissionDenied):
        place_by_hand(round, by=cast.worker, unit="elm", start=START)  # there is no such task
    AccessLog.objects.all().delete()
    (seen,) = tasks_by_hand(open_for(cast.handler, round))
    assert (seen.person.id, seen.person.withheld) == (hidden.id, False)
    assert AccessLog.objects.get().person_id == hidden.id
    place_by_hand(task.id, by=cast.handler, unit="elm", start=START)
    assert Seat.objects.get().subject == hidden.id
    with pytest.raises(NotNow):
        place_by_hand(task.id, by=cast.handler, unit="elm", start=START)
    assert tasks_by_hand(open_for(cast.handler, round)) == []
    assert len(tasks_by_hand(open_for(cast.handler, round), done=True)) == 1
    # what was done by hand belongs to no round
    assert open_for(cast.chief, round).children == 0


def test_by_hand_there_are_no_more_seats_than_there_are(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Hemlig", "elm", protection="mark")
    seat(person("Annan", date(2023, 1, 1)), "elm")
    opened()
    with pytest.raises(NoSeat):
        place_by_hand(ByHand.objects.get().id, by=cast.handler, unit="elm", start=START)
    assert ByHand.objects.get().done_at is None


def test_a_familys_page_is_for_the_family(cast: Staff, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak")
    round = opened()
    mother = guardian_of(ada)
    place = Place.objects.get(subject=ada.id)
    with pytest.raises(PermissionDenied):
        explained_for_family(mother, place.id)  # not settled yet
    settle(round, by=None)
    assert explained_for_family(mother, place.id).person.id == ada.id
    assert [(it.unit, name) for it, name in places_of_family(mother)] == [("oak", "Ada")]
    for who in (cast.resident, cast.worker, cast.handler):
        with pytest.raises(PermissionDenied):
            explained_for_family(who, place.id)
        assert places_of_family(who) == []
    with pytest.raises(PermissionDenied):
        explained_for_family(mother, round)  # there is no such place


def test_the_parent_who_must_not_know_does_not_learn_it_here(cast: Staff, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak")
    father = person("Far", date(1990, 1, 1), sex="m")
    home(father)
    guard(ada, father)
    settle(opened(), by=None)
    place = Place.objects.get(subject=ada.id)
    mother = guardian_of(ada)
    assert explained_for_family(actor(father), place.id)
    Person.objects.filter(pk=ada.id).update(protection="mark")
    with pytest.raises(PermissionDenied):
        explained_for_family(actor(father), place.id)
    assert places_of_family(actor(father)) == []
    assert explained_for_family(mother, place.id)
    assert len(places_of_family(mother)) == 1
    # nor where it is the mother who is protected
    Person.objects.filter(pk=ada.id).update(protection="none")
    Person.objects.filter(pk=str(mother.person)).update(protection="mark")
    with pytest.raises(PermissionDenied):
        explained_for_family(actor(father), place.id)
    assert explained_for_family(mother, place.id)


def test_another_board_sees_no_round(cast: Staff, waiting: Waiting) -> None:
    round = opened()
    for who in (cast.builder, cast.resident):
        with pytest.raises(PermissionDenied):
            open_for(who, round)
    with pytest.raises(PermissionDenied):
        open_for(cast.worker, ByHand().id)
