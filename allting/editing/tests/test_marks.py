"""Questions that were marked for a page: shown to its editors, put there by one tap, once."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.cases.actions import do
from allting.cases.models import Case, CaseEvent
from allting.cases.tests.people import MORNING, People, client_of
from allting.cases.tests.people import people as cast_of
from allting.cases.tests.test_questions import WORDS, answered, asked, files
from allting.cases.tests.town import published
from allting.editing.models import Proposal, TakenUp
from allting.editing.tests.filling import BASE, change
from allting.editing.tests.town import Staff, people
from allting.editing.working import working
from allting.identity.testing import signed_in_client
from allting.kernel.api import clock_at

WHERE = f"{BASE}questions/"
ROLES = "  - {id: editor, name: {sv: Redaktör, en: Editor}}\n"
ROLES += "  - {id: approver, name: {sv: Godkännare, en: Approver}}\nquestions"
FAQ = "services/map/faq.yaml"


@pytest.fixture
def cast(db: Any, tmp_path: Path, settings: Any) -> Iterator[People]:
    settings.ALLTING_EDITION_LOOK = 0
    settings.ALLTING_FILES = tmp_path / "files"
    found = files()
    found["organisation.yaml"] = str(found["organisation.yaml"]).replace("questions", ROLES, 1)
    with clock_at(MORNING):
        published(tmp_path / "town", found)
        yield cast_of()


@pytest.fixture
def staff(cast: People) -> Staff:
    return people("building")


def marked(cast: People, client: Client | None = None) -> int:
    asked(client or Client())
    case = Case.objects.latest("id")
    do(cast.builder, case.id, "suggest-for-the-page", seen_stage=case.stage)
    return CaseEvent.objects.get(case=case, move="suggest-for-the-page").id


def test_one_tap_makes_a_proposal(cast: People, staff: Staff) -> None:
    amir, mark = staff.amir.client, marked(cast)
    page = amir.get(WHERE).text
    assert "Vad kostar kartan?" in page and "Inte besvarad än" in page
    assert "Lägg den i förslaget" not in page and "Nybyggnadskarta" in page
    assert "&lt;b&gt;" in page, "what somebody typed is text"
    answered(cast, Case.objects.get())
    assert "Lägg den i förslaget" in amir.get(WHERE).text
    sent = amir.post(f"{WHERE}{mark}/")
    held = Proposal.objects.get()
    assert sent["Location"] == f"{BASE}proposals/{held.id}/"
    text = working(held).folders[-1].texts[FAQ]
    assert text.startswith("questions:\n  - id: vad-kostar-kartan") and "answer:" in text
    assert working(held).trial is not None
    assert "Ingen fråga väntar" in amir.get(WHERE).text
    assert amir.post(f"{WHERE}{mark}/").status_code == 404, "once is enough"
    assert TakenUp.objects.count() == 1 and len(Proposal.objects.get().edits) == 1
    withdrawn = f"{BASE}proposals/{held.id}/do/withdraw/"
    amir.post(withdrawn, {"seen": held.version})
    assert "Vad kostar kartan?" in amir.get(WHERE).text, "it has not come to the page"


def test_it_is_written_anew_first(cast: People, staff: Staff) -> None:
    mark = marked(cast)
    answered(cast, Case.objects.get())
    form = f"{BASE}new/{FAQ}/?at=questions&mark={mark}"
    page = unescape(staff.amir.client.get(form).text)
    assert "Vad kostar kartan?" in page
    change(staff.amir.client, form, {"f.questions._new.question.sv": "Vad kostar en karta?"})
    text = working(Proposal.objects.get()).folders[-1].texts[FAQ]
    assert "Vad kostar en karta?" in text and "hur lång" not in text
    assert TakenUp.objects.get().mark == mark
    assert "Ingen fråga väntar" in staff.amir.client.get(WHERE).text


def test_it_is_put_aside(cast: People, staff: Staff) -> None:
    mark = marked(cast)
    staff.amir.client.post(f"{WHERE}{mark}/", {"aside": "yes"})
    assert "Ingen fråga väntar" in staff.amir.client.get(WHERE).text
    assert not Proposal.objects.exists()


def test_it_is_shown_to_the_editors_of_its_service_alone(cast: People, staff: Staff) -> None:
    mark = marked(cast)
    for one in (staff.birgitta, staff.anna, staff.maja):
        refused = one.client.get(WHERE)
        assert refused.status_code == 403 and "Vad kostar" not in refused.text
        assert one.client.post(f"{WHERE}{mark}/", {"aside": "yes"}).status_code == 403
    assert Client().get(WHERE).status_code == 302
    number = str(cast.father.identity_number)
    other, _ = signed_in_client(number, "Far", roles=(("editor", "education"),))
    assert "Vad kostar" not in other.get(WHERE).text
    assert other.post(f"{WHERE}{mark}/", {"aside": "yes"}).status_code == 404
    form = f"{BASE}new/{FAQ}/?at=questions&mark={mark}"
    assert other.get(form).status_code == 403
    assert not TakenUp.objects.exists()


def test_what_a_protected_person_asked_is_never_shown(cast: People, staff: Staff) -> None:
    mark = marked(cast, client_of(cast.mother))
    assert "Vad kostar" in staff.amir.client.get(WHERE).text
    mother = cast.family.mother
    mother.protection = "mark"
    mother.save()
    assert "Vad kostar" not in staff.amir.client.get(WHERE).text
    assert staff.amir.client.post(f"{WHERE}{mark}/").status_code == 404


def test_who_asked_is_not_told_and_many_cost_as_one(
    cast: People, staff: Staff, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000
    for _ in range(3):
        marked(cast, client_of(cast.mother))
    staff.amir.client.get(WHERE)
    with django_assert_max_num_queries(10):
        page = staff.amir.client.get(WHERE).text
    assert page.count(WORDS.split("?")[0]) == 3 and cast.mother.name not in page
