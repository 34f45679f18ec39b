"""Forms made from schemas: what they ask, what they keep, and where they say what is wrong."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from allting.editing.fields import Sheet
from allting.editing.models import Proposal
from allting.editing.shapes import Schemas
from allting.editing.tests.filling import BASE, change
from allting.editing.tests.town import SERVICE, Staff, people, published
from allting.editing.working import working
from allting.packages.api import registry, schema_of, tree_of
from allting.ui.api import translator

FORM = f"{BASE}edit/services/{SERVICE}/service.yaml/"
BOARD = f"{BASE}edit/organisation.yaml/?at=boards._education"
HOURS = "f.boards._education.contact.hours"


@pytest.fixture
def staff(db: Any, tmp_path: Path, settings: Any) -> Staff:
    settings.ALLTING_EDITION_LOOK = 0
    published(tmp_path)
    return people()


def own(file: str) -> str:
    """A file of the municipality's own as the only proposal would have it."""
    return working(Proposal.objects.get()).folders[-1].texts.get(file, "")


def test_only_what_is_another_is_written(staff: Staff) -> None:
    file = f"services/{SERVICE}/service.yaml"
    amir = staff.amir.client
    says = "f.conditions._lives-here.says.en"
    condition = "conditions:\n  - id: lives-here\n    says:\n      en: Lives here\n"
    change(amir, FORM, {"f.summary.sv": "Sök här", says: "Lives here"})
    assert own(file) == f"summary:\n  sv: Sök här\n{condition}"
    change(amir, FORM, {"f.summary.sv": "Ansök om plats"})
    assert own(file) == condition
    change(amir, FORM, {f"back.{says}": "yes"})
    assert own(file) == ""


def test_that_nothing_changed_is_said(staff: Staff) -> None:
    amir, address = staff.amir.client, f"{BASE}edit/services/{SERVICE}/service.yaml/"
    page = change(amir, FORM)
    assert page.status_code == 200 and not Proposal.objects.exists()
    assert "Inget ändrades" in page.text and "så det blev inget förslag" in page.text
    assert f'href="{BASE}services/{SERVICE}/"' in page.text, "the way out"
    change(amir, FORM, {"f.summary.sv": "Sök här"})
    held = Proposal.objects.get()
    again = change(amir, address, {"f.summary.sv": " Sök här "})
    assert again.status_code == 200 and 'role="status"' in again.text
    assert "vad förslaget redan säger" in again.text and 'value="Sök här"' in again.text
    assert f'href="{BASE}proposals/{held.id}/">gå till förslaget' in again.text
    held.refresh_from_db()
    assert held.version == 2, "nor is it written down that somebody edited it"
    english = change(amir, f"/en{address[3:]}").text
    assert "What you sent is what the proposal says already." in english


def test_what_is_wrong_is_said_at_its_field(staff: Staff) -> None:
    amir = staff.amir.client
    answer = change(amir, FORM, {"f.title.sv": "", "f.processing_time.typical": "snart"})
    page = unescape(answer.text)
    assert answer.status_code == 422 and not Proposal.objects.exists()
    assert "Rubrik (svenska): Det här måste fyllas i" in page
    answer = change(amir, FORM, {"f.processing_time.typical": "snart"})
    page = unescape(answer.text)
    error = 'id="f.processing_time.typical-error"'
    assert answer.status_code == 422 and error in page and "having-a-child" not in page
    assert 'value="snart"' in page and "Skriv hur lång tid" in page
    answer = change(amir, BOARD, {"f.boards._education.contact.phone": "ring mig"})
    page = unescape(answer.text)
    assert answer.status_code == 422 and 'id="f.boards._education.contact.phone-error"' in page
    assert "”ring mig” är inte ett telefonnummer. Här väntades siffror och mellanslag" in page
    assert 'lang="en">' not in page.partition("<main")[2]
    english = change(amir, f"/en{BOARD[3:]}", {"f.boards._education.contact.phone": "call me"})
    assert "'call me' is not a telephone number. Expected digits" in unescape(english.text)


def test_lengths_of_time_are_written_in_the_reader_s_language(staff: Staff) -> None:
    amir = staff.amir.client
    assert 'value="6 veckor"' in amir.get(FORM).text
    assert 'value="6 weeks"' in amir.get(f"/en{FORM[3:]}").text
    change(amir, FORM, {"f.processing_time.typical": "1 månad"})
    assert own(f"services/{SERVICE}/service.yaml") == "processing_time:\n  typical: 1 month\n"


