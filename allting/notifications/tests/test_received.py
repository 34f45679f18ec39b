"""Text messages that have come in: read by the registrar alone, logged, answered once."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from allting.identity.testing import signed_in_client
from allting.kernel.api import clock_at, work_off
from allting.kernel.models import AuditEntry
from allting.notifications import ports
from allting.notifications.api import text_received, text_understood
from allting.notifications.models import ReceivedText
from allting.notifications.ports import Manners, PermanentFailure, TemporaryFailure
from allting.notifications.received import settle_text
from allting.notifications.tests.conftest import ANNA, Behave, Phones, acting

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LIST = "/sv/desk/post/texts/"
NUMBER = "+46701740605"


@pytest.fixture(autouse=True)
def _noon(phones: Phones):  # type: ignore[no-untyped-def]
    with clock_at(NOON):
        yield


def came(text: str = "Vad betyder det här?", id: str = "m1") -> ReceivedText:
    text_received(id=id, from_number=NUMBER, text=text, at=NOON)
    return ReceivedText.objects.get(provider_id=id)


def registrar(name: str = "Siv Ek", number: str = "190001010107") -> Client:
    return signed_in_client(number, name, roles=(("registrar", "executive"),))[0]


def test_it_is_listed_and_whose_number_it_is_is_not() -> None:
    came()
    page = registrar().get(LIST).text
    assert "Vad betyder det här?" in page and "från … 05" in page
    assert NUMBER not in page and "70174" not in page


@pytest.mark.parametrize("role", ["administrator", "decision-maker", "offers", "protected-people"])
def test_nobody_else_reads_them(role: str) -> None:
    one = came()
    other = signed_in_client("190001010107", "Siv Ek", roles=((role, "executive"),))[0]
    resident = signed_in_client("190002020208", "Bo Ek")[0]
    for where in (LIST, f"{LIST}{one.id}/"):
        assert other.get(where).status_code == 403
        assert resident.get(where).status_code == 403
        assert Client().get(where).status_code == 302
        assert other.post(where, {"do": "aside"}).status_code in (403, 405)
    one.refresh_from_db()
    assert one.settled_at is None
    assert not AuditEntry.objects.filter(verb__startswith="texts:").exists()


def test_that_they_were_read_is_logged() -> None:
    one = came()
    client = registrar()
    client.get(LIST)
    client.get(f"{LIST}{one.id}/")
    entries = AuditEntry.objects.filter(verb="texts:read")
    assert [entry.details for entry in entries] == [{"ids": [one.id]}] * 2


def test_page_after_page_each_stands_once() -> None:
    for n in range(45):
        came(f"Sms nummer {n:02}.", f"m{n}")
    client, where, seen = registrar(), LIST, ""
    for _ in range(3):
        page = client.get(where).text
        seen += page
        further = re.search(r'href="(\?after=\d+)"', page)
        where = LIST + (further[1] if further else "")
    assert [seen.count(f"Sms nummer {n:02}.") for n in range(45)] == [1] * 45
    for odd in ("x", "-1", "9" * 30):
        assert client.get(f"{LIST}?after={odd}").status_code == 200


def test_an_answer_is_sent_once(phones: Phones) -> None:
    one = came()
    client = registrar()
    for _ in range(2):
        client.post(f"{LIST}{one.id}/", {"do": "answer", "answer": "Ring oss gärna:\n 010-555."})
    work_off()
    work_off()
    assert list(phones.texts.values()) == [(NUMBER, "Ring oss gärna: 010-555.")]
    one.refresh_from_db()
    assert (one.answer_state, one.settled_by) == ("sent", "Siv Ek")
    assert "Vad betyder" not in client.get(LIST).text
    assert "Vad betyder" in client.get(f"{LIST}?show=settled").text
    page = client.get(f"{LIST}{one.id}/").text
    assert "Svaret har skickats" in page and "Siv Ek" in page


def test_put_aside_nothing_is_sent(phones: Phones) -> None:
    one = came()
    registrar().post(f"{LIST}{one.id}/", {"do": "aside", "answer": "Något halvfärdigt"})
    work_off()
    one.refresh_from_db()
    assert one.settled_at is not None and (one.answer, phones.asked) == ("", 0)


@pytest.mark.parametrize(("answer", "said"), [("  ", "Skriv ett svar"), ("x" * 301, "Högst 300")])
def test_what_is_wrong_is_said_and_kept(answer: str, said: str) -> None:
    one = came()
    page = registrar().post(f"{LIST}{one.id}/", {"do": "answer", "answer": answer})
    assert page.status_code == 422 and said in page.text
    assert 'href="#answer"' in page.text and answer.strip() in page.text
    one.refresh_from_db()
    assert one.settled_at is None


def test_an_answer_waits_for_the_morning(phones: Phones, behaving: Behave) -> None:
    behaving(Manners(time(21), time(7)))
    one = came()
    with clock_at(datetime(2026, 11, 2, 22, 0, tzinfo=UTC)):
        settle_text(acting(ANNA), one.id, "Hej")
        work_off()
        assert phones.asked == 0
    with clock_at(datetime(2026, 11, 3, 6, 0, tzinfo=UTC)):
        work_off()
        work_off()
    assert len(phones.texts) == 1


def test_a_gateway_in_trouble_is_tried_again_and_a_bad_number_is_not(phones: Phones) -> None:
    one, two = came(), came("Hallå", "m2")
    phones.trouble = [TemporaryFailure("busy")]
    settle_text(acting(ANNA), one.id, "Hej")
    work_off()
    with clock_at(NOON + timedelta(hours=1)):
        work_off()
        assert len(phones.texts) == 1
        phones.trouble = [PermanentFailure("no such number")]
        settle_text(acting(ANNA), two.id, "Hej")
        work_off()
    two.refresh_from_db()
    assert two.answer_state == "failed" and len(phones.texts) == 1
    assert "kunde inte skickas" in registrar().get(f"{LIST}{two.id}/").text


def test_two_deal_with_it_at_once_and_one_has(phones: Phones) -> None:
    one = came()
    assert settle_text(acting(ANNA), one.id, "Hej")
    assert not settle_text(acting(ANNA), one.id, "Hallå")
    work_off()
    assert [text for _, text in phones.texts.values()] == ["Hej"]


def test_what_a_room_has_understood_is_not_to_be_read() -> None:
    one, two = came("JA"), came("Jaså", "m2")
    text_understood("m1", settled=True)
    text_understood("m2", settled=False)
    page = registrar().get(LIST).text
    assert "Jaså" in page and "ett automatiskt svar har skickats" in page
    assert f"{LIST}{one.id}/" not in page and f"{LIST}{two.id}/" in page
    settled = registrar().get(f"{LIST}?show=settled").text
    assert "togs emot som svar på ett erbjudande" in settled


def test_without_a_gateway_it_can_only_be_put_aside() -> None:
    ports.texts_through(None)
    one = came()
    page = registrar().get(f"{LIST}{one.id}/").text
    assert "går inte att skicka sms" in page and "Skicka svaret" not in page
    assert registrar().post(f"{LIST}{one.id}/", {"do": "answer", "answer": "x"}).status_code == 422
