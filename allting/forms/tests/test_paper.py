"""The form on paper: every question with room to write, for whoever looks, in three languages."""

import re
from pathlib import Path

import pytest
from django.test import Client

from allting.forms.tests.municipality import published
from allting.packages.api import publish

ROOT = Path(__file__).resolve().parents[3]


def test_every_question_has_room(transactional_db: None, tmp_path: Path) -> None:
    published(tmp_path)
    page = Client().get("/sv/apply/preschool/paper/").text
    assert page.count("<h1") == 1 and "Blankett" in page and "Skriv under" in page
    for label in ("Önskad start", "Heltid", "Välj barn"):
        assert label in page
    assert "personnummer" in page.lower()


@pytest.mark.parametrize("what", ["nothing", "preschool/nothing"])
def test_what_has_no_form_is_not_there(transactional_db: None, tmp_path: Path, what: str) -> None:
    published(tmp_path)
    assert Client().get(f"/sv/apply/{what}/paper/").status_code == 404


@pytest.mark.one_database
def test_all_services_of_solvik(transactional_db: None) -> None:
    edition = publish(ROOT / "packages/solvik", by="test", why="test")
    seen = 0
    for id in edition.definition.ids("service"):
        for language, said in (("sv", "Blankett"), ("en", "Form on paper"), ("fi", "Lomake")):
            answer = Client().get(f"/{language}/apply/{id}/paper/")
            if answer.status_code == 404:
                continue
            seen += 1
            assert said in answer.text, id
            assert not re.search(r"[{}]", answer.text), id
    assert seen > 90
