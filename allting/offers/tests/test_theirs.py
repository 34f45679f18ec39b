"""An offer follows whoever answers for the person: guardianship ends, and people die."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from allting.cases.tests.people import client_of
from allting.kernel.api import announce, clock_at, work_off, write
from allting.notifications import ports
from allting.notifications.models import Delivery, Message
from allting.notifications.ports import Manners, contact_of
from allting.offers.addresses import link_at, offer_at
from allting.offers.answering import Answer, accept, decline
from allting.offers.ending import withdraw_fallen
from allting.offers.jobs import close_and_remind
from allting.offers.models import Addressee, Offer
from allting.offers.queries import offers_of, open_offers
from allting.offers.tests.making import link_in, refused, to_family
from allting.offers.tests.test_texting import Phones, phones, text
from allting.packages.api import Edition
from allting.register.events import ProtectionAppeared
from allting.register.models import Guardianship, Person
from allting.register.testing import Family, actor, guard, person

__all__ = ["phones"]  # a fixture of the neighbour
pytestmark = pytest.mark.django_db(transaction=True)
YESTERDAY = date(2026, 11, 1)


def loses_the_child(people: Family, guardian: Person) -> None:
    """A court has given the other parent alone the custody, as the register learns."""
    Guardianship.objects.filter(child=people.baby, guardian=guardian).update(until=YESTERDAY)


def test_who_no_longer_answers_for_the_child_neither_sees_nor_answers(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    offer = to_family(vik, people)
    link = link_at(link_in(mails[0]))
    loses_the_child(people, people.mother)
    for verb in (accept, decline):
        with refused(PermissionDenied):
            verb(offer.id, Answer(people.mother.id, "sv"))
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"go": "decline"}).status_code == 404
    signed_in = client_of(actor(people.mother))
    assert signed_in.get(offer_at("sv", offer.id)).status_code == 404
    assert offers_of(actor(people.mother), "sv") == open_offers(actor(people.mother), "sv") == []
    assert Offer.objects.get().state == "sent"
    assert decline(offer.id, Answer(people.father.id, "sv")).state == "declined"


def test_their_text_answers_nothing(vik: Edition, people: Family, phones: Phones) -> None:
    to_family(vik, people)
    sent = len(phones.got)
    loses_the_child(people, people.mother)
    text("NEJ")
    assert (Offer.objects.get().state, len(phones.got)) == ("sent", sent)


def test_they_are_not_reminded_nor_told_what_others_answer(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    loses_the_child(people, people.mother)
    with clock_at(datetime(2026, 11, 13, 9, tzinfo=UTC)):
        close_and_remind.call()
        work_off()
        decline(offer.id, Answer(people.father.id, "sv"))
        work_off()
    told = Message.objects.order_by("id").values_list("to_person", flat=True)
    assert list(told).count(people.mother.id) == 1  # the offer, when it was still hers


def test_a_new_guardian_is_told_once(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    aunt = person("Ada", date(1985, 1, 1), language="en")
    loses_the_child(people, people.mother)
    guard(people.baby, aunt)
    for _ in range(2):
        assert withdraw_fallen([people.baby.id]) == 0
        work_off()
    assert Message.objects.filter(to_person=aunt.id, kind="offer").count() == 1
    assert Addressee.objects.get(offer=offer, person=aunt.id).language == "en"
    assert accept(offer.id, Answer(aunt.id, "en")).state == "accepted"


def test_a_text_that_waits_for_the_morning_does_not_go_when_the_child_has_died(
    vik: Edition, people: Family, phones: Phones
) -> None:
    before = ports._manners
    ports.manners_from(lambda: Manners(time(21), time(7)))
    try:
        with clock_at(datetime(2026, 11, 2, 22, 30, tzinfo=UTC)):
            to_family(vik, people)
            Person.objects.filter(id=people.baby.id).update(died=date(2026, 11, 2))
            assert withdraw_fallen([people.baby.id]) == 1
        with clock_at(datetime(2026, 11, 3, 8, tzinfo=UTC)):
            work_off()
    finally:
        ports.manners_from(before)
    assert phones.got == {}
    mothers = Delivery.objects.get(channel="sms", message__to_person=people.mother.id)
    assert mothers.why == "called off"


def test_nothing_is_sent_to_whoever_has_died(
    vik: Edition, people: Family, phones: Phones, mails: list[Any]
) -> None:
    with write():
        Person.objects.filter(id=people.mother.id).update(died=date(2026, 11, 1))
    contact = contact_of(people.mother.id)
    assert contact is not None and (contact.email, contact.phone) == (None, None)
    to_family(vik, people)
    assert (phones.got, mails) == ({}, [])


def test_an_offer_whose_edition_can_no_longer_be_read_hinders_nobody(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    """As after an upgrade that changes the language of packages."""
    offer = to_family(vik, people)
    Offer.objects.filter(id=offer.id).update(edition=999_999)
    link = link_at(link_in(mails[0]))
    assert Client().get(link).status_code == 404
    assert client_of(actor(people.mother)).get(offer_at("sv", offer.id)).status_code == 404
    assert open_offers(actor(people.mother), "sv") == []
    assert withdraw_fallen() == 0  # the rest are looked at all the same
    with write():
        announce(ProtectionAppeared((people.mother.id,)))
    Person.objects.filter(id=people.baby.id).update(died=date(2026, 11, 2))
    assert (withdraw_fallen(), Offer.objects.get().state) == (1, "withdrawn")
