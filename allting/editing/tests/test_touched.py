"""Whom a proposal touches: open cases that really are there, counted, and shown to who works there.

The cases have come in by forms that families have sent; nothing stands in for them.
"""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.cases.models import Case
from allting.cases.tests.people import MORNING, People, a_case
from allting.cases.tests.people import people as cast_of
from allting.cases.tests.town import FILES, write_town
from allting.editing.actions import edit, make_move
from allting.editing.models import Proposal
from allting.editing.tests.town import Staff, people
from allting.forms.models import Draft
from allting.kernel.api import new_id
from allting.packages.api import Edit, current, forget_editions
from allting.packages.testing import in_force

SERVICE = "preschool-place"
FILE = f"services/{SERVICE}/service.yaml"
OPEN = "Öppna ärenden som fortsätter enligt den utgåva de började under: "
ROLES = "  - {id: editor, name: {sv: Redaktör, en: Editor}}\n"
ROLES += "  - {id: approver, name: {sv: Godkännare, en: Approver}}\n"
FEE = "  maintenance-fee: {value: 1260, type: number, says: {sv: Taxa, en: Fee}}\n"
PRESCHOOL = FILES[FILE].replace('amount: "1260"', "amount: parameters.maintenance_fee")


@pytest.fixture
def staff(db: Any, tmp_path: Path, settings: Any) -> Staff:
    settings.ALLTING_EDITION_LOOK = 0
    settings.ALLTING_FILES = tmp_path / "files"
    changed = {
        "organisation.yaml": FILES["organisation.yaml"] + ROLES,
        "package.yaml": FILES["package.yaml"] + FEE,
        FILE: PRESCHOOL,
    }
    in_force(write_town(tmp_path / "vik", dict(changed)))
    return people()


@pytest.fixture
def cast(staff: Staff) -> People:
    return cast_of()


SUMMARY = Edit(FILE, ("summary", "sv"), "Ansök om plats", "Sök plats här")
TARIFF = Edit("package.yaml", ("parameters", "maintenance-fee", "value"), 1260, 1300)
STAGE = Edit(
    f"services/{SERVICE}/process.yaml",
    ("stages", "#received", "title", "sv"),
    "Mottagen",
    "Inkommen",
)


def seen_by(client: Client, held: Proposal) -> str:
    answer = client.get(f"/sv/desk/package/proposals/{held.id}/")
    assert answer.status_code == 200
    return unescape(answer.text.partition('id="touched"')[2].partition("</section>")[0])


@pytest.mark.parametrize("change", [SUMMARY, TARIFF, STAGE], ids=["text", "parameter", "stage"])
def test_open_cases_are_counted_and_led_to(staff: Staff, cast: People, change: Edit) -> None:
    a_case(cast)
    a_case(cast, at=MORNING.replace(hour=9))
    Case.objects.filter(id=a_case(cast).id).update(open=False)
    a_case(cast, service="map", answers={"size": 500})
    held = edit(staff.amir.actor, None, [change])
    said = seen_by(staff.amir.client, held)
    assert f"Plats i förskola</strong>: {OPEN}2" in said and "Nybyggnadskarta" not in said
    assert "/desk/?" not in said, "an editor is told how many, and may not open them"
    said = seen_by(staff.anna.client, held)
    href = f"/sv/desk/?service={SERVICE}"
    assert f'href="{href}"' in said
    queue = staff.anna.client.get(href).text
    assert queue.count('class="rows__open"') == 2


def test_those_who_are_refused_see_none_of_it(staff: Staff, cast: People) -> None:
    case = a_case(cast)
    held = edit(staff.amir.actor, None, [SUMMARY])
    address = f"/sv/desk/package/proposals/{held.id}/"
    refused = staff.maja.client.get(address)
    assert refused.status_code == 403
    assert case.number not in refused.text and OPEN not in refused.text
    assert Client().get(address).status_code == 302
    assert "/desk/?" not in seen_by(staff.other.client, held), "the cases are another board's"
    for one in (staff.amir, staff.birgitta):
        page = one.client.get(f"/sv/desk/?service={SERVICE}")
        assert case.number not in page.text, "who edits and approves does not handle cases"


def test_drafts_are_counted_and_nobody_is_told_as_such(staff: Staff, cast: People) -> None:
    held = edit(staff.amir.actor, None, [SUMMARY])
    assert "Ingen har något på gång" in seen_by(staff.amir.client, held)
    common = {"service": SERVICE, "edition": current().id, "language": "sv"}
    Draft.objects.create(person=new_id(), created_at=MORNING, changed_at=MORNING, **common)
    assert "de började under: 1" in seen_by(staff.amir.client, held)


def test_once_published_the_case_is_still_in_its_own_edition(staff: Staff, cast: People) -> None:
    case = a_case(cast)
    held = edit(staff.amir.actor, None, [STAGE])
    for do, one in (("propose", staff.amir), ("approve", staff.birgitta), ("publish", staff.amir)):
        held = make_move(one.actor, held.id, do, seen=held.version, comment="Klarare ord")
    forget_editions()
    case.refresh_from_db()
    assert case.edition != current().id
    row = staff.anna.client.get(f"/sv/desk/?service={SERVICE}").text
    assert "Mottagen" in row and "Inkommen" not in row.partition("<tbody")[2]
