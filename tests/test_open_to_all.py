"""The services of the demonstration to which anyone sends something in, without signing in."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from allting.cases.models import Case
from allting.catalogue.api import services
from allting.kernel.api import SWEDEN, clock_at, work_off
from allting.packages.api import Edition, current, publish

SOLVIK = Path(__file__).resolve().parent.parent / "packages/solvik"
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=SWEDEN)
PRAISE = {"kind": "praise", "about": "school", "text": "Vilken fin lucia!", "answer": "no"}


@pytest.fixture
def solvik(db: None) -> Edition:
    publish(SOLVIK, by="Anna", why="as it comes")
    return current()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_each_has_its_form_in_every_language(solvik: Edition) -> None:
    found = [id for id, it in services(solvik).items() if it.open_to_all]
    assert {"street-fault", "opinion", "ask-the-municipality"} <= set(found)
    for id in found:
        for language in solvik.definition.languages:
            page = Client().get(f"/{language}/services/{id}/send/")
            assert page.status_code == 200, (id, language)
            assert 'type="file"' not in page.text and 'name="email"' in page.text


def test_what_a_rule_answers_is_answered_at_once_for_anyone(solvik: Edition) -> None:
    where, visitor = "/sv/services/opinion/send/", Client()
    with clock_at(MORNING):
        page = visitor.get(where).text
    posted = {**PRAISE, "stamp": hidden(page, "stamp"), "shown": hidden(page, "shown")}
    with clock_at(MORNING + timedelta(minutes=1)):
        sent = visitor.post(where, posted)
        assert sent.status_code == 302
        work_off()
        answer = visitor.get(sent.headers["Location"]).text
    assert Case.objects.get().open is False
    assert "Berömmet har gått vidare" in answer and "Vilken fin lucia!" in answer
