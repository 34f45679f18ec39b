"""Pages: what a person chooses, their reminders and calendar, and the post that did not arrive."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from allting.identity.testing import signed_in_client
from allting.kernel.api import clock_at, work_off
from allting.notifications import reminders
from allting.notifications.addresses import digest_of
from allting.notifications.api import About, Deadline, deadlines_by, send
from allting.notifications.models import Delivery
from allting.notifications.ports import PermanentFailure
from allting.notifications.preferences import mark_broken, unwanted
from allting.notifications.tests.conftest import ANNA, BO, CARIN, Known, LetterBox, Phones, acting

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = {ANNA: "199005012389", BO: "198501012390", CARIN: "197001012391"}
CHOICE = Deadline(
    "test:choice", {"sv": "Välj gymnasium", "en": "Choose school"}, date(2027, 2, 1), "/x/"
)
NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def client_of(person: UUID, *roles: tuple[str, str]) -> Client:
    client, _ = signed_in_client(NUMBERS[person], "Anna Berg", person=person, roles=roles)
    return client


@pytest.fixture(autouse=True)
def source(people: dict[UUID, Known], box: LetterBox, phones: Phones) -> Iterator[None]:
    people[ANNA].phone = "070-174 06 05"
    deadlines_by("test", lambda actor, about: CHOICE if about == CHOICE.about else None)
    yield
    reminders._sources.pop("test")


def test_what_is_chosen_is_kept_and_shown(phones: Phones) -> None:
    anna = client_of(ANNA)
    page = anna.get("/en/my/messages/").content.decode()
    assert "anna@post.example" in page and "+46701740605" in page
    assert page.count("checked") == 6  # two channels of each topic
    sent = {"topic-own": ["email"], "topic-offers": ["sms"], "topic-reminders": ["fax"]}
    answer = anna.post("/en/my/messages/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/my/messages/?saved")
    assert unwanted(acting(ANNA)) == {
        ("", "sms"), ("offers", "email"), ("reminders", "email"), ("reminders", "sms"),
    }  # fmt: skip
    assert anna.get("/sv/my/messages/?saved").content.decode().count("checked") == 2
    assert unwanted(acting(BO)) == frozenset()


def test_a_protected_person_is_told_that_nothing_is_sent() -> None:
    page = client_of(CARIN).get("/sv/my/messages/").content.decode()
    assert "Du har skyddade personuppgifter" in page


def test_an_address_that_does_not_work_can_be_tried_again() -> None:
    mark_broken(digest_of("anna@post.example"), "no such user")
    anna = client_of(ANNA)
    assert "comes back to us" in anna.get("/en/my/messages/").content.decode()
    assert anna.get("/en/my/messages/address/").status_code == 405
    anna.post("/en/my/messages/address/")
    assert "comes back to us" not in anna.get("/en/my/messages/").content.decode()


def test_nobody_gets_in_without_signing_in() -> None:
    for address in ("my/messages/", "my/reminders/", "my/reminders/new/?about=x", "desk/post/"):
        answer = Client().get(f"/sv/{address}")
        assert answer.status_code == 302 and "/sv/sign-in/" in answer.headers["Location"]


def test_remind_me_and_think_better_of_it() -> None:
    with clock_at(NOW):
        anna, address = client_of(ANNA), "/en/my/reminders/new/?about=test:choice"
        page = anna.get(address).content.decode()
        assert "Choose school" in page and "1 February 2027" in page and "14 days before" in page
        assert anna.post(address, {"before": "5"}).status_code == 422
        assert anna.post(address, {}).status_code == 422
        assert anna.post(address, {"before": "3"}).status_code == 302
        page = anna.get("/en/my/reminders/").content.decode()
        assert "We remind you 29 January 2027, 09:00" in page
        assert "Choose school" not in client_of(BO).get("/en/my/reminders/").content.decode()
        found = re.search(r"/en/my/reminders/([0-9a-f-]{36})/forget/", page)
        assert found is not None
        client_of(BO).post(found.group())
        assert "Choose school" in anna.get("/en/my/reminders/").content.decode()
        anna.post(found.group())
        assert "Choose school" not in anna.get("/en/my/reminders/").content.decode()


def test_deadlines_that_there_are_none_of() -> None:
    anna = client_of(ANNA)
    for about in ("", "test", "test:other", "nobody:x", "service:" + "x" * 500):
        assert anna.get("/en/my/reminders/new/", {"about": about}).status_code == 404
    with clock_at(datetime(2027, 2, 1, tzinfo=UTC)):
        page = client_of(ANNA).get("/en/my/reminders/new/?about=test:choice").content.decode()
    assert "too late" in page and "<form method" not in page.split("<main")[1].split("</main")[0]


def test_the_address_of_the_calendar_is_shown_once() -> None:
    anna = client_of(ANNA)
    page = anna.post("/en/my/reminders/calendar/", {"do": "make"}).content.decode()
    found = re.search(r"http://[^<\s]+/calendar/[A-Za-z0-9_-]{32}\.ics", page)
    assert found is not None and "webcal://" in page
    path = "/" + found.group().split("/", 3)[3]
    assert Client().get(path).status_code == 200
    assert found.group() not in anna.get("/en/my/reminders/").content.decode()
    anna.post("/en/my/reminders/calendar/", {"do": "end"})
    assert Client().get(path).status_code == 404


def test_the_registrar_sees_what_did_not_arrive_and_sends_it_again(box: LetterBox) -> None:
    send(
        to_person=ANNA, kind="decision", subject="Mira får en plats", body_markdown="Ja.",
        language="sv", occasion="1", about=About("BUN-2026-000001", service="Förskoleplats"),
    )  # fmt: skip
    box.trouble = [PermanentFailure("the mail server answered 550 no such user")]
    work_off()
    kristina = client_of(BO, ("registrar", "executive"))
    page = kristina.get("/en/desk/post/").content.decode()
    assert "550 no such user" in page and "BUN-2026-000001" in page
    for secret in ("Mira", "anna@post", "Anna"):
        assert secret not in page.split("<main")[1]
    again = f"/en/desk/post/{Delivery.objects.get().id}/again/"
    assert client_of(CARIN, ("administrator", "education")).post(again).status_code == 403
    assert client_of(CARIN, ("administrator", "education")).get("/en/desk/post/").status_code == 403
    assert kristina.post(again).status_code == 302
    work_off()
    assert Delivery.objects.get().state == "sent"
    assert "Everything has arrived" in kristina.get("/en/desk/post/").content.decode()
    assert kristina.get("/en/desk/post/?after=nonsense").status_code == 200
