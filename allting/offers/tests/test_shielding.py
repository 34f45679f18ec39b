"""Somebody comes to be protected: offers end, links die, what has not gone out stays at home."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from allting.identity.testing import signed_in_client
from allting.kernel.api import announce, clock_at, work_off, write
from allting.notifications import ports
from allting.notifications.models import Delivery, Message
from allting.offers.answering import Answer, accept, decline
from allting.offers.keys import find_key
from allting.offers.models import ByHand, Offer, OfferKey
from allting.offers.queries import offers_of, own_offer
from allting.offers.tests.making import DAY, link_in, made, to_family
from allting.offers.tests.test_texting import Phones
from allting.offers.tests.town import PLACED, published
from allting.packages.api import Edition
from allting.placements.models import ByHand as PlacedByHand
from allting.placements.models import Place, Seat
from allting.placements.rounds import open_round, settle
from allting.register.events import ProtectionAppeared
from allting.register.models import Guardianship, Mandate, Person
from allting.register.testing import Family, actor, person

pytestmark = pytest.mark.django_db(transaction=True)
START = date(2027, 1, 11)


@pytest.fixture(autouse=True)
def father_is_reached(people: Family) -> None:
    Person.objects.filter(id=people.father.id).update(
        email="omar@epost.example", phone="+46701740606"
    )


def protect(*whom: Person, protection: str = "mark") -> None:
    """As the register does it: the row and the news in one transaction."""
    with write():
        Person.objects.filter(id__in=[it.id for it in whom]).update(protection=protection)
        announce(ProtectionAppeared(tuple(it.id for it in whom)))


def browser(who: Person) -> Client:
    return signed_in_client(who.identity_number, who.given_name, person=who.id)[0]


@pytest.mark.parametrize("who", ["baby", "mother", "father", "sister"])
def test_an_open_offer_ends_at_once_and_becomes_a_task(
    vik: Edition, people: Family, mails: list[Any], who: str
) -> None:
    """Of the child itself, of a guardian, of somebody at home with it."""
    offer = to_family(vik, people)
    protect(getattr(people, who))
    offer.refresh_from_db()
    assert (offer.state, offer.why) == ("withdrawn", "protected")
    assert not OfferKey.objects.filter(revoked_at=None).exists()
    assert all(find_key(link_in(mail)) is None for mail in mails)
    assert ByHand.objects.get().person == people.baby.id
    before = len(mails)
    work_off()
    assert len(mails) == before and Message.objects.count() == 2  # nobody is told that it ended


def test_what_is_kept_of_the_data_tells_of_no_place(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    assert set(offer.data) >= {"birth_date", "municipality_code"}
    protect(people.baby)
    offer.refresh_from_db()
    assert offer.data == {"birth_date": "2025-05-20"}


def test_an_answered_offer_is_hidden_from_who_lives_elsewhere(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    offer = to_family(vik, people)
    accept(offer.id, Answer(people.mother.id, "sv"))
    work_off()
    assert own_offer(actor(people.father), offer.id) is not None
    protect(people.baby)
    offer.refresh_from_db()
    assert (offer.state, set(offer.data)) == ("accepted", {"birth_date"})
    assert own_offer(actor(people.father), offer.id) is None
    assert offers_of(actor(people.father), "sv") == []
    assert browser(people.father).get(f"/sv/my/offers/{offer.id}/").status_code == 404
    assert browser(people.mother).get(f"/sv/my/offers/{offer.id}/").status_code == 200
    assert Client().get(f"/o/{link_in(mails[0])}").status_code == 404
    with pytest.raises(PermissionDenied):
        decline(offer.id, Answer(people.father.id, "sv"))


def test_what_waits_for_the_night_to_end_is_not_sent(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    night = ports.Manners(time(21), time(7))
    before, phones = (ports._manners, ports.sms_gateway()), Phones()
    ports.manners_from(lambda: night)
    ports.texts_through(phones)
    try:
        with clock_at(datetime(2026, 11, 2, 21, 0, tzinfo=UTC)):
            to_family(vik, people)
            assert (len(mails), phones.got) == (2, {})
            protect(people.baby)
        with clock_at(datetime(2026, 11, 3, 7, 0, tzinfo=UTC)):
            work_off()
    finally:
        ports.manners_from(before[0])
        ports.texts_through(before[1])
    assert phones.got == {}
    told = Delivery.objects.filter(channel="sms").values_list("state", "why")
    assert set(told) == {("withheld", "called off")}


def test_made_and_not_yet_told_nobody_is_told(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    from allting.offers.making import make
    from allting.offers.tests.making import situation

    make(vik, situation(vik), people.baby.id, as_of=DAY)
    protect(people.baby)
    work_off()
    assert not (Message.objects.exists() or mails)
    assert ByHand.objects.count() == 1


def test_the_other_is_not_told_what_one_of_them_does_later(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    from allting.offers.answering import give_back

    offer = to_family(vik, people)
    accept(offer.id, Answer(people.mother.id, "sv"))
    work_off()
    protect(people.baby)
    told = Message.objects.filter(to_person=people.father.id).count()
    give_back(offer.id, actor(people.mother))
    work_off()
    assert Message.objects.filter(to_person=people.father.id).count() == told


def test_whoever_answers_for_another_is_protected(vik: Edition, people: Family) -> None:
    """A mandate holder: the links to them die; the offer stays the person's own."""
    offer = made(vik, people.stranger.id, "welcome/new-here")
    holder = person("Ulf", date(1970, 1, 1), sex="m")
    Mandate.objects.create(
        principal=people.stranger, holder=holder, scope="rights", since=date(2020, 1, 1)
    )
    protect(holder)
    offer.refresh_from_db()
    assert offer.state == "sent"
    protect(people.stranger)
    offer.refresh_from_db()
    assert (offer.state, offer.why) == ("withdrawn", "protected")


