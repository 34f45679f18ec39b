"""One child's place: kept, taken, declined, released; each once, and never more than there are."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection

from allting.kernel.api import subscribe, write
from allting.packages.api import Edition
from allting.placements.actions import decline, end_seat, give, release, reserve, take
from allting.placements.errors import NoSeat, NotNow, Offered
from allting.placements.events import (
    PlaceDeclined,
    PlaceEvent,
    PlaceOffered,
    PlaceReleased,
    PlaceTaken,
)
from allting.placements.models import Place, Seat
from allting.placements.queries import place
from allting.placements.seats import free
from allting.placements.tests.town import SERVICE, START
from allting.register.models import DeclaredFact
from allting.register.testing import person

told: list[tuple[str, UUID]] = []
KIND = "preschool"


def hear(event: PlaceEvent) -> None:
    told.append((type(event).__name__, event.place))


for kind in (PlaceOffered, PlaceTaken, PlaceDeclined, PlaceReleased):
    subscribe(kind)(hear)


@pytest.fixture(autouse=True)
def silence(town: Edition) -> None:
    told.clear()


def kept(unit: str = "elm", subject: UUID | None = None, start: date = START) -> UUID:
    return reserve(
        service=SERVICE, unit=unit, subject=subject or uuid4(), start=start, source="case 1"
    )


def test_the_last_seat_is_kept_once_and_free_again_when_declined() -> None:
    first = kept()
    with pytest.raises(NoSeat) as none:
        kept()
    assert none.value.unit == "elm"
    assert decline(first)
    second = kept()
    assert take(second)
    assert told == [
        ("PlaceOffered", first),
        ("PlaceDeclined", first),
        ("PlaceOffered", second),
        ("PlaceTaken", second),
    ]
    assert Seat.objects.get().taken


def test_each_is_done_once() -> None:
    one, two, three = kept("oak"), kept("oak"), kept("elm")
    assert [take(one), take(one)] == [True, False]
    assert [decline(two), decline(two)] == [True, False]
    assert [release(three), release(three)] == [True, False]
    assert len(told) == 6
    for late, state in ((decline, one), (release, one), (take, two), (release, two), (take, three)):
        with pytest.raises(NotNow):
            late(state)
    found = place(one)
    assert found is not None and (found.state, found.unit) == ("taken", "oak")
    assert place(uuid4()) is None


def test_a_child_has_one_offer_at_a_time() -> None:
    child = uuid4()
    kept("oak", child)
    with pytest.raises(Offered):
        kept("elm", child)


def test_taking_a_place_ends_the_one_before() -> None:
    child = uuid4()
    take(kept("oak", child, date(2026, 8, 17)))
    take(kept("elm", child, START))
    seats = {s.unit: (s.since, s.until) for s in Seat.objects.all()}
    assert seats == {"oak": (date(2026, 8, 17), START), "elm": (START, None)}
    assert free(KIND, {"oak": 2}, START) == {"oak": 2}
    assert free(KIND, {"oak": 2}, date(2026, 12, 1)) == {"oak": 1}


def test_taking_an_earlier_place_ends_where_the_later_begins() -> None:
    child, autumn = uuid4(), date(2027, 8, 16)
    take(kept("oak", child, autumn))
    take(kept("elm", child, START))
    seats = {s.unit: (s.since, s.until) for s in Seat.objects.all()}
    assert seats == {"oak": (autumn, None), "elm": (START, autumn)}


def test_another_place_from_the_same_day_is_instead() -> None:
    child = uuid4()
    take(kept("oak", child))
    take(kept("elm", child))
    assert [s.unit for s in Seat.objects.all()] == ["elm"]


def test_a_seat_ends() -> None:
    child = uuid4()
    take(kept("elm", child))
    assert end_seat(kind=KIND, subject=child, until=date(2027, 6, 1))
    assert not end_seat(kind=KIND, subject=child, until=date(2027, 6, 1))
    assert free(KIND, {"elm": 1}, date(2027, 6, 1)) == {"elm": 1}
    assert free(KIND, {"elm": 1}, date(2027, 5, 31)) == {"elm": 0}
    other = uuid4()
    take(kept("oak", other))
    assert end_seat(kind=KIND, subject=other, until=START)
    assert not Seat.objects.filter(subject=other).exists()


def test_the_register_is_told_who_has_a_place() -> None:
    child = person("Nils", date(2025, 5, 20))
    take(kept("elm", child.id))
    end_seat(kind=KIND, subject=child.id, until=date(2027, 6, 1))
    stated = DeclaredFact.objects.filter(person=child, name="place_preschool").order_by("id")
    assert list(stated.values_list("value", "at", "purpose")) == [
        ("true", START, SERVICE), ("false", date(2027, 6, 1), ""),
    ]  # fmt: skip


def test_a_seat_from_later_on_is_held_for_those_who_come_before() -> None:
    take(kept("elm", start=date(2027, 8, 16)))
    with pytest.raises(NoSeat):
        kept("elm", start=START)


def test_a_unit_that_the_municipality_does_not_give_has_no_seats() -> None:
    for unit in ("own", "gone"):
        with pytest.raises(NoSeat):
            kept(unit)


def test_too_late_does_not_undo_what_was_done_around_it() -> None:
    one = kept("oak")
    decline(one)
    with write():
        other = kept("oak")
        with pytest.raises(NotNow):
            take(one)
        with pytest.raises(Offered):
            kept("elm", Place.objects.get(pk=other).subject)
        take(kept("elm"))
        with pytest.raises(NoSeat):
            kept("elm")
    assert not connection.needs_rollback
    assert sorted(Seat.objects.values_list("unit", flat=True)) == ["elm", "oak"]


def given_to(child: UUID, unit: str, start: date = START) -> UUID:
    return give(service=SERVICE, unit=unit, subject=child, start=start, source="case 2")


def test_what_a_person_decides_is_given_at_once() -> None:
    place = given_to(uuid4(), "elm")
    assert Place.objects.get(pk=place).state == "taken" and Seat.objects.get().taken
    with pytest.raises(NoSeat):
        given_to(uuid4(), "elm")


def test_a_decision_takes_the_offer_of_that_unit() -> None:
    child = uuid4()
    offer = kept("elm", child)
    assert given_to(child, "elm") == offer
    assert Place.objects.get().state == "taken"


def test_a_decision_elsewhere_ends_the_offer() -> None:
    child = uuid4()
    offer = kept("elm", child)
    place = given_to(child, "oak")
    assert Place.objects.get(pk=offer).state == "released"
    assert Place.objects.get(pk=place).state == "taken"
    assert [(s.unit, s.taken) for s in Seat.objects.all()] == [("oak", True)]
    assert ("PlaceReleased", offer) in told


def test_a_decision_for_which_there_is_no_seat_leaves_the_offer() -> None:
    child = uuid4()
    given_to(uuid4(), "elm")
    offer = kept("oak", child)
    with pytest.raises(NoSeat):
        given_to(child, "elm")
    assert Place.objects.get(pk=offer).state == "offered"
