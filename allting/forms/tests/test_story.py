"""A whole application, page by page, without any script in the browser."""

import re

import pytest

from allting.forms.events import FormSubmitted
from allting.forms.models import Draft, Submission
from allting.forms.tests.walking import START, answer, answered, begun, client_of, hidden, send
from allting.kernel.api import subscribe
from allting.packages.api import Edition
from allting.register.testing import Family

heard: list[FormSubmitted] = []


@subscribe(FormSubmitted)
def _hear(event: FormSubmitted) -> None:
    heard.append(event)


def test_from_start_to_receipt(vik: Edition, people: Family) -> None:
    heard.clear()
    client = client_of(people.mother)
    assert client.get("/sv/apply/preschool/").status_code == 200
    assert not Draft.objects.exists()  # looking makes nothing
    base = begun(client)
    assert client.get(base)["Location"] == base + "child/"
    page = client.get(base + "child/").content.decode()
    assert "Nils Berg" in page
    assert "Elsa Berg" in page
    assert "Född 20 maj 2025, 17 månader" in page

    assert answer(client, base + "child/", child=people.baby.id) == base + "start/"
    assert answer(client, base + "start/", **START) == base + "hours/"
    assert answer(client, base + "hours/", extent="part-time") == base + "hours/?more"
    assert "Timmar i veckan" in client.get(base + "hours/?more").content.decode()
    more = answer(client, base + "hours/", extent="part-time", hours="22,5")
    assert more == base + "reason/"
    assert answer(client, base + "reason/", reason="") == base + "places/"
    places = {"places_1": "masken", "places_2": "solrosen"}
    assert answer(client, base + "places/", **places) == base + "contact/"
    page = client.get(base + "contact/").content.decode()
    assert "Det här vet vi redan" in page
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
    assert client.get(sent["Location"]).status_code == 200
    assert Draft.objects.get().answers == {}  # kept once, with the submission
    [event] = heard
    assert (event.submission, event.subject) == (submission.id, people.baby.id)
    assert event.answers == submission.answers


def test_the_other_language(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client, language="en")
    page = client.get(base + "child/").content.decode()
    assert "Which child is it for?" in page
    assert "Step 1 of" in page
    assert "17 months old" in page
    swedish = client.get(base.replace("/en/", "/sv/") + "child/").content.decode()
    assert "Vilket barn gäller det?" in swedish


@pytest.mark.parametrize("where", ["start", "hours", "places", "check", "submit"])
def test_nobody_jumps_ahead(vik: Edition, people: Family, where: str) -> None:
    client = client_of(people.mother)
    base = begun(client)
    go = client.post if where == "submit" else client.get
    assert go(f"{base}{where}/")["Location"] == base + "child/"


