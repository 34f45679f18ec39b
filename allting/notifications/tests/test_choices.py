"""What people turn off, several pieces of news in one mail, and addresses that do not work."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from allting.kernel.api import clock_at, work_off
from allting.notifications.addresses import delivery_at, return_path
from allting.notifications.api import (
    About,
    bounced,
    deliveries_of,
    delivery_to_you,
    inbox,
    send,
)
from allting.notifications.models import Delivery
from allting.notifications.ports import Manners, TemporaryFailure
from allting.notifications.preferences import (
    broken_email,
    save_preferences,
    try_address_again,
    unwanted,
)
from allting.notifications.tests.conftest import ANNA, BO, Behave, Known, LetterBox, Phones, acting

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
HALF_AN_HOUR = Manners(bundle=timedelta(minutes=30))
ALL = ("email", "sms")


@pytest.fixture(autouse=True)
def bo_too(people: dict[UUID, Known], phones: Phones) -> None:
    people[BO].email = "bo@post.example"
    people[ANNA].phone = "+46701740605"


def tell(occasion: str, person: UUID = ANNA, **more: object) -> UUID:
    values: dict[str, Any] = {"about": About(service=f"Tjänst {occasion}")}
    return send(
        to_person=person, kind="offer", subject="Något", body_markdown="Något.", language="sv",
        occasion=occasion, **(values | more),
    )  # fmt: skip


def state(message: UUID, channel: str = "email") -> str:
    return Delivery.objects.get(message=message, channel=channel).state


# ---- turned off


def test_what_is_turned_off_is_not_sent_and_the_rest_is(box: LetterBox, phones: Phones) -> None:
    save_preferences(acting(ANNA), {"offers": ["sms"]}, ALL)
    offer = tell("1", topic="offers", sms="Ett erbjudande")
    decision = tell("2", sms="Ett beslut")
    work_off()
    assert (state(offer), state(offer, "sms")) == ("withheld", "sent")
    assert (state(decision), state(decision, "sms")) == ("sent", "sent")
    [email, _] = deliveries_of(acting(ANNA), offer)
    assert email.why == "not wanted" and delivery_to_you(email, "sv") == ""
    assert len(inbox(acting(ANNA)).rows) == 2


def test_it_holds_for_what_waits_already(box: LetterBox, phones: Phones) -> None:
    offer = tell("1", topic="offers")
    save_preferences(acting(ANNA), {"offers": []}, ALL)
    work_off()
    assert (state(offer), box.mails) == ("withheld", [])


def test_choices_are_kept_changed_and_ones_own() -> None:
    save_preferences(acting(ANNA), {"offers": [], "": ["email"]}, ALL)
    save_preferences(acting(ANNA), {"offers": ["email"]}, ALL)
    assert unwanted(acting(ANNA)) == {("offers", "sms"), ("", "sms")}
    assert unwanted(acting(BO)) == frozenset()


# ---- several in one


def test_the_first_goes_at_once_and_those_soon_after_go_together(
    box: LetterBox, behaving: Behave
) -> None:
    behaving(HALF_AN_HOUR)
    with clock_at(NOON):
        first = tell("1")
        work_off()
        assert len(box.mails) == 1
    with clock_at(NOON + timedelta(minutes=5)):
        others = [tell("2"), tell("3"), tell("4", urgent=True), tell("5", BO)]
        work_off()
    assert [state(it) for it in (first, *others)] == ["sent", "queued", "queued", "sent", "sent"]
    with clock_at(NOON + timedelta(minutes=36)):
        work_off()
    assert len(box.mails) == 4
    together = box.mails[-1]
    assert together["Subject"].startswith("2 nya meddelanden från")
    for kind in ("plain", "html"):
        body = together.get_body((kind,))
        assert body is not None
        text = body.get_content()
        assert "Tjänst 2" in text and "Tjänst 3" in text and "Tjänst 4" not in text
        for message in others[:2]:
            assert f"/my/inbox/{message}/" in text
    assert [state(it) for it in others] == ["sent"] * 4


def test_a_mail_of_several_repeated_after_trouble_says_the_same(
    box: LetterBox, behaving: Behave
) -> None:
    behaving(HALF_AN_HOUR)
    with clock_at(NOON):
        tell("1")
        work_off()
    with clock_at(NOON + timedelta(minutes=1)):
        two, three = tell("2"), tell("3")
        work_off()
    with clock_at(NOON + timedelta(minutes=31)):
        box.trouble = [TemporaryFailure("451")]
        work_off()
        four = tell("4")
        assert [state(two), state(three)] == ["failed", "failed"]
    with clock_at(NOON + timedelta(minutes=35)):
        work_off()
    sent = box.mails[-1] if "2 nya" in box.mails[-1]["Subject"] else box.mails[-2]
    assert "Tjänst 4" not in sent.as_string() and "2 nya" in sent["Subject"]
    with clock_at(NOON + timedelta(minutes=70)):
        work_off()
    assert [state(it) for it in (two, three, four)] == ["sent", "sent", "sent"]
    assert len(box.mails) == 3


# ---- addresses that do not work


def test_the_way_back_carries_its_own_proof(settings: object) -> None:
    settings.BOUNCES = "bounces.solvik.example"  # type: ignore[attr-defined]
    id_ = UUID(int=7)
    address = return_path(id_)
    assert len(address.partition("@")[0]) <= 64
    assert delivery_at(address) == delivery_at(address.upper()) == id_
    forged = address.replace("bounce+a", "bounce+b")
    assert forged != address
    for wrong in (forged, address[:-1], "bounce+@bounces.solvik.example", "x@y", "", "bounce+å@x"):
        assert delivery_at(wrong) is None
    settings.BOUNCES = ""  # type: ignore[attr-defined]
    assert return_path(id_) == ""


def test_a_mail_that_comes_back_stops_more_and_is_told_in_the_inbox(
    box: LetterBox, people: dict[UUID, Known]
) -> None:
    message = tell("1")
    work_off()
    id_ = Delivery.objects.get(message=message).id
    assert bounced(id_, why="550 5.1.1 no such user", address_works=False)
    assert not bounced(id_, why="550 5.1.1 no such user", address_works=False)
    work_off()
    assert state(message) == "returned"
    [told, _] = inbox(acting(ANNA)).rows
    assert told.subject == "Vi når dig inte med e-post"
    assert state(told.id) == "withheld" and len(box.mails) == 1
    assert broken_email(acting(ANNA)) == "anna@post.example"
    people[ANNA].email = "new@post.example"
    assert broken_email(acting(ANNA)) is None
    tell("2")
    work_off()
    assert box.mails[-1]["To"] == "new@post.example"


def test_the_person_can_say_that_the_address_works(box: LetterBox) -> None:
    message = tell("1")
    work_off()
    bounced(Delivery.objects.get(message=message).id, why="5.1.1", address_works=False)
    try_address_again(acting(ANNA))
    assert broken_email(acting(ANNA)) is None
    again = tell("2")
    work_off()
    assert state(again) == "sent"


def test_a_full_mailbox_is_no_broken_address(box: LetterBox) -> None:
    message = tell("1")
    work_off()
    bounced(Delivery.objects.get(message=message).id, why="5.2.2 full", address_works=True)
    assert state(message) == "returned" and broken_email(acting(ANNA)) is None
    assert len(inbox(acting(ANNA)).rows) == 1
