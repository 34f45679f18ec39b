"""Everyday words: given a meaning from a search that found nothing, and changed as a list."""

from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.catalogue.api import search
from allting.catalogue.models import Missed
from allting.editing.actions import make_move
from allting.editing.models import Proposal
from allting.editing.tests.filling import BASE, change
from allting.editing.tests.town import SERVICE, Staff, people, published
from allting.editing.working import working
from allting.packages.api import current, forget_editions

ADD, LIST = f"{BASE}synonyms/add/", f"{BASE}synonyms/"
TITLE = "Plats i förskola"


@pytest.fixture
def staff(db: Any, tmp_path: Path, settings: Any) -> Staff:
    settings.ALLTING_EDITION_LOOK = 0
    published(tmp_path)
    return people()


def own() -> str:
    return working(Proposal.objects.get()).folders[-1].texts.get("everyday-words.yaml", "")


def said(word: str, means: str = TITLE, language: str = "sv") -> dict[str, str]:
    return {"word": word, "means": means, "language": language}


def test_a_search_in_vain_becomes_a_word_that_finds(staff: Staff) -> None:
    day = date(2026, 11, 2)
    Missed.objects.create(
        language="sv", digest="x", words="knatteparkering", sittings=9, first=day, last=day
    )
    amir = staff.amir.client
    row = amir.get(f"{BASE}searches/").text
    href = f"{ADD}?word=knatteparkering&amp;language=sv"
    assert href in row and "Säg vad det betyder" in row
    form = amir.get(unescape(href)).text
    assert 'value="knatteparkering"' in form and f'<option value="{TITLE}">' in form
    sent = amir.post(ADD, said("knatteparkering", TITLE.upper()))
    held = Proposal.objects.get()
    assert sent["Location"] == f"{BASE}proposals/{held.id}/"
    assert own() == (
        f"words:\n  - id: {SERVICE}\n    says:\n      sv: [knatteparkering]\n"
        f"    means:\n      sv: {TITLE}\n      en: Preschool place\n"
    )
    page = unescape(amir.get(sent["Location"]).text)
    assert "I ord (svenska): knatteparkering" in page and "(svenska): Plats i förskola" in page
    assert not search(current(), "sv", "knatteparkering", 3)
    for do, one in (("propose", staff.amir), ("approve", staff.birgitta), ("publish", staff.amir)):
        held = make_move(one.actor, held.id, do, seen=held.version, comment="Fler ord")
    forget_editions()
    assert search(current(), "sv", "knatteparkering", 3)[0].id == SERVICE
    amir.post(ADD, said("dagis"))
    assert (
        "sv: [knatteparkering, dagis]"
        in working(Proposal.objects.latest("id")).folders[-1].texts["everyday-words.yaml"]
    )


def test_the_list_is_changed_and_emptied(staff: Staff) -> None:
    amir = staff.amir.client
    amir.post(ADD, said("dagis, lekis"))
    amir.post(ADD, said("nursery", "Preschool place", "en"))
    assert "sv: [dagis, lekis]" in own() and "en: [nursery]" in own()
    assert len(Proposal.objects.get().edits) == 1
    name = f"{SERVICE}.sv"
    change(amir, LIST, {name: "dagis, förskoleplats"})
    assert "sv: [dagis, förskoleplats]" in own()
    again = change(amir, LIST)
    assert again.status_code == 200 and "Orden står redan här" in again.text
    again = amir.post(ADD, said("Dagis"))
    assert again.status_code == 200 and "Inget ändrades" in again.text
    change(amir, LIST, {name: "", f"{SERVICE}.en": ""})
    assert own() == "" and Proposal.objects.get().edits == []


def test_what_is_wrong_is_said_at_its_field(staff: Staff) -> None:
    amir = staff.amir.client
    page = amir.post(ADD, said("dagis", "Plats i förskolan"))
    text = unescape(page.text)
    assert page.status_code == 422 and not Proposal.objects.exists()
    assert "Ingen tjänst och ingen livshändelse heter så – menade du ”Plats i förskola”?" in text
    assert 'id="means-error"' in text and 'value="dagis"' in text
    for word in ("", "…!", "x" * 61):
        page = amir.post(ADD, said(word))
        assert page.status_code == 422 and 'id="word-error"' in page.text, word
    english = amir.post(f"/en{ADD[3:]}", said("dagis", "Nothing such"))
    assert "No service and no life event is called that" in english.text
    amir.post(ADD, said("dagis"))
    page = change(amir, LIST, {f"{SERVICE}.sv": "1234"})
    assert page.status_code == 422 and 'value="1234"' in page.text
    assert "Skriv ord med bokstäver i" in page.text and "[dagis]" in own()


def test_others_are_refused(staff: Staff) -> None:
    for one in (staff.birgitta, staff.anna, staff.maja):
        for address in (ADD, LIST):
            assert one.client.get(address).status_code == 403
            assert one.client.post(address, said("dagis")).status_code == 403
    assert Client().get(ADD).status_code == 302
    assert not Proposal.objects.exists()