def test_a_page_that_is_not_asked_is_passed_by(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    assert client.get(base + "reason/")["Location"] == base + "check/"
    assert client.get(base + "nothing/")["Location"] == base + "check/"


def test_answers_no_longer_asked_for_are_not_sent(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    answer(client, base + "child/", child=people.baby.id)
    answer(client, base + "start/", **START)
    answer(client, base + "hours/", extent="part-time")
    answer(client, base + "hours/", extent="part-time", hours="20")
    answer(client, base + "reason/", reason="Studier")
    # the answer that led there is changed: what followed from it goes
    assert answer(client, base + "hours/", extent="full-time", hours="20") == base + "places/"
    answer(client, base + "places/", places_1="solrosen")
    answer(client, base + "contact/", phone="070-174 06 05", email="maja@epost.example")
    send(client, base)
    assert set(Submission.objects.get().answers) == {
        "child", "start", "extent", "places", "phone", "email",
    }  # fmt: skip


def test_change_links_lead_back_to_the_check(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    assert f"{base}start/?back=check" in client.get(base + "check/").content.decode()
    page = client.get(base + "start/?back=check").content.decode()
    form = {"seen": hidden(page, "seen"), "shown": hidden(page, "shown"), "back": "check"}
    sent = client.post(base + "start/", {**form, **START, "start_day": "11"})
    assert sent["Location"] == base + "check/"
    assert "11 januari 2027" in client.get(base + "check/").content.decode()


def test_a_change_that_opens_a_page_leads_there_first(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    page = client.get(base + "hours/?back=check").content.decode()
    form = {"seen": hidden(page, "seen"), "shown": hidden(page, "shown"), "back": "check"}
    sent = client.post(base + "hours/", {**form, "extent": "part-time"})
    assert sent["Location"] == base + "hours/?more&back=check"
    page = client.get(sent["Location"]).content.decode()
    form = {"seen": hidden(page, "seen"), "shown": hidden(page, "shown"), "back": "check"}
    sent = client.post(base + "hours/", {**form, "extent": "part-time", "hours": "20"})
    assert sent["Location"] == base + "reason/"
    assert answer(client, base + "reason/", reason="") == base + "places/"


def test_all_errors_at_once_and_input_kept(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    form = {"seen": "", "shown": "phone email", "phone": "12", "email": "<b>maja"}
    page = client.get(base + "contact/").content.decode()
    form["seen"] = hidden(page, "seen")
    sent = client.post(base + "contact/", form)
    assert sent.status_code == 422
    page = sent.content.decode()
    assert "2 saker att rätta till" in page
    assert 'href="#phone"' in page
    assert "Telefon: Skriv telefonnumret med riktnummer" in page
    assert "E-post: Skriv e-postadressen med ett @" in page
    assert 'value="12"' in page
    assert 'value="&lt;b&gt;maja"' in page
    assert "<title>Fel: " in page
    assert 'aria-invalid="true"' in page


def test_save_and_continue_later_on_another_device(vik: Edition, people: Family) -> None:
    phone = client_of(people.mother)
    base = begun(phone)
    answer(phone, base + "child/", child=people.baby.id)
    page = phone.get(base + "start/").content.decode()
    form = {"seen": hidden(page, "seen"), "shown": hidden(page, "shown"), "go": "later"}
    left = phone.post(base + "start/", {**form, "start_year": "20"})  # half an answer is no hinder
    assert left["Location"] == "/sv/apply/preschool/?saved"
    assert "Sparat" in phone.get(left["Location"]).content.decode()
    computer = client_of(people.mother)
    assert base in computer.get("/sv/apply/preschool/").content.decode()
    assert computer.get(base)["Location"] == base + "start/"


def test_pressing_begin_twice_begins_once(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    assert begun(client) == begun(client)
    assert Draft.objects.count() == 1


def test_a_draft_can_be_removed(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    base = begun(client)
    assert "Ta bort det du har börjat på?" in client.get(base + "delete/").content.decode()
    assert Draft.objects.count() == 1
    assert client.post(base + "delete/")["Location"] == "/sv/apply/preschool/?removed"
    assert not Draft.objects.exists()
    assert client.get(base).status_code == 404
    assert client.post(base + "delete/").status_code == 404


def test_a_service_that_takes_no_applications_here(vik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    assert client.get("/sv/apply/nothing/").status_code == 404


def test_a_page_drawn_once_is_each_persons_own(vik: Edition, people: Family) -> None:
    mother, father = client_of(people.mother), client_of(people.father, ("administrator", "x"))
    hers, his = begun(mother), begun(father)
    for client, base, name in ((mother, hers, "Maja Berg"), (father, his, "Omar Berg")):
        for _ in range(2):
            page = client.get(base + "child/").content.decode()
            assert name in page
            assert f'href="{base.replace("/sv/", "/en/")}child/"' in page
            assert ("/sv/desk/" in page) is (client is father)
            tokens = set(re.findall(r'csrfmiddlewaretoken"\s+value="(\w+)"', page))
            assert len(tokens) == 1
            assert len(tokens.pop()) == 64
            assert not re.search("[\ue000-\uf8ff]", page)  # no hole is left open
    assert "Omar" not in mother.get(hers + "child/").content.decode()