def test_a_former_guardian_who_is_protected_ends_nothing_for_the_child(
    vik: Edition, people: Family
) -> None:
    offer = to_family(vik, people)
    Guardianship.objects.filter(child=people.baby, guardian=people.father).delete()
    protect(people.father)
    offer.refresh_from_db()
    assert offer.state == "sent"
    living = OfferKey.objects.filter(offer=offer, revoked_at=None).values_list("person", flat=True)
    assert set(living) == {people.mother.id}


def test_others_are_left_alone(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    protect(people.stranger)
    offer.refresh_from_db()
    assert offer.state == "sent" and set(offer.data) >= {"municipality_code"}


# ---- with a place that is kept


@pytest.fixture
def offered(db: None, tmp_path: Path, people: Family) -> Offer:
    """A place of a round, offered to the family."""
    published(tmp_path / "placed", **PLACED)
    Person.objects.filter(id=people.baby.id).update(lat=58.1, lon=16.2)
    settle(open_round(service="preschool", start=START, by=None, as_of=DAY), by=None)
    work_off()
    return Offer.objects.get()


def test_a_kept_place_goes_to_the_named_handler_in_one_task(
    offered: Offer, people: Family, mails: list[Any]
) -> None:
    before = len(mails)
    protect(people.mother)
    work_off()
    offered.refresh_from_db()
    assert (offered.state, offered.why) == ("withdrawn", "protected")
    assert not Seat.objects.exists()
    place = Place.objects.get()
    assert (place.state, place.listed, place.steps) == ("released", [], [])
    assert PlacedByHand.objects.get().subject == people.baby.id
    assert not ByHand.objects.exists()
    assert len(mails) == before


def test_a_place_that_is_taken_stays_theirs(offered: Offer, people: Family) -> None:
    accept(offered.id, Answer(people.mother.id, "sv"))
    protect(people.baby)
    seat = Seat.objects.get()
    assert (seat.unit, seat.taken) == ("solrosen", True)
    place = Place.objects.get()
    assert (place.state, place.listed) == ("taken", [])
    assert not PlacedByHand.objects.exists()


def test_unknown_people_are_no_trouble(vik: Edition) -> None:
    with write():
        announce(ProtectionAppeared((UUID(int=7),)))
