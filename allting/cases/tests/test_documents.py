"""From a decision to the document in the applicant's inbox."""

import io
from datetime import timedelta
from pathlib import Path

import page
import pypdf
import pytest
from pytest_django import Settings

from allting.cases import documents
from allting.cases.actions import do, finish_task
from allting.cases.models import Case, Letter
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, a_case
from allting.cases.writing import write as words_of
from allting.kernel.api import clock_at, dead_letters, work_off
from allting.notifications.api import attachment, inbox

PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})


@pytest.fixture
def decided(cast: People, tmp_path: Path, settings: Settings) -> Case:
    settings.ALLTING_FILES = tmp_path / "files"
    case = a_case(cast)
    with clock_at(MORNING + timedelta(days=1)):
        do(cast.worker, case.id, "take", seen_stage="received")
        finish_task(cast.worker, case.id, "hear")
        do(cast.chief, case.id, "decide", seen_stage="investigation", given=PLACED)
        work_off()
    return case


def text_of(document: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(document)).pages
    return " ".join(" ".join(leaf.extract_text() for leaf in pages).split())


def test_the_decision_is_a_document_in_the_inbox(cast: People, decided: Case) -> None:
    assert dead_letters() == ()
    row = next(row for row in inbox(cast.mother).rows if row.kind == "decision")
    found = attachment(cast.mother, row.id)
    assert found is not None
    assert (found.media_type, found.in_email) == ("application/pdf", False)
    assert page.is_pdf_compliant_bytes(found.content, profile=page.ValidationProfile.PDF_UA_1)
    said = text_of(found.content)
    for words in (
        "Viks kommun", "Barn- och utbildningsnämnden", decided.number, "3 november 2026",
        "Maja Berg", "Bo Chef", "Solrosen",
    ):  # fmt: skip
        assert words in said, (words, said)


def test_it_is_kept_as_it_was_sent_and_made_again_it_is_the_same(
    cast: People, decided: Case
) -> None:
    letter = Letter.objects.get(case=decided, formal=True)
    kept = documents.opened(letter).read()
    with clock_at(MORNING + timedelta(days=30)):
        assert documents.made(letter, words_of(letter)) == kept


def test_the_way_to_have_it_tested_stands_in_a_box_of_its_own() -> None:
    body = "Ja.\n\n## Vad händer nu?\n\nInget.\n\n## Prövning\n\nSkriv till rätten.\n\nHej då\n"
    rest, appeal = documents._appeal_apart(body, "Skriv till rätten.")
    assert appeal is not None
    assert (appeal.title, appeal.markdown) == ("Prövning", "Skriv till rätten.")
    assert rest == "Ja.\n\n## Vad händer nu?\n\nInget.\n\nHej då\n"
    for kept in ("Ja.\n", "Skriv till rätten.\n", "## Först\n\nText.\n\nSkriv till rätten.\n"):
        assert documents._appeal_apart(kept, "Skriv till rätten.") == (kept, None)
    assert documents._appeal_apart(body, "") == (body, None)
