"""A whole application, page by page, without any script in the browser."""

import re
from uuid import UUID

from django.test import Client

from allting.forms.events import FormSubmitted
from allting.forms.models import Draft, Submission
from allting.forms.tests.conftest import client_of
from allting.kernel.api import subscribe
from allting.packages.api import Edition
from allting.register.testing import Family

heard: list[FormSubmitted] = []


@subscribe(FormSubmitted)
def _hear(event: FormSubmitted) -> None:
    heard.append(event)


def hidden(html: str, name: str) -> str:
    """The value of a hidden input."""
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', html)
    assert found, name
    return found[1]


def answer(client: Client, address: str, **answers: object) -> str:
    """Open a page, fill it in as a browser would and press Continue; where that leads."""
    page = client.get(address)
    assert page.status_code == 200, address
    html = page.content.decode()
    sent = client.post(
        address, {"seen": hidden(html, "seen"), "shown": hidden(html, "shown"), **answers}
    )
    assert sent.status_code == 302, sent.content.decode()
    return sent["Location"]


def test_from_start_to_receipt(vik: Edition, people: Family) -> None:
    heard.clear()
    client = client_of(people.mother)
    first = client.post("/sv/apply/preschool/")["Location"]
    draft = Draft.objects.get()
    base = f"/sv/drafts/{draft.id}/"
    assert first == base
    assert client.get(first)["Location"] == base + "child/"
    page = client.get(base + "child/").content.decode()
    assert "Nils Berg" in page
    assert "Elsa Berg" in page
    assert "1 år" not in page
    assert "17 månader" in page

    assert answer(client, base + "child/", child=people.baby.id) == base + "start/"
    date = {"start_year": "2027", "start_month": "1", "start_day": "10"}
    assert answer(client, base + "start/", **date) == base + "hours/"
    assert answer(client, base + "hours/", extent="part-time") == base + "hours/?more"
    assert "Timmar i veckan" in client.get(base + "hours/?more").content.decode()
    more = answer(client, base + "hours/", extent="part-time", hours="22,5")
    assert more == base + "reason/"
    assert answer(client, base + "reason/", reason="") == base + "places/"
    places = {"places_1": "masken", "places_2": "solrosen"}
    assert answer(client, base + "places/", **places) == base + "contact/"
    page = client.get(base + "contact/").content.decode()
    assert "070-174 06 05" in page
    assert "maja@epost.example" in page
    contact = {"phone": "070-174 06 05", "email": "annan@epost.example"}
    assert answer(client, base + "contact/", **contact) == base + "check/"

    page = client.get(base + "check/").content.decode()
    for words in ("Nils Berg", "10 januari 2027", "22,5", "1. Maskrosen &amp; Co", "annan@epost"):
        assert words in page
    sent = client.post(base + "submit/", {"version": hidden(page, "version")})
    submission = Submission.objects.get()
    assert sent["Location"] == f"/sv/submissions/{submission.id}/"
    assert submission.answers == {
        "child": str(people.baby.id),
        "start": "2027-01-10",
        "extent": "part-time",
        "hours": "22.5",
        "places": ["masken", "solrosen"],
        "phone": "+46701740605",
        "email": "annan@epost.example",
    }
    assert submission.known == {"phone": "+46701740605", "email": "maja@epost.example"}
    assert (submission.applicant, submission.subject) == (people.mother.id, people.baby.id)
    assert [event.submission for event in heard] == [submission.id]
    assert client.get(sent["Location"]).status_code == 200
    assert isinstance(heard[0].subject, UUID)


def test_the_other_language(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    client.post("/en/apply/preschool/")
    draft = Draft.objects.get()
    page = client.get(f"/en/drafts/{draft.id}/child/").content.decode()
    assert "Which child is it for?" in page
    assert "Step 1 of" in page
