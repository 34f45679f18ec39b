"""From a round of places to a seat: offered to who has not applied, taken, freed, filled again."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from allting.cases.models import Case, Decision
from allting.kernel.api import clock_at, now, work_off
from allting.notifications.models import Message
from allting.offers.answering import Answer, NotOpen, accept, decline, give_back, reopen
from allting.offers.ending import expire
from allting.offers.making import Came, make
from allting.offers.models import ByHand, Offer
from allting.offers.placing import waiting
from allting.offers.tests.making import DAY, refused, situation
from allting.offers.tests.town import PLACED, published
from allting.packages.api import Edition
from allting.placements.api import open_round, settle
from allting.placements.models import ByHand as PlacedByHand
from allting.placements.models import Place, Seat
from allting.placements.ports import Asked
from allting.register.models import Person
from allting.register.testing import Family, actor, guard, home, person

START = date(2027, 1, 11)


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    return published(tmp_path / "town", **PLACED)


def lives(child: Person, lat: float) -> None:
    Person.objects.filter(id=child.id).update(lat=lat, lon=16.2)


def child(name: str, *, lat: float = 58.1) -> tuple[Person, Person]:
    """A parent and a child of one, who live here."""
    parent, small = person(name, date(1990, 1, 1)), person(f"{name}ia", date(2025, 6, 1))
    home(parent, small)
    guard(small, parent)
    lives(small, lat)
    return parent, small


def placed(town: Edition) -> list[Offer]:
    """A round, settled; the offers that came of it, told."""
    round = open_round(service="preschool", start=START, by=None, as_of=DAY)
    settle(round, by=None)
    work_off()
    return list(Offer.objects.order_by("made_at", "id"))


def seats() -> list[tuple[str, bool]]:
    return sorted(Seat.objects.values_list("unit", "taken"))


def asked(town: Edition) -> Asked:
    return Asked("preschool", town.id, START, DAY, frozenset())


def test_who_is_in_the_situation_waits_for_a_place(town: Edition, people: Family) -> None:
    found = list(waiting(asked(town)))
    assert [(it.subject, it.source, it.wishes) for it in found] == [
        (people.baby.id, "situation:soon-one", ())
    ]


def test_no_offer_of_a_place_is_made_without_a_round(town: Edition, people: Family) -> None:
    assert make(town, situation(town), people.baby.id, as_of=DAY) is Came.NO_PLACE


def test_round_offer_yes_seat_decision(town: Edition, people: Family, mails: list[Any]) -> None:
    lives(people.baby, 58.1)
    [offer] = placed(town)
    assert (offer.unit, offer.start, offer.state) == ("solrosen", START, "sent")
    assert seats() == [("solrosen", False)]
    text = mails[0].get_body(("plain",)).get_content()
    assert "Plats på Solrosen från 11 januari 2027" in text
    accept(offer.id, Answer(people.mother.id, "sv"))
    assert seats() == [("solrosen", True)]
    decision = Decision.objects.get()
    assert decision.values == {"unit": "solrosen", "start": "2027-01-11"}
    assert decision.account is None
    assert Case.objects.get().subject == people.baby.id
    assert [it.subject for it in waiting(asked(town))] == []


def test_a_no_frees_the_place_for_the_next_round(town: Edition, people: Family) -> None:
    lives(people.baby, 58.1)
    [offer] = placed(town)
    decline(offer.id, Answer(people.mother.id, "sv"))
    assert seats() == []
    _, other = child("Ada")
    later = placed(town)
    assert [it.person for it in later] == [people.baby.id, other.id]
    assert later[1].unit == "solrosen"


def test_what_closes_and_what_falls_frees_the_place(town: Edition, people: Family) -> None:
    lives(people.baby, 58.1)
    placed(town)
    assert expire(date(2026, 12, 24)) == 1
    assert seats() == []
    assert Place.objects.get().state == "released"


def test_a_yes_taken_back_frees_the_seat(town: Edition, people: Family) -> None:
    lives(people.baby, 58.1)
    [offer] = placed(town)
    accept(offer.id, Answer(people.mother.id, "sv"))
    give_back(offer.id, actor(people.mother))
    assert seats() == []


def test_a_no_taken_back_keeps_the_place_again_if_it_is_there(
    town: Edition, people: Family
) -> None:
    lives(people.baby, 58.1)
    [offer] = placed(town)
    decline(offer.id, Answer(people.mother.id, "sv"))
    assert reopen(offer.id, actor(people.mother)).state == "sent"
    assert seats() == [("solrosen", False)]
    decline(offer.id, Answer(people.father.id, "sv"))
    Seat.objects.create(
        kind="preschool", unit="solrosen", subject=people.sister.id, since=START, taken=True,
        source="desk", at=now(),
    )  # fmt: skip
    with refused(NotOpen) as why:
        reopen(offer.id, actor(people.mother))
    assert why.value.state == "gone"


def test_more_children_than_places(town: Edition, people: Family) -> None:
    lives(people.baby, 58.1)
    others = [child(name, lat=58.1 + n / 100)[1] for n, name in enumerate(("Ada", "Bea", "Cia"))]
    offers = placed(town)
    assert len(offers) == 2
    assert {it.unit for it in offers} == {"solrosen", "blaklockan"}
    assert {it.person for it in offers} < {people.baby.id, *(it.id for it in others)}


def test_a_place_freed_at_the_desk_takes_its_offer_along(town: Edition, people: Family) -> None:
    from allting.placements.api import release

    lives(people.baby, 58.1)
    [offer] = placed(town)
    release(Place.objects.get().id)
    offer.refresh_from_db()
    assert (offer.state, offer.why) == ("withdrawn", "ended")
    with refused(NotOpen):
        accept(offer.id, Answer(people.mother.id, "sv"))


def test_the_last_seat_given_away_between_offer_and_yes(town: Edition, people: Family) -> None:
    """Whatever has happened to the kept seat, a yes never makes two have it."""
    lives(people.baby, 58.1)
    [offer] = placed(town)
    Place.objects.update(state="released")
    Seat.objects.all().delete()
    assert accept(offer.id, Answer(people.mother.id, "sv")).state == "withdrawn"
    assert not Case.objects.exists()
    assert seats() == []


def test_the_same_round_twice_offers_once(town: Edition, people: Family) -> None:
    from allting.offers.placing import offer_places

    lives(people.baby, 58.1)
    placed(town)
    round = Place.objects.get().round_id
    assert round is not None
    assert offer_places(round) == {"already": 1}
    work_off()
    assert (Offer.objects.count(), Message.objects.count()) == (1, 2)
    assert seats() == [("solrosen", False)]


def test_who_moved_meanwhile_is_offered_nothing_and_the_place_is_free(
    town: Edition, people: Family
) -> None:
    lives(people.baby, 58.1)
    round = open_round(service="preschool", start=START, by=None, as_of=DAY)
    Person.objects.filter(id=people.baby.id).update(municipality_code="0180")
    settle(round, by=None)
    work_off()
    assert not Offer.objects.exists()
    assert seats() == []


@pytest.mark.parametrize("who", ["baby", "mother", "father"])
def test_protected_people_are_placed_by_hand_and_offered_nothing(
    town: Edition, people: Family, who: str, mails: list[Any]
) -> None:
    Person.objects.filter(id=getattr(people, who).id).update(protection="mark")
    assert placed(town) == []
    assert (PlacedByHand.objects.count(), seats()) == (1, [])
    assert not (Message.objects.exists() or mails)


def test_protected_between_the_round_and_the_offer(town: Edition, people: Family) -> None:
    lives(people.baby, 58.1)
    round = open_round(service="preschool", start=START, by=None, as_of=DAY)
    settle(round, by=None)
    Person.objects.filter(id=people.baby.id).update(protection="mark")
    work_off()
    assert not (Offer.objects.exists() or Message.objects.exists() or seats())
    # one task, where whoever has it can also give a place
    assert (PlacedByHand.objects.count(), ByHand.objects.count()) == (1, 0)


def test_a_case_that_waits_is_placed_and_its_decision_takes_the_seat(
    town: Edition, people: Family
) -> None:
    from allting.cases.api import Given, do
    from allting.offers.tests.making import made

    lives(people.sister, 58.1)
    three = made(town, people.sister.id, "preschool/three")
    told = {"extent": "full-time", "wishes": ["blaklockan"]}
    accept(three.id, Answer(people.mother.id, "sv", told=told))
    case = Case.objects.get()
    found = {it.subject: it for it in waiting(asked(town))}
    assert found[people.sister.id].wishes == ("blaklockan",)
    assert found[people.sister.id].source == case.number
    Person.objects.filter(id=people.baby.id).update(municipality_code="0180")
    round = open_round(service="preschool", start=START, by=None, as_of=DAY)
    settle(round, by=None)
    work_off()
    assert seats() == [("blaklockan", False)]
    anna = actor(person("Anna", date(1980, 2, 2)), ("administrator", "education"))
    values = {"unit": "blaklockan", "start": "2027-01-11"}
    do(anna, case.id, "decide", seen_stage="received", given=Given(outcome="placed", values=values))
    assert seats() == [("blaklockan", True)]


def test_a_case_that_is_withdrawn_frees_its_place(town: Edition, people: Family) -> None:
    from allting.cases.api import do
    from allting.offers.tests.making import made

    lives(people.sister, 58.1)
    three = made(town, people.sister.id, "preschool/three")
    told = {"extent": "full-time", "wishes": ["blaklockan"]}
    accept(three.id, Answer(people.mother.id, "sv", told=told))
    Person.objects.filter(id=people.baby.id).update(municipality_code="0180")
    settle(open_round(service="preschool", start=START, by=None, as_of=DAY), by=None)
    assert seats() == [("blaklockan", False)]
    do(actor(people.mother), Case.objects.get().id, "withdraw", seen_stage="received")
    assert seats() == []


def test_told_a_day_later_it_closes_a_day_later(town: Edition, people: Family) -> None:
    lives(people.baby, 58.1)
    round = open_round(service="preschool", start=START, by=None, as_of=DAY)
    with clock_at(datetime(2026, 11, 3, 8, tzinfo=UTC)):
        settle(round, by=None)
        work_off()
    assert Offer.objects.get().closes == date(2026, 11, 17)
