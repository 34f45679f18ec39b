"""The demonstration's telephones: a text comes over HTTP, is shown, and is answered."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import httpx2
import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from pytest_django import Settings

from allting.connectors.demo_sms import running
from allting.connectors.demo_sms.jobs import Back
from allting.connectors.demo_sms.models import Sms
from allting.kernel.api import subscribe, work_off
from allting.notifications import ports
from allting.notifications.api import send
from allting.notifications.events import TextReceived
from allting.notifications.models import Delivery
from allting.register.testing import person
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running_gateway(settings: Settings) -> Iterator[int]:
    settings.DEMO_SMS_PORT = free_port()
    Back.transport = httpx2.WSGITransport(app=get_wsgi_application())
    mail = ports._transport
    ports.mail_through(lambda mail: None)
    yield running.start_demo_sms()
    running.stop_demo_sms()
    ports.mail_through(mail)
    Back.transport = None


def tell(who: UUID, text: str = "Solvik: Nils erbjuds plats. Svara JA.") -> None:
    send(
        to_person=who, kind="offer", subject="En plats", body_markdown="En plats.", language="sv",
        occasion=f"offer:{who}", sms=text,
    )  # fmt: skip


def state() -> str:
    return Delivery.objects.get(channel="sms").state


def test_the_whole_way_there_and_back(running_gateway: int) -> None:
    heard: list[TextReceived] = []
    subscribe(TextReceived)(heard.append)
    anna = person("Anna", date(1990, 5, 1), phone="070-174 06 05")
    tell(anna.id)
    work_off()
    assert Sms.objects.get().text.startswith("Solvik: Nils")
    work_off()
    assert state() == "delivered"
    client = Client(enforce_csrf_checks=True)
    shown = client.get("/demo-sms/+46701740605/").content.decode()
    assert "Svara JA." in shown and "1 del, 37 GSM-7" in shown
    token = client.cookies["csrftoken"].value
    answer = {"quick": "JA", "csrfmiddlewaretoken": token}
    assert client.post("/demo-sms/+46701740605/", answer).status_code == 302
    work_off()
    assert [(it.from_number, it.text) for it in heard] == [("+46701740605", "JA")]
    assert "+46701740605" in client.get("/demo-sms/").content.decode()


def test_a_number_that_is_not_in_use_comes_back(running_gateway: int) -> None:
    anna = person("Anna", date(1990, 5, 1), phone="070-174 06 99")
    tell(anna.id)
    work_off()
    work_off()
    assert state() == "returned"
    assert Delivery.objects.get(channel="sms").why == "the number is not in use"


def test_the_same_key_is_one_message(running_gateway: int) -> None:
    for _ in range(2):
        running.ToDemoSms().send(id="d-1", to="+46701740605", text="Hej")
    assert Sms.objects.count() == 1


def test_only_addresses_of_this_house_can_be_tapped_and_nothing_runs(
    running_gateway: int, settings: Settings
) -> None:
    text = f"<script>x</script> {settings.BASE_URL}/o/abc http://evil.example/x"
    running.ToDemoSms().send(id="d-1", to="+46701740605", text=text)
    shown = Client().get("/demo-sms/+46701740605/").content.decode()
    assert f'<a href="{settings.BASE_URL}/o/abc">' in shown
    assert "<script>x" not in shown and 'href="http://evil' not in shown


def test_no_telephone_and_none_yet() -> None:
    assert Client().get("/demo-sms/+46701740605/").status_code == 404
    assert "No text messages yet" in Client().get("/demo-sms/?language=en").content.decode()
