"""One's own pages: complete, guarded, and as quick with ten thousand messages as with ten."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.kernel.api import new_id, now, write
from allting.notifications.api import Attachment, inbox, send
from allting.notifications.models import Message
from allting.packages.api import Edition
from allting.portal.reads import WHY
from allting.portal.tests.conftest import client_of
from allting.register.models import DeclaredFact, Person
from allting.register.testing import Family, actor

OWN = ["my/", "my/inbox/", "my/contact/", "my/reads/", "my/held/"]


def tell(person: Person, subject: str, **more: object) -> None:
    with write():
        send(
            to_person=person.id,
            kind="decision",
            subject=subject,
            body_markdown="## Hej\n\nDu har fått en plats.",
            language="sv",
            occasion=f"{subject} {uuid4()}",
            **more,  # type: ignore[arg-type]
        )


def fill(person: Person, count: int) -> None:
    Message.objects.bulk_create(
        Message(
            id=new_id(),
            to_person=person.id,
            kind="news",
            subject=f"Nytt {n}",
            body="Text",
            language="sv",
            number="",
            url="",
            service="",
            occasion=f"bulk {person.id} {n}",
            sent_at=now(),
        )
        for n in range(count)
    )


@pytest.mark.parametrize("where", OWN)
def test_a_visitor_is_asked_to_sign_in(solvik: Edition, where: str) -> None:
    response = Client().get(f"/sv/{where}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sv/sign-in/?next=%2Fsv%2Fmy")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("where", OWN)
def test_first_time_and_with_news(
    solvik: Edition, people: Family, language: str, where: str
) -> None:
    client = client_of(people.mother)
    assert client.get(f"/{language}/{where}").status_code == 200
    tell(people.mother, "Beslut om plats")
    assert client.get(f"/{language}/{where}").status_code == 200


def test_a_message_is_read_once_opened(solvik: Edition, people: Family) -> None:
    tell(
        people.mother,
        "Beslut om plats",
        attachment=Attachment("beslut.pdf", "application/pdf", b"%PDF"),
    )
    client = client_of(people.mother)
    assert "1 oläst" in client.get("/sv/my/").text
    (row,) = inbox(actor(people.mother)).rows
    page = client.get(f"/sv/my/inbox/{row.id}/").text
    assert "<h1>Beslut om plats</h1>" in page
    assert "<h2>Hej</h2>" in page  # just below the page's own
    assert "oläst" not in client.get("/sv/my/").text
    file = client.get(f"/sv/my/inbox/{row.id}/letter/")
    assert file.content == b"%PDF"
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Cache-Control"] == "private, no-store"


def test_another_ones_message_is_not_there(solvik: Edition, people: Family) -> None:
    tell(people.mother, "Hemligt", attachment=Attachment("a.pdf", "application/pdf", b"%PDF"))
    (row,) = inbox(actor(people.mother)).rows
    stranger = client_of(people.stranger)
    assert stranger.get(f"/sv/my/inbox/{row.id}/").status_code == 404
    assert stranger.get(f"/sv/my/inbox/{row.id}/letter/").status_code == 404


def test_the_inbox_turns_its_pages(solvik: Edition, people: Family) -> None:
    fill(people.mother, 45)
    client, address, seen = client_of(people.mother), "/sv/my/inbox/", 0
    for _ in range(3):
        page = client.get(address).text
        seen += page.count('<a href="/sv/my/inbox/0')
        onward = re.search(r'href="(/sv/[^"]*[?]before=[^"]*)"', page)
        address = onward[1] if onward else ""
    assert seen >= 45
    assert client.get("/sv/my/inbox/?before=nonsense").status_code == 404


def test_contact_details_are_saved(solvik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    form = {"email": "maja@ny.example", "phone": "070-174 06 07", "language": "en"}
    response = client.post("/sv/my/contact/", form)
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/my/contact/?saved"
    page = client.get("/en/my/contact/?saved").text
    assert "maja@ny.example" in page
    assert "+46701740607" in page
    assert "Saved" in page


def test_every_fault_is_told_and_nothing_is_saved(solvik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    form = {"email": "maja", "phone": "1", "language": "sv"}
    response = client.post("/sv/my/contact/", form)
    assert response.status_code == 422
    assert "Det där är ingen e-postadress" in response.text
    assert "Det där är inget telefonnummer" in response.text
    people.mother.refresh_from_db()
    assert people.mother.email == "maja@epost.example"
    assert client.post("/sv/my/contact/", form | {"language": "xx"}).status_code == 422


def test_one_sees_who_has_read(solvik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    client.get("/sv/services/preschool-place/")
    page = client.get("/sv/my/reads/").text
    assert "Läste om Nils Berg: vem som kan få en tjänst" in page
    assert "Läste om Elsa Berg: vilka barn du är vårdnadshavare för" in page


def test_every_reason_for_reading_has_its_words() -> None:
    """A reason that a room states must not end up in English on somebody's Swedish page."""
    rooms = Path(__file__).resolve().parents[2]
    stated = {
        reason
        for file in rooms.rglob("*.py")
        if "tests" not in file.parts
        for reason in re.findall(r'purpose="([^"]+)"', file.read_text("utf-8"))
    }
    assert stated
    assert stated <= set(WHY), "add the words to allting/portal/reads.py"


def test_someone_the_register_does_not_know(solvik: Edition, people: Family) -> None:
    from allting.identity.testing import signed_in_client

    client, _ = signed_in_client("200001012384", "Kim Ek", person=None)
    assert "Du har inga sidor här" in client.get("/sv/my/").text
    assert client.get("/sv/my/inbox/").status_code == 403


@pytest.mark.parametrize("where", ["my/", "my/inbox/", "", "services/preschool-place/"])
def test_as_many_queries_with_ten_thousand_messages_as_with_ten(
    solvik: Edition, people: Family, where: str, settings: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000  # once a second a page also looks for a new edition
    client = client_of(people.mother)
    fill(people.mother, 10)
    few = _queries(client, where)
    fill_more(people.mother)
    assert _queries(client, where) == few <= 10


def fill_more(person: Person) -> None:
    Message.objects.filter(to_person=person.id).delete()
    fill(person, 10_000)


def _queries(client: Client, page: str) -> int:
    client.get(f"/sv/{page}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/sv/{page}").status_code == 200
    return len(asked)


def test_one_sees_what_is_held_and_where_it_is_from(solvik: Edition, people: Family) -> None:
    DeclaredFact.objects.create(
        person=people.mother, name="in_childcare", type="boolean", value="true",
        at=date(2026, 11, 1), source="BUN-2026-000001", purpose="preschool-place",
    )  # fmt: skip
    client = client_of(people.mother)
    page = client.get("/sv/my/held/").text
    for words in (
        people.mother.identity_number, "Storgatan 1, 999 01 Solvik", "Nils Berg", "Bor med dig",
        "1 november 2026, från BUN-2026-000001.", "Sparas för:", "maja@epost.example", "ogift",
    ):  # fmt: skip
        assert words in page, words
    assert "Kept for:" in client.get("/en/my/held/").text
    assert "Läste om Maja Berg: allt som finns sparat om dig" in client.get("/sv/my/reads/").text
