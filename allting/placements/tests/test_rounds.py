"""Rounds from opening to settled, again as people decline, and what would be if."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.kernel.api import subscribe
from allting.kernel.models import AuditEntry
from allting.packages.api import Edition
from allting.placements.actions import decline, take
from allting.placements.errors import AlreadyOpen, NotNow
from allting.placements.events import RoundSettled
from allting.placements.models import Place, Round, RoundUnit, Seat
from allting.placements.queries import places_in
from allting.placements.rounds import drop_round, open_round, settle
from allting.placements.rules import draw
from allting.placements.tests.town import SERVICE, START, Staff, Waiting, seat
from allting.placements.what_if import Changes, Figures, what_if
from allting.register.models import Person

told: list[UUID] = []


@subscribe(RoundSettled)
def hear(event: RoundSettled) -> None:
    told.append(event.round)


def opened(by: Actor | None = None, seed: str = "seed") -> UUID:
    return open_round(service=SERVICE, start=START, by=by, seed=seed)


def settled(by: Actor | None = None, seed: str = "seed") -> UUID:
    found = opened(by, seed)
    settle(found, by=None)
    return found


def given(round: UUID) -> dict[str, str]:
    names = dict(Person.objects.values_list("id", "given_name"))
    return {names[p.subject]: p.unit or "none" for p in Place.objects.filter(round=round)}


def test_a_round_gives_places_and_keeps_seats(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Near", "elm", north=1)
    waiting.child("Far", "elm", "oak", north=0)
    told.clear()
    round = opened(cast.worker)
    assert given(round) == {"Near": "none", "Far": "none"}
    assert not Seat.objects.exists()
    settle(round, by=cast.chief)
    assert given(round) == {"Near": "elm", "Far": "oak"}
    assert told == [round]
    assert sorted(Seat.objects.values_list("unit", "taken", "since")) == [
        ("elm", False, START),
        ("oak", False, START),
    ]
    found = Round.objects.get(pk=round)
    assert (found.state, found.closed_by, len(found.digest)) == ("settled", "Per Berg", 64)
    acts = AuditEntry.objects.filter(verb__endswith="round").order_by("id")
    assert list(acts.values_list("verb", "actor")) == [
        ("open round", "Eva Berg"),
        ("settle round", "Per Berg"),
    ]


def test_each_is_told_what_stood_before(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Near", "elm", north=1)
    far = waiting.child("Far", "elm", "gone", "own", "oak", north=0)
    round = settled()
    place = Place.objects.get(round=round, subject=far.id)
    assert place.steps == [
        ["elm", "full", 1, "distance"],
        ["gone", "none", 0, None],
        ["own", "none", 0, None],
        ["oak", "given", 2, None],
    ]
    assert (place.rank, place.wished, place.state) == (3, 4, "offered")


def test_alike_in_all_are_parted_by_the_published_lot(cast: Staff, waiting: Waiting) -> None:
    children = [waiting.child(f"Barn{n}", "elm", north=1) for n in range(4)]
    round = settled(seed="2027")
    lots = draw([child.id for child in children], "2027")
    first = min(children, key=lambda child: lots[child.id])
    assert given(round)[first.given_name] == "elm"
    other = Place.objects.filter(round=round).exclude(subject=first.id)
    assert all(place.steps[0] == ["elm", "full", 1, "lot"] for place in other)
    assert {p.subject: p.lot for p in Place.objects.filter(round=round)} == lots


def test_seats_that_are_held_are_not_given(cast: Staff, waiting: Waiting) -> None:
    other = waiting.child("There")
    waiting.no_longer(other)
    seat(other, "elm")
    waiting.child("Near", "elm", north=1)
    round = settled()
    assert RoundUnit.objects.get(round=round, unit="elm").places == 0
    assert given(round)["Near"] != "elm"


def test_settled_again_nothing_changes(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Near", "elm", north=1)
    told.clear()
    round = settled()
    before = list(Place.objects.values()), list(Seat.objects.values())
    again = settle(round, by=None)
    assert again.state == "settled" and told == [round]
    assert (list(Place.objects.values()), list(Seat.objects.values())) == before


def test_the_same_list_and_seed_come_to_the_same(cast: Staff, waiting: Waiting) -> None:
    for n in range(6):
        waiting.child(f"Barn{n}", "elm", "oak", north=1)
    one = settled()
    digest = Round.objects.get(pk=one).digest
    for place in places_in(one):
        decline(place.id)
    Place.objects.all().delete()
    waiting.all.reverse()
    assert Round.objects.get(pk=settled()).digest == digest


def test_two_rounds_for_one_first_day_are_not_open_at_once(cast: Staff, waiting: Waiting) -> None:
    first = opened()
    with pytest.raises(AlreadyOpen) as already:
        opened()
    assert already.value.round == first
    drop_round(first, by=cast.worker, why="fel dag")
    assert Round.objects.get(pk=first).why == "fel dag"
    second = opened()
    with pytest.raises(NotNow):
        settle(first, by=cast.chief)
    with pytest.raises(NotNow):
        drop_round(first, by=cast.worker, why="igen")
    settle(second, by=cast.chief)
    with pytest.raises(NotNow):
        drop_round(second, by=cast.worker, why="ångrar mig")


def test_the_next_round_fills_what_was_declined(cast: Staff, waiting: Waiting) -> None:
    yes = waiting.child("Ja", "oak", north=0)
    no = waiting.child("Nej", "oak", north=0.1)
    late = waiting.child("Sen", "oak", north=0.2)
    first = settled()
    assert given(first) == {"Ja": "oak", "Nej": "oak", "Sen": "elm"}
    places = {place.subject: place.id for place in places_in(first)}
    take(places[yes.id])
    decline(places[no.id])
    decline(places[late.id])
    waiting.no_longer(yes)
    second = settled()
    # who said no to the oak is not offered it again; who said no to the elm may have it
    assert given(second) == {"Nej": "elm", "Sen": "oak"}
    assert Round.objects.get(pk=second).previous_id == first


def test_who_has_not_answered_is_not_placed_again(cast: Staff, waiting: Waiting) -> None:
    waiting.child("Ja", "oak", north=0)
    settled()
    assert given(settled()) == {}


@pytest.mark.parametrize("who", ["builder", "resident"])
def test_strangers_open_drop_settle_and_try_nothing(
    cast: Staff, waiting: Waiting, who: str
) -> None:
    round, stranger = opened(), getattr(cast, who)
    for act in (
        lambda: opened(stranger),
        lambda: settle(round, by=stranger),
        lambda: drop_round(round, by=stranger, why="x"),
        lambda: what_if(round, Changes(), by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Round.objects.get().state == "open"


def test_a_caseworker_does_not_settle(cast: Staff, waiting: Waiting) -> None:
    round = opened(cast.worker)
    with pytest.raises(PermissionDenied):
        settle(round, by=cast.worker)


def test_what_if_a_unit_closes_and_another_grows(cast: Staff, waiting: Waiting) -> None:
    waiting.child("A", "oak", north=0)
    waiting.child("B", "oak", "elm", north=0.1)
    waiting.child("C", "oak", "ash", north=0.2)
    waiting.child("D", "elm", north=0.3)
    there = waiting.child("There")
    waiting.no_longer(there)
    seat(there, "oak")
    round = opened()
    before = [list(model.objects.values()) for model in (Place, Seat, Round, RoundUnit)]
    found = what_if(round, Changes(closed=frozenset({"oak"}), more={"ash": 3}), by=cast.worker)
    assert [list(m.objects.values()) for m in (Place, Seat, Round, RoundUnit)] == before
    assert found.displaced == 1
    by_unit = {it.unit: (it.places, it.placed) for it in found.units}
    assert by_unit == {
        "oak": ((1, 0), (1, 0)),
        "elm": ((1, 1), (1, 1)),
        "ash": ((1, 4), (1, 2)),
    }
    assert found.now == Figures(placed=3, first_wish=2, some_wish=3, without=1)
    assert found.then == Figures(placed=3, first_wish=1, some_wish=2, without=1)
    assert found.better + found.worse + found.same == 4


def test_what_if_nothing_changes_is_the_result(cast: Staff, waiting: Waiting) -> None:
    for n in range(5):
        waiting.child(f"Barn{n}", "oak", "elm", north=n / 10)
    round = settled()
    found = what_if(round, Changes(), by=None)
    assert found.now == found.then and found.same == 5
    assert found.now.placed == len(places_in(round))
    with pytest.raises(ValueError, match="gone is not in the round; expected one of"):
        what_if(round, Changes(closed=frozenset({"gone"})), by=None)


def test_a_package_that_changes_does_not_change_an_open_round(
    town: Edition, cast: Staff, waiting: Waiting, tmp_path: object
) -> None:
    waiting.child("A", "oak", north=0)
    round = opened()
    assert Round.objects.get(pk=round).edition == town.id
