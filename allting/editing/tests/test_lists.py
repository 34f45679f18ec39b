"""Lists that people read: things are added, taken out, and told of as what they are."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.editing.models import Proposal
from allting.editing.tests.filling import BASE, change
from allting.editing.tests.town import SERVICE, Staff, people, published
from allting.editing.working import working
from allting.packages.api import current

FAQ = f"{BASE}new/services/{SERVICE}/faq.yaml/?at=questions"
UNIT = f"{BASE}new/units/preschools.yaml/?at=units"
UNITS = f"{BASE}edit/units/preschools.yaml/"
FORM = f"{BASE}edit/services/{SERVICE}/service.yaml/"
ASKED, TOLD = "f.questions._new.question", "f.questions._new.answer"


@pytest.fixture
def staff(db: Any, tmp_path: Path, settings: Any) -> Staff:
    settings.ALLTING_EDITION_LOOK = 0
    published(tmp_path)
    return people()


def own(file: str) -> str:
    return working(Proposal.objects.get()).folders[-1].texts.get(file, "")


def seen(client: Client) -> str:
    return unescape(client.get(f"{BASE}proposals/{Proposal.objects.get().id}/").text)


def test_a_question_is_added_where_there_was_none(staff: Staff) -> None:
    amir = staff.amir.client
    assert "Lägg till en fråga" in amir.get(f"{BASE}services/{SERVICE}/").text
    asked = {f"{ASKED}.sv": "När får jag svar?", f"{ASKED}.en": "When do I hear?"}
    sent = change(amir, FAQ, {**asked, f"{TOLD}.sv": "Inom en vecka.\n\nOftast *förr*."})
    assert sent.status_code == 302
    assert own(f"services/{SERVICE}/faq.yaml") == (
        "questions:\n  - id: nar-far-jag-svar\n    question:\n      sv: När får jag svar?\n"
        "      en: When do I hear?\n    answer: |-\n      Inom en vecka.\n\n      Oftast *förr*.\n"
    )
    page = seen(amir)
    assert "Fråga som ställs (svenska): När får jag svar?" in page
    held = working(Proposal.objects.get())
    assert held.trial and held.trial.definition.one("faq", SERVICE).questions[0].answer["sv"]
    again = f"{BASE}edit/services/{SERVICE}/faq.yaml/"
    change(amir, again, {"f.questions._nar-far-jag-svar.question.en": "When will I hear?"})
    assert "When will I hear?" in own(f"services/{SERVICE}/faq.yaml")
    assert len(Proposal.objects.get().edits) == 1, "what is added is told as one thing"
    change(amir, again, {"out.f.questions._nar-far-jag-svar": "yes"})
    assert Proposal.objects.get().edits == []


def test_what_is_missing_is_said_at_its_field(staff: Staff) -> None:
    amir = staff.amir.client
    answer = change(amir, FAQ, {f"{ASKED}.sv": "När?"})
    page = unescape(answer.text)
    assert answer.status_code == 422 and not Proposal.objects.exists()
    assert f'id="{TOLD}.sv-error"' in page and "Svaret (svenska): Det här måste fyllas i" in page
    assert 'value="När?"' in page
    english = change(amir, f"/en{FAQ[3:]}", {f"{TOLD}.sv": "x"}).text
    assert "This must be filled in" in english


def test_a_unit_opens_and_another_closes(staff: Staff) -> None:
    amir, unit = staff.amir.client, "f.units._new"
    fields = {f"{unit}.name.sv": "Blåsippan", f"{unit}.address.street": "Ängsvägen 1"}
    wrong = change(amir, UNIT, {**fields, f"{unit}.capacity": "många"})
    page = unescape(wrong.text)
    assert wrong.status_code == 422 and "Skriv ett tal med siffror" in page
    assert "Postnummer: Det här måste fyllas i" in page, "an address that is begun is whole"
    fields |= {f"{unit}.address.postcode": "999 01", f"{unit}.address.city": "Vik"}
    wrong = change(amir, UNIT, {**fields, f"{unit}.contact.phone": "ring"})
    assert wrong.status_code == 422 and f'id="{unit}.contact.phone-error"' in wrong.text
    assert "är inte ett telefonnummer" in wrong.text
    change(amir, UNIT, {**fields, f"{unit}.capacity": "18"})
    change(amir, UNITS, {"out.f.units._solrosen": "yes"})
    assert own("units/preschools.yaml") == (
        "kind: preschool\nunits:\n  - id: blasippan\n    name: Blåsippan\n    capacity: 18\n"
        '    address:\n      street: Ängsvägen 1\n      postcode: "999 01"\n      city: Vik\n'
    )
    page = seen(amir)
    assert "Namn: Solrosen" in page and "Antal platser: 18" in page


def test_what_the_starting_point_has_is_taken_out_and_back(staff: Staff) -> None:
    amir, file = staff.amir.client, f"services/{SERVICE}/service.yaml"
    channel = f"{BASE}new/{file}/?at=channels"
    before = own_file(file)
    answer = change(amir, channel, {"f.channels._new.kind": "e-service"})
    page = unescape(answer.text)
    assert answer.status_code == 422 and "har en e-tjänst men inget formulär" in page
    fields = {"f.channels._new.kind": "visit", "f.channels._new.says.sv": "Kom förbi"}
    change(amir, channel, fields)
    change(amir, FORM, {"out.f.channels._phone": "yes"})
    text = own(file)
    assert "- {id: phone, remove: true}" in text and "id: visit" in text
    held = working(Proposal.objects.get())
    assert held.trial
    there = held.trial.definition.one("service", SERVICE).channels
    assert [(one.id, one.kind) for one in there] == [("visit", "visit")]
    assert "Lägg tillbaka: Telefon" in amir.get(FORM).text
    change(amir, FORM, {"back.f.channels._phone": "yes"})
    assert "phone" not in own(file) and len(Proposal.objects.get().edits) == 1
    change(amir, FORM, {"out.f.channels._phone": "yes"})
    proposal = Proposal.objects.get()
    drop = f"{BASE}proposals/{proposal.id}/drop/"
    for path in ("channels\n#phone", "channels\n#visit"):
        assert amir.post(drop, {"file": file, "path": path}).status_code == 302
    assert own(file) == before


def own_file(file: str) -> str:
    return working().folders[-1].texts.get(file, "")


def test_the_last_way_cannot_go(staff: Staff) -> None:
    answer = change(staff.amir.client, FORM, {"out.f.channels._phone": "yes"})
    assert answer.status_code == 422 and not Proposal.objects.exists()
    assert "det finns ingen väg till den här tjänsten" in answer.text


def test_only_lists_that_people_read_are_added_to(staff: Staff) -> None:
    for where in ("conditions", "costs", "title", "", "questions", "channels._phone.contact.hours"):
        address = f"{BASE}new/services/{SERVICE}/service.yaml/?at={where}"
        assert staff.amir.client.get(address).status_code == 404, where
    assert staff.amir.client.get(f"{BASE}new/services/no/faq.yaml/?at=questions").status_code == 404
    assert staff.amir.client.get(f"{BASE}new/organisation.yaml/?at=boards").status_code == 404


def test_others_may_not_add(staff: Staff) -> None:
    for one in (staff.maja, staff.anna, staff.other, staff.birgitta):
        for address in (FAQ, f"{BASE}new/services/{SERVICE}/service.yaml/?at=channels"):
            assert one.client.get(address).status_code == 403
            assert one.client.post(address, {f"{ASKED}.sv": "x"}).status_code == 403
    assert Client().get(FAQ).status_code == 302
    assert current().definition.find("faq", SERVICE) is None