def test_opening_hours(staff: Staff) -> None:
    amir = staff.amir.client
    wrong = change(amir, BOARD, {f"{HOURS}.0.closes": "07:00"})
    assert wrong.status_code == 422 and "Det måste öppna innan det stänger" in wrong.text
    change(
        amir,
        BOARD,
        {
            f"{HOURS}.0.to": "thu",
            f"{HOURS}.1.from": "fri",
            f"{HOURS}.1.opens": "8.00",
            f"{HOURS}.1.closes": "15.00",
        },
    )
    assert (
        '      hours:\n        - {days: mon-thu, opens: "08:00", closes: "16:30"}\n'
        '        - {days: fri, opens: "08:00", closes: "15:00"}\n  - id: building'
    ) in own("organisation.yaml")
    page = amir.get(f"{BASE}proposals/{Proposal.objects.get().id}/").text
    assert "mån–<ins>tors</ins> 08:00–16:30" in page and "<ins>" in page


def test_a_value_that_conditions_use(staff: Staff) -> None:
    address = f"{BASE}edit/package.yaml/?at=parameters.map-fee"
    wrong = change(staff.amir.client, address, {"f.parameters.map-fee.value": "niohundra"})
    assert wrong.status_code == 422 and "Skriv ett tal med siffror" in wrong.text
    fields = {"f.parameters.map-fee.value": "1 250,50", "f.parameters.map-fee.source": "KF 2026"}
    change(staff.amir.client, address, fields)
    assert "    value: 1250.5   # since 2020\n    source: KF 2026\n" in own("package.yaml")
    page = staff.amir.client.get(f"{BASE}proposals/{Proposal.objects.get().id}/").text
    assert f"services/{SERVICE}/" in page, "the service that uses it is shown as it will be"


def test_a_page_in_its_languages(staff: Staff) -> None:
    address = f"{BASE}edit/services/{SERVICE}/page.sv.md/"
    name = f"f.services/{SERVICE}/page.sv.md"
    shown = change(staff.amir.client, address, {name: "## Ny\n\n**Fet**", "preview": "yes"})
    assert "<strong>Fet</strong>" in shown.text and not Proposal.objects.exists()
    change(staff.amir.client, address, {name: "## Ny\r\n\r\nRad"})
    assert own(f"services/{SERVICE}/page.sv.md") == "## Ny\n\nRad\n"
    assert own(f"services/{SERVICE}/page.en.md") == ""
    change(staff.amir.client, address, {name: "## Så går det till\n\nRing oss."})
    assert own(f"services/{SERVICE}/page.sv.md") == ""


def test_a_unit_gets_a_telephone(staff: Staff) -> None:
    address = f"{BASE}edit/units/preschools.yaml/?at=units._solrosen"
    change(staff.amir.client, address, {"f.units._solrosen.contact.phone": "+46 10 555 00 11"})
    assert own("units/preschools.yaml") == (
        "kind: preschool\nunits:\n"
        '  - {id: solrosen, name: Solrosen, contact: {phone: "+46 10 555 00 11"}}\n'
    )


@pytest.mark.parametrize("at", ["nothing", "contact.hours", "id"])
def test_what_is_not_there_is_not_found(staff: Staff, at: str) -> None:
    assert staff.amir.client.get(f"{BASE}edit/organisation.yaml/?at={at}").status_code == 404
    assert staff.amir.client.get(f"{BASE}edit/../../etc/passwd/").status_code == 404


def test_search_and_both_languages(
    staff: Staff, settings: Any, django_assert_num_queries: Any
) -> None:
    amir = staff.amir.client
    assert "Plats i förskola" in amir.get(f"{BASE}?q=ring oss").text  # a word of its page
    settings.ALLTING_EDITION_LOOK = 1000
    amir.get(BASE)
    with django_assert_num_queries(3):  # who asks, proposals on their way, the edition's row
        amir.get(BASE)
    page = staff.amir.client.get(f"{BASE}?q=karta").text
    assert "Kartavgift: 900" in page and "Plats i förskola" not in page
    english = staff.amir.client.get(f"/en{BASE[3:]}?q=preschool").text
    assert "Preschool place" in english and "Texts and values" in english


def test_a_form_is_made_of_every_kind_of_file(staff: Staff) -> None:
    """No schema is of a shape that the form cannot read."""
    work = working()
    speak = translator("sv")
    for kind in registry().files.values():
        schema = schema_of(kind)
        Schemas(schema).resolved(schema)
        for file in {*work.folders[0].texts, *work.folders[-1].texts}:
            tree = tree_of(work.folders, file) if kind.match(file) is not None else None
            if tree is not None:
                form = Sheet(tree, None, None, ("sv", "en"), speak).group(schema, ())
                names = [one.name for one in form.every()]
                assert names and len(set(names)) == len(names), file
