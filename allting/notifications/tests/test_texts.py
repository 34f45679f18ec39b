"""Text messages: to whom, when, how often, and what comes back."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from allting.kernel.api import clock_at, subscribe, work_off
from allting.notifications.api import (
    deliveries_of,
    delivery_in_words,
    delivery_to_you,
    receipt,
    retry_delivery,
    send,
    text_received,
)
from allting.notifications.events import TextReceived
from allting.notifications.models import Delivery, ReceivedText
from allting.notifications.ports import Manners, PermanentFailure, TemporaryFailure
from allting.notifications.tests.conftest import (
    ANNA,
    BO,
    CARIN,
    Behave,
    Known,
    LetterBox,
    Phones,
    acting,
)

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = Manners(quiet_from=time(21), quiet_to=time(7))
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)  # half past ten in the evening, in Sweden
MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TEXT = "Solvik: Nils erbjuds plats. Svara JA eller NEJ."


@pytest.fixture(autouse=True)
def numbers(people: dict[UUID, Known], box: LetterBox, phones: Phones) -> None:
    people[ANNA].phone = "070-174 06 05"
    people[CARIN].phone = "070-174 06 06"


def tell(person: UUID = ANNA, occasion: str = "offer:1", **more: object) -> UUID:
    values: dict[str, Any] = {"sms": TEXT, "topic": "offers"}
    return send(
        to_person=person, kind="offer", subject="En plats", body_markdown="En plats.",
        language="sv", occasion=occasion, **(values | more),
    )  # fmt: skip


def sms() -> Delivery:
    return Delivery.objects.get(channel="sms")


def test_a_text_goes_to_the_number_as_networks_write_it(phones: Phones) -> None:
    id_ = tell()
    work_off()
    assert phones.texts == {str(sms().id): ("+46701740605", TEXT)}
    assert (sms().state, sms().attempts) == ("sent", 1)
    [_, row] = deliveries_of(acting(ANNA), id_)
    assert delivery_in_words(row, "en").startswith("A text message was sent")
    assert deliveries_of(acting(BO), id_) == ()


def test_without_a_text_there_is_none(phones: Phones) -> None:
    tell(sms=None)
    work_off()
    assert phones.asked == 0 and not Delivery.objects.filter(channel="sms").exists()


def test_one_occasion_is_told_once(phones: Phones) -> None:
    assert tell() == tell()
    work_off()
    assert phones.asked == 1


def test_protected_people_get_no_text_not_even_when_protected_since(
    phones: Phones, people: dict[UUID, Known]
) -> None:
    tell(CARIN, "offer:carin", urgent=True)
    tell()
    people[ANNA].protected = True
    work_off()
    assert phones.asked == 0
    assert set(Delivery.objects.values_list("state", "why")) == {("withheld", "protected")}


@pytest.mark.parametrize("number", [None, "", "12", "nonsense"])
def test_a_number_that_nobody_can_have(
    phones: Phones, people: dict[UUID, Known], number: str | None
) -> None:
    people[ANNA].phone = number
    id_ = tell()
    work_off()
    assert (sms().state, sms().why) == ("withheld", "no address")
    row = deliveries_of(acting(ANNA), id_)[-1]
    assert "no mobile number" in delivery_in_words(row, "en") and delivery_to_you(row, "en") == ""


def test_nobody_is_woken_in_quiet_hours(phones: Phones, behaving: Behave) -> None:
    behaving(NIGHT)
    with clock_at(LATE):
        id_ = tell()
        work_off()
        assert phones.asked == 0 and sms().state == "queued"
        row = deliveries_of(acting(ANNA), id_)[-1]
        assert "07:00" in delivery_in_words(row, "sv")
        assert Delivery.objects.get(channel="email").state == "sent"  # it wakes nobody
    with clock_at(MORNING):
        work_off()
    assert phones.asked == 1


def test_what_is_urgent_goes_at_night(phones: Phones, behaving: Behave) -> None:
    behaving(NIGHT)
    with clock_at(LATE):
        tell(urgent=True)
        work_off()
    assert phones.asked == 1


def test_trouble_in_the_evening_is_tried_again_in_the_morning(
    phones: Phones, behaving: Behave
) -> None:
    behaving(NIGHT)
    with clock_at(LATE - timedelta(hours=1, minutes=31)):
        tell()
        phones.trouble = [TemporaryFailure("503")]
        work_off()
        assert sms().state == "failed"
    with clock_at(LATE):
        work_off()
        assert phones.asked == 1
    with clock_at(MORNING + timedelta(minutes=1)):
        work_off()
        work_off()
    assert (phones.asked, sms().state) == (2, "sent")


def test_nothing_leaves_before_its_time(phones: Phones, box: LetterBox) -> None:
    with clock_at(NOON):
        tell(not_before=NOON + timedelta(days=2))
        work_off()
    assert (phones.asked, len(box.mails)) == (0, 0)
    with clock_at(NOON + timedelta(days=2)):
        work_off()
    assert (phones.asked, len(box.mails)) == (1, 1)


def test_receipts_in_any_order_and_again(phones: Phones) -> None:
    id_ = tell()
    work_off()
    assert receipt(sms().mail_id, delivered=True)
    assert not receipt(sms().mail_id, delivered=True)
    assert not receipt(sms().mail_id, delivered=False, why="late news")
    assert not receipt("nothing of ours", delivered=True)
    assert sms().state == "delivered"
    row = deliveries_of(acting(ANNA), id_)[-1]
    assert delivery_to_you(row, "sv").startswith("Ett sms kom fram")


def test_a_receipt_may_come_before_the_answer(phones: Phones) -> None:
    tell()

    def told_at_once(*, id: str, to: str, text: str) -> None:
        assert receipt(id, delivered=True)

    phones.send = told_at_once  # type: ignore[method-assign]
    work_off()
    assert sms().state == "delivered"


def test_a_text_that_could_not_be_delivered_is_told_and_can_be_sent_again(phones: Phones) -> None:
    id_ = tell()
    work_off()
    receipt(sms().mail_id, delivered=False, why="the number is not in use")
    row = deliveries_of(acting(ANNA), id_)[-1]
    assert delivery_in_words(row, "en").endswith("not be delivered: the number is not in use")
    assert "could not be delivered" in delivery_to_you(row, "en")
    assert "not in use" not in delivery_to_you(row, "en")
    assert retry_delivery(acting(None), sms().id)
    work_off()
    assert len(phones.texts) == 2  # under a name of its own: the gateway has dealt with the first
    assert sms().state == "sent"


def test_a_refused_text_is_not_repeated(phones: Phones) -> None:
    tell()
    phones.trouble = [PermanentFailure("the gateway answered 422 a landline")]
    work_off()
    assert (sms().state, sms().why) == ("dead", "the gateway answered 422 a landline")


def test_a_text_to_us_is_announced_once() -> None:
    heard: list[TextReceived] = []
    subscribe(TextReceived)(heard.append)
    for _ in range(2):
        text_received(id="in-1", from_number="0701740605", text="JA", at=NOON)
    text_received(id="in-2", from_number="+46701740605", text="nej", at=NOON)
    assert [(it.id, it.from_number, it.text) for it in heard] == [
        ("in-1", "+46701740605", "JA"), ("in-2", "+46701740605", "nej"),
    ]  # fmt: skip
    assert ReceivedText.objects.count() == 2


def test_a_handler_that_fails_lets_the_text_come_again() -> None:
    def fail(event: TextReceived) -> None:
        if event.id == "in-9":
            raise RuntimeError("not now")

    subscribe(TextReceived)(fail)
    with pytest.raises(RuntimeError):
        text_received(id="in-9", from_number="0701740605", text="JA", at=NOON)
    assert ReceivedText.objects.count() == 0
