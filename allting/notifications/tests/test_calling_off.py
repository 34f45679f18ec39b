"""News that is called off: what has not gone out stays; what others carry goes all the same."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from allting.kernel.api import clock_at, work_off
from allting.notifications.actions import begin, move
from allting.notifications.api import call_off, deliveries_of, inbox, send
from allting.notifications.models import Delivery
from allting.notifications.ports import Manners, TemporaryFailure
from allting.notifications.tests.conftest import (
    ANNA,
    BO,
    Behave,
    Known,
    LetterBox,
    Phones,
    acting,
)
from allting.notifications.words import delivery_in_words, delivery_to_you

pytestmark = pytest.mark.django_db(transaction=True)
EVENING = datetime(2026, 11, 2, 21, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reached(people: dict[UUID, Known], box: LetterBox, phones: Phones) -> None:
    people[ANNA].phone = "+46701740605"


def told(occasion: str, sms: str | None = "Något: {link}") -> UUID:
    return send(
        to_person=ANNA,
        kind="offer",
        subject="Ett erbjudande",
        body_markdown="Hej",
        language="sv",
        occasion=occasion,
        sms=sms and sms.replace("{link}", ""),
    )


def how(message: UUID) -> dict[str, tuple[str, str]]:
    return {row.channel: (row.state, row.why) for row in deliveries_of(acting(ANNA), message)}


def test_a_text_that_waits_for_morning_is_not_sent(
    box: LetterBox, phones: Phones, behaving: Behave
) -> None:
    behaving(Manners(time(21), time(7)))
    with clock_at(EVENING):
        message = told("offer:7:anna")
        other = told("offer:71:anna")
        work_off()
        assert call_off([ANNA], "offer:7:") == 1
        assert call_off([ANNA], "offer:7:") == 0
    with clock_at(MORNING):
        work_off()
    assert how(message) == {"email": ("sent", ""), "sms": ("withheld", "called off")}
    assert how(other)["sms"] == ("sent", "")
    assert len(phones.texts) == 1
    assert len(inbox(acting(ANNA)).rows) == 2  # what is in the inbox stays there


def test_only_of_those_who_are_named(phones: Phones) -> None:
    told("offer:7:anna")
    assert call_off([BO], "offer:7:") == 0
    assert call_off([], "offer:7:") == 0


def test_one_that_failed_is_not_tried_again(box: LetterBox, phones: Phones) -> None:
    box.trouble = [TemporaryFailure("busy")]
    with clock_at(EVENING):
        message = told("offer:7:anna", sms=None)
        work_off()
        assert how(message)["email"][0] == "failed"
        call_off([ANNA], "offer:")
    with clock_at(EVENING + timedelta(hours=1)):
        work_off()
    assert box.mails == []


def test_what_it_was_to_carry_goes_by_itself(
    box: LetterBox, phones: Phones, behaving: Behave
) -> None:
    behaving(Manners(bundle=timedelta(minutes=30)))
    with clock_at(EVENING):
        told("first", sms=None)
        work_off()
        called, carried = told("offer:7:anna", sms=None), told("case:1", sms=None)
    box.trouble = [TemporaryFailure("busy")]
    with clock_at(EVENING + timedelta(minutes=31)):
        work_off()
        assert Delivery.objects.get(message=carried).carrier is not None
        assert call_off([ANNA], "offer:7:") == 1
    with clock_at(EVENING + timedelta(hours=3)):
        work_off()
    assert how(called)["email"] == ("withheld", "called off")
    assert how(carried)["email"] == ("sent", "")
    assert len(box.mails) == 2


def test_one_that_went_all_the_same_is_told_as_it_was(box: LetterBox, phones: Phones) -> None:
    message = told("offer:7:anna", sms=None)
    delivery = Delivery.objects.get(message=message)
    begin(delivery.id, "")
    call_off([ANNA], "offer:7:")
    move(delivery.id, "accepted")
    assert how(message)["email"][0] == "sent"


def test_how_it_is_told_of(phones: Phones) -> None:
    with clock_at(EVENING):
        message = told("offer:7:anna")
        call_off([ANNA], "offer:")
    for row in deliveries_of(acting(ANNA), message):
        assert "togs tillbaka" in delivery_in_words(row, "sv")
        assert delivery_to_you(row, "sv") == ""
