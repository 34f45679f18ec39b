"""What a gateway tells us: believed only when signed, and of effect only once."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from standardwebhooks import Webhook

from allting.kernel.api import work_off
from allting.notifications.models import Delivery, ReceivedText
from allting.notifications.tests.conftest import ANNA, Known, Phones, book, people, phones
from allting.notifications.tests.test_texts import tell

__all__ = ["book", "people", "phones"]
pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
INCOMING = {"id": "in-1", "from": "+46701740605", "to": "+46701740690", "text": "JA"}


@pytest.fixture(autouse=True)
def secret(settings: Settings) -> None:
    settings.SMS = {**settings.SMS, "secret": SECRET}


def post(
    told: Any, *, secret: str = SECRET, age: float = 0, change: bytes = b"", headers: Any = None
) -> int:
    body = told if isinstance(told, str) else json.dumps(told)
    moment = datetime.now(UTC) - timedelta(seconds=age)
    signed = {
        "webhook-id": "m-1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign("m-1", moment, body),
    }
    content = change or body.encode()
    answer = Client(enforce_csrf_checks=True).post(
        "/hooks/sms/", content, content_type="application/json", headers=signed | (headers or {})
    )
    return answer.status_code


def received() -> list[tuple[str, str]]:
    return list(ReceivedText.objects.values_list("from_number", "text"))


def test_a_message_from_a_phone_is_kept_once() -> None:
    told = {"type": "message.received", "data": INCOMING}
    assert [post(told), post(told)] == [204, 204]
    assert received() == [("+46701740605", "JA")]


def test_when_it_was_sent() -> None:
    at = "2026-11-23T08:30:00+01:00"
    post({"type": "message.received", "data": {**INCOMING, "at": at}})
    assert ReceivedText.objects.get().at == datetime.fromisoformat(at)


def test_receipts(phones: Phones, people: dict[Any, Known]) -> None:
    people[ANNA].phone = "+46701740605"
    tell()
    work_off()
    name = Delivery.objects.get(channel="sms").mail_id
    assert post({"type": "message.delivered", "data": {"reference": name}}) == 204
    assert Delivery.objects.get(channel="sms").state == "delivered"
    late = {"type": "message.failed", "data": {"reference": name, "error": "no"}}
    assert post(late) == 204  # an old receipt that comes again changes nothing
    assert Delivery.objects.get(channel="sms").state == "delivered"


def test_who_has_not_our_secret_is_not_believed() -> None:
    told = {"type": "message.received", "data": INCOMING}
    other = "whsec_" + "A" * 32
    forged = json.dumps({**told, "data": {**INCOMING, "text": "NEJ"}}).encode()
    assert post(told, secret=other) == 401
    assert post(told, change=forged) == 401
    assert post(told, age=6 * 60) == 401
    assert post(told, age=-6 * 60) == 401
    assert post(told, headers={"webhook-signature": ""}) == 401
    assert post(told, headers={"webhook-signature": "v1,nonsense"}) == 401
    assert post(told, headers={"webhook-id": "m-2"}) == 401
    assert post(told, headers={"webhook-timestamp": "soon"}) == 401
    assert Client().post("/hooks/sms/", b"{}", content_type="application/json").status_code == 401
    assert Client().get("/hooks/sms/").status_code == 405
    assert received() == []


@pytest.mark.parametrize(
    "told",
    [
        [], 7, "7", {}, {"type": "message.received"}, {"type": "message.received", "data": []},
        {"type": "message.eaten", "data": INCOMING},
        {"type": "message.received", "data": {**INCOMING, "text": None}},
        {"type": "message.received", "data": {**INCOMING, "text": "x" * 5001}},
        {"type": "message.received", "data": {**INCOMING, "text": "a\0b"}},
        {"type": "message.received", "data": {**INCOMING, "id": "x" * 101}},
        {"type": "message.received", "data": {**INCOMING, "at": "tomorrow"}},
        {"type": "message.delivered", "data": {}},
    ],
)  # fmt: skip
def test_what_is_signed_and_not_understood(told: Any) -> None:
    assert post(told) == 422
    assert received() == []


def test_a_signed_body_that_is_no_json() -> None:
    assert post("not json at all") in (401, 422)


def test_too_much_is_not_read() -> None:
    told = {"type": "message.received", "data": {**INCOMING, "text": "x" * 70_000}}
    assert post(told) == 413


def test_a_house_without_a_gateway_has_no_such_address(settings: Settings) -> None:
    settings.SMS = {**settings.SMS, "secret": ""}
    assert post({"type": "message.received", "data": INCOMING}) == 404
