"""The page that a link leads to: shown to anyone, changed only by what is sent from it."""

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from allting.cases.models import Case
from allting.cases.tests.people import client_of
from allting.kernel.api import clock_at, work_off
from allting.offers.addresses import link_at, offer_at, offers_at
from allting.offers.answering import Answer, accept, decline
from allting.offers.models import Offer, OfferKey, OptOut
from allting.offers.tests.making import link_in, made, to_family
from allting.offers.tests.town import FORM, published
from allting.packages.api import Edition
from allting.register.models import Person
from allting.register.testing import Family, actor

MORE = """\
  - id: more
    title: {sv: Mer?, en: More?}
    questions:
      - id: more
        kind: text
        asked_if: applicant.phone is null
        label: {sv: Hur då?, en: How then?}
"""
# what is refused undoes its own transaction, as it does in service
pytestmark = pytest.mark.django_db(transaction=True)


def link_of_mother(mails: list[Any]) -> str:
    return link_at(link_in(mails[0]))


def words_of(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return unescape(" ".join(text.split()))


def state() -> str:
    return Offer.objects.get().state


def test_addresses_are_those_of_the_urls() -> None:
    token, id = "A" * 28, "01a20664-5461-77de-b23d-148afa9e9e81"
    assert link_at(token) == reverse("offer-by-link", kwargs={"token": token})
    assert offers_at("sv") == reverse("offers:offers", kwargs={"language": "sv"})
    assert offer_at("sv", id) == reverse("offers:offer", kwargs={"language": "sv", "offer": id})


def test_the_link_shows_the_reason_and_no_name(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    to_family(vik, people)
    page = Client().get(link_of_mother(mails))
    words = words_of(page)
    assert page.status_code == 200
    assert "Barnet är fött maj 2025 och bor i kommunen." in words
    assert "Vi vårdnadshavare är överens." in words
    assert "SkolL 8:3" in words and "FL § 28" in words
    for told in (
        "20 maj 2025",
        "2025-05-20",
        "Nils",
        "Maja",
        "Berg",
        "Storgatan",
        "maja@",
        people.baby.identity_number,
    ):
        assert told not in page.content.decode()


def test_the_address_of_the_page_goes_nowhere(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    to_family(vik, people)
    for page in (Client().get(link_of_mother(mails)), Client().get("/o/" + "A" * 28)):
        assert page.headers["Referrer-Policy"] == "strict-origin"
        assert page.headers["Cache-Control"] == "no-store"
        assert "noindex" in page.headers["X-Robots-Tag"]


def test_whoever_only_looks_changes_nothing(vik: Edition, people: Family, mails: list[Any]) -> None:
    """A mail scanner follows links, prefetches, and submits the forms that only ask (GET)."""
    to_family(vik, people)
    before = list(Offer.objects.values()), list(OfferKey.objects.values())
    scanner, link = Client(), link_of_mother(mails)
    for _ in range(3):
        scanner.get(link, headers={"Purpose": "prefetch", "Sec-Purpose": "prefetch"})
        scanner.head(link)
        scanner.options(link)
        for go in ("accept", "decline", "off", "all-off", "give-back", "reopen"):
            scanner.get(link, {"go": go, "shown": ""})
            scanner.head(f"{link}?go={go}")
    page = scanner.get(link).content.decode()
    assert not re.findall(r'<form[^>]*method="get"[^>]*action="/o/', page)
    for href in re.findall(r'href="(/[^"]*)"', page):
        scanner.get(unescape(href))
    assert (list(Offer.objects.values()), list(OfferKey.objects.values())) == before
    assert not OptOut.objects.exists()


def test_a_form_from_elsewhere_is_refused(vik: Edition, people: Family, mails: list[Any]) -> None:
    to_family(vik, people)
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(link_of_mother(mails), {"go": "accept"})
    assert (answer.status_code, state()) == (403, "sent")


def test_one_tap_and_what_happens_then(vik: Edition, people: Family, mails: list[Any]) -> None:
    to_family(vik, people)
    phone, link = Client(), link_of_mother(mails)
    answer = phone.post(link, {"go": "accept"})
    assert (answer.status_code, answer.headers["Location"]) == (302, link)
    work_off()
    words = words_of(phone.get(link))
    assert "Svaret är ja" in words and "Det är beslutat." in words
    assert "Logga in på Mina sidor senast 16 november 2026" in words
    assert Case.objects.get().applicant == people.mother.id
    for go in ("accept", "decline", "give-back", "reopen"):
        assert phone.post(link, {"go": go}).status_code in (302, 403, 409), go
    assert (state(), Case.objects.count()) == ("accepted", 1)


def test_a_no_by_link(vik: Edition, people: Family, mails: list[Any]) -> None:
    to_family(vik, people)
    phone, link = Client(), link_of_mother(mails)
    assert phone.post(link, {"go": "decline"}).status_code == 302
    assert "Svaret är nej" in words_of(phone.get(link))
    assert phone.post(link, {"go": "accept"}).status_code == 409
    assert phone.post(link, {"go": "reopen"}).status_code == 403
    assert state() == "declined"


def test_a_used_link_does_not_answer_an_offer_that_was_opened_again(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    from allting.offers.answering import reopen

    offer = to_family(vik, people)
    phone, link = Client(), link_of_mother(mails)
    phone.post(link, {"go": "decline"})
    reopen(offer.id, actor(people.father))
    assert "Länken är använd" in words_of(phone.get(link))
    assert phone.post(link, {"go": "accept"}).status_code == 403
    assert state() == "sent"


def test_the_other_guardian_was_first(vik: Edition, people: Family, mails: list[Any]) -> None:
    offer = to_family(vik, people)
    phone, link = Client(), link_of_mother(mails)
    decline(offer.id, Answer(people.father.id, "sv"))
    late = phone.post(link, {"go": "accept"})
    assert late.status_code == 409
    assert "Ditt svar ändrade ingenting" in words_of(late)
    assert not Case.objects.exists()


@pytest.mark.parametrize("day", [datetime(2026, 11, 17, 8, tzinfo=UTC)])
def test_after_it_has_closed(vik: Edition, people: Family, mails: list[Any], day: datetime) -> None:
    to_family(vik, people)
    phone, link = Client(), link_of_mother(mails)
    with clock_at(day):
        assert "Erbjudandet har stängt" in words_of(phone.get(link))
        assert phone.post(link, {"go": "accept"}).status_code == 409
    with clock_at(datetime(2026, 12, 20, tzinfo=UTC)):
        assert phone.get(link).status_code == 404
        assert phone.post(link, {"go": "accept"}).status_code == 404
    assert not Case.objects.exists()


def test_a_wrong_link_tells_nothing(vik: Edition, people: Family, mails: list[Any]) -> None:
    to_family(vik, people)
    token = link_in(mails[0])
    for wrong in (token[:-1], token[::-1], "x" * 28, token + "x"):
        page = Client().get(link_at(wrong))
        assert page.status_code == 404
        assert "Länken leder inte längre någonstans" in words_of(page)


def test_asked_what_only_the_person_can_tell(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    made(vik, people.sister.id, "preschool/three")
    phone, link = Client(), link_of_mother(mails)
    assert "Omfattning" in words_of(phone.get(link))
    empty = phone.post(link, {"go": "accept", "shown": "extent"})
    assert empty.status_code == 422 and 'href="#extent"' in empty.content.decode()
    more = phone.post(link, {"go": "accept", "shown": "extent", "extent": "part-time"})
    assert more.status_code == 200 and "Timmar i veckan" in words_of(more)
    told = {"go": "accept", "shown": "extent hours", "extent": "part-time", "hours": "20"}
    assert phone.post(link, told).status_code == 302
    assert state() == "accepted"


def test_when_more_is_needed_the_way_leads_to_the_e_service(
    tmp_path: Path, db: None, people: Family, mails: list[Any]
) -> None:
    form = FORM.replace("  - id: contact\n", MORE + "  - id: contact\n")
    to_family(published(tmp_path, services__preschool__form=form), people)
    link = link_of_mother(mails)
    Person.objects.filter(id=people.mother.id).update(phone="")
    answer = Client().post(link, {"go": "accept"})
    assert answer.status_code == 422
    assert "/sv/apply/preschool/" in answer.content.decode()
    assert state() == "sent"


def test_offers_are_turned_off_by_the_link(vik: Edition, people: Family, mails: list[Any]) -> None:
    to_family(vik, people)
    phone, link = Client(), link_of_mother(mails)
    page = phone.post(link, {"go": "off"}, follow=True)
    assert "Vi skickar inga fler erbjudanden av det här slaget" in words_of(page)
    phone.post(link, {"go": "all-off"})
    phone.post(link, {"go": "all-off"})
    assert set(OptOut.objects.values_list("person", "situation")) == {
        (people.mother.id, "preschool/soon-one"),
        (people.mother.id, ""),
    }
    assert phone.post(link, {"go": "nonsense"}).status_code == 400


def test_the_page_speaks_the_language_of_whom_it_was_sent_to(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    Person.objects.filter(id=people.mother.id).update(language="en")
    to_family(vik, people)
    link = link_of_mother(mails)
    page = Client().get(link)
    assert 'lang="en"' in page.content.decode()[:200]
    assert page.headers["Content-Language"] == "en"
    assert "Why you get this offer" in words_of(page)
    assert "Därför får du erbjudandet" in words_of(Client().get(f"{link}?language=sv"))


def test_signed_in_one_sees_the_data_and_can_change_ones_mind(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    browser = client_of(actor(people.mother))
    page = offer_at("sv", offer.id)
    words = words_of(browser.get(page))
    assert "20 maj 2025" in words and "2599" in words and "folkbokföringen" in words
    assert browser.post(page, {"go": "decline"}).status_code == 302
    assert browser.post(page, {"go": "reopen"}).status_code == 302
    assert browser.post(page, {"go": "accept"}).status_code == 302
    assert "Tacka nej ändå" in words_of(browser.get(page))
    assert browser.post(page, {"go": "give-back"}).status_code == 302
    assert state() == "declined"


def test_another_persons_offer_is_not_there(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    stranger = client_of(actor(people.stranger))
    for act in (stranger.get, stranger.post):
        assert act(offer_at("sv", offer.id)).status_code == 404
    assert Client().get(offer_at("sv", offer.id)).status_code == 302


def test_open_offers_stand_first_on_my_pages(vik: Edition, people: Family) -> None:
    offer = to_family(vik, people)
    browser = client_of(actor(people.father))
    words = words_of(browser.get("/sv/my/"))
    assert words.index("Ditt barn fyller snart ett år") < words.index("Inkorg")
    accept(offer.id, Answer(people.mother.id, "sv"))
    assert "Erbjudanden till dig" not in words_of(browser.get("/sv/my/"))


def test_kinds_of_offers_are_chosen_on_my_pages(vik: Edition, people: Family) -> None:
    to_family(vik, people)
    browser = client_of(actor(people.mother))
    page = browser.get("/sv/my/offers/").content.decode()
    assert page.count('type="checkbox"') == 4 and page.count(" checked") == 4
    browser.post("/sv/my/offers/", {"any": "yes", "wanted": ["preschool/three"]})
    assert set(OptOut.objects.values_list("situation", flat=True)) == {
        "preschool/soon-one",
        "welcome/new-here",
    }
    browser.post("/sv/my/offers/", {"wanted": ["preschool/three", "preschool/soon-one"]})
    assert set(OptOut.objects.values_list("situation", flat=True)) == {"welcome/new-here", ""}
    every = ["welcome/new-here", "preschool/three", "preschool/soon-one", "made-up"]
    browser.post("/sv/my/offers/", {"any": "yes", "wanted": every})
    assert not OptOut.objects.exists()


def test_an_offer_that_informs_leads_to_the_service(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    Person.objects.filter(id=people.stranger.id).update(email="gun@epost.example")
    made(vik, people.stranger.id, "welcome/new-here")
    page = Client().get(link_at(link_in(mails[0])))
    assert "/sv/services/welcome/" in page.content.decode()
    assert "Ja tack" not in words_of(page)
    assert date(2026, 12, 2) == Offer.objects.get().closes


def test_it_is_said_to_be_decided_at_once_only_where_a_rule_may(
    vik: Edition, people: Family, mails: list[Any]
) -> None:
    made(vik, people.sister.id, "preschool/three")
    link = link_of_mother(mails)
    assert "Beslutet fattas direkt" not in words_of(Client().get(link))
    Client().post(link, {"go": "accept", "shown": "extent", "extent": "full-time"})
    words = words_of(Client().get(link))
    assert "Det är beslutat" not in words and "Vi handlägger det som din ansökan" in words
