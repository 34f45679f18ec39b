"""JA, YES, NEJ and NO from a telephone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from allting.cases.models import Case
from allting.kernel.api import clock_at, now, work_off
from allting.notifications import ports
from allting.notifications.api import text_received
from allting.notifications.models import ReceivedText
from allting.offers.answering import Answer, decline
from allting.offers.models import Offer
from allting.offers.tests.making import made, to_family
from allting.packages.api import Edition
from allting.register.models import Person
from allting.register.testing import Family

MOTHERS = "+46701740605"
pytestmark = pytest.mark.django_db(transaction=True)


class Phones:
    """A gateway that keeps what it is given, each once."""

    def __init__(self) -> None:
        self.got: dict[str, tuple[str, str]] = {}

    def send(self, *, id: str, to: str, text: str) -> None:
        self.got.setdefault(id, (to, text))

    def last(self) -> str:
        return list(self.got.values())[-1][1]


@pytest.fixture
def phones() -> Iterator[Phones]:
    before, found = ports.sms_gateway(), Phones()
    ports.texts_through(found)
    yield found
    ports.texts_through(before)


def text(words: str, number: str = MOTHERS, id: str = "1") -> None:
    text_received(id=id, from_number=number, text=words, at=now())
    work_off()


def state() -> str:
    return Offer.objects.get().state


def test_the_text_message_says_it_in_short_with_a_link(
    vik: Edition, people: Family, phones: Phones
) -> None:
    to_family(vik, people)
    [(to, said)] = phones.got.values()
    assert to == MOTHERS
    assert said.startswith("Ditt barn kan få plats i förskola. Svara senast 16 november 2026: http")
    assert "Nils" not in said


@pytest.mark.parametrize("words", ["JA", "ja", " Ja tack!", "YES", "yes please", "ja.", "Kyllä"])
def test_yes(vik: Edition, people: Family, phones: Phones, words: str) -> None:
    to_family(vik, people)
    text(words)
    assert state() == "accepted"
    assert Case.objects.get().applicant == people.mother.id
    assert any("ditt ja har kommit fram" in said for _, said in phones.got.values())


@pytest.mark.parametrize("words", ["NEJ", "Nej tack", "no", "No thanks", "ei kiitos"])
def test_no(vik: Edition, people: Family, phones: Phones, words: str) -> None:
    to_family(vik, people)
    text(words)
    assert state() == "declined"
    assert phones.last().startswith("Tack för ditt nej.")


@pytest.mark.parametrize(
    "words",
    ["Jag undrar", "?", "", "jaha vad är det här", "OK", "1", "JA eller NEJ", "Ja, men när?"],
)
def test_what_is_neither_is_asked_again(
    vik: Edition, people: Family, phones: Phones, words: str
) -> None:
    to_family(vik, people)
    text(words)
    assert state() == "sent"
    assert "Svara JA eller NEJ" in phones.last() and "/o/" in phones.last()


def test_the_same_message_twice_is_one_answer(vik: Edition, people: Family, phones: Phones) -> None:
    to_family(vik, people)
    text("JA")
    sent = len(phones.got)
    text("JA")
    assert (state(), Case.objects.count(), len(phones.got)) == ("accepted", 1, sent)
    text("JA", id="2")
    assert Case.objects.count() == 1


def test_a_number_that_nothing_was_sent_to_answers_nothing(
    vik: Edition, people: Family, phones: Phones
) -> None:
    to_family(vik, people)
    sent = len(phones.got)
    text("JA", number="+46701740699")
    Person.objects.filter(id=people.father.id).update(phone="+46701740620")
    text("JA", number="+46701740620", id="2")
    assert (state(), len(phones.got)) == ("sent", sent)


def test_too_late_and_after_another_answer(vik: Edition, people: Family, phones: Phones) -> None:
    offer = to_family(vik, people)
    with clock_at(datetime(2026, 11, 17, 8, tzinfo=UTC)):
        text("JA")
    assert (state(), Case.objects.count()) == ("sent", 0)
    assert "redan besvarat eller har stängt" in phones.last()
    decline(offer.id, Answer(people.father.id, "sv"))
    text("JA", id="2")
    assert (state(), Case.objects.count()) == ("declined", 0)


def test_with_several_offers_the_links_answer(vik: Edition, people: Family, phones: Phones) -> None:
    to_family(vik, people)
    made(vik, people.sister.id, "preschool/three")
    text("JA")
    assert set(Offer.objects.values_list("state", flat=True)) == {"sent"}
    assert "mer än ett erbjudande" in phones.last()


def test_where_something_must_be_told_the_link_answers(
    vik: Edition, people: Family, phones: Phones
) -> None:
    made(vik, people.sister.id, "preschool/three")
    text("JA")
    assert (state(), Case.objects.count()) == ("sent", 0)
    assert "lite mer" in phones.last() and "/o/" in phones.last()
    text("NEJ", id="2")
    assert state() == "declined"


def test_news_is_in_the_senders_language(vik: Edition, people: Family, phones: Phones) -> None:
    Person.objects.filter(id=people.mother.id).update(language="en")
    to_family(vik, people)
    text("no")
    assert phones.last().startswith("Thank you for answering no.")


def test_someone_protected_is_sent_nothing(
    vik: Edition, people: Family, phones: Phones, mails: list[Any]
) -> None:
    to_family(vik, people)
    sent = len(phones.got), len(mails)
    Person.objects.filter(id=people.mother.id).update(protection="mark")
    text("JA")
    assert state() == "withdrawn"
    assert (len(phones.got), len(mails)) == sent


def test_what_is_neither_yes_nor_no_is_for_a_person_to_read(
    vik: Edition, people: Family, phones: Phones
) -> None:
    to_family(vik, people)
    text("Vad gäller det?", id="1")
    text("JA", "+46700000000", id="2")  # from somebody we have not texted
    text("JA", id="3")
    found = ReceivedText.objects.order_by("id").values_list("provider_id", "settled_at")
    assert [(id, settled is not None) for id, settled in found] == [
        ("1", False), ("2", False), ("3", True)
    ]  # fmt: skip


def test_what_is_said_with_a_yes_is_read_by_somebody(
    vik: Edition, people: Family, phones: Phones
) -> None:
    to_family(vik, people)
    text("Ja, men vi kan först i mars")
    assert state() == "accepted"
    assert ReceivedText.objects.get().settled_at is None


def test_a_telephone_that_answers_by_itself_is_answered_once_a_day(
    vik: Edition, people: Family, phones: Phones
) -> None:
    to_family(vik, people)
    sent = len(phones.got)
    for n in range(5):
        text("Jag är på semester.", id=f"auto-{n}")
    assert len(phones.got) == sent + 1
    assert ReceivedText.objects.filter(settled_at=None).count() == 5


def test_a_thank_you_for_something_else_is_not_told_of_an_old_offer(
    vik: Edition, people: Family, phones: Phones
) -> None:
    offer = to_family(vik, people)
    decline(offer.id, Answer(people.father.id, "sv"))
    work_off()
    sent = len(phones.got)
    text("Tack för påminnelsen!")
    assert len(phones.got) == sent
    assert ReceivedText.objects.get().replied_at is None
