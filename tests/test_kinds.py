"""What people send in is called what it is: a question is no application, in no language."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from allting.catalogue.kinds import WORDS
from allting.forms.tests.walking import client_of
from allting.kernel.api import SWEDEN, clock_at
from allting.packages.api import Edition, check, current, publish
from allting.register.testing import Family, family
from allting.ui.api import translator

SOLVIK = Path(__file__).resolve().parent.parent / "packages/solvik"
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=SWEDEN)
APPLICATION = {"sv": r"ansök", "en": r"\bappl(y|icat)", "fi": r"\bhak(e|i)"}
STARTS = [
    ("street-fault", "sv", "Felanmäl"),
    ("street-fault", "en", "Report it"),
    ("street-fault", "fi", "Ilmoita viasta"),
    ("ask-the-municipality", "sv", "Fråga"),
    ("heat-pump", "sv", "Anmäl"),
    ("book-a-hall", "sv", "Boka"),
    ("building-permit", "sv", "Ansök"),
    ("building-permit", "fi", "Hae"),
]


@pytest.fixture
def solvik(db: None) -> Edition:
    publish(SOLVIK, by="Anna", why="as it comes")
    return current()


@pytest.fixture
def people(db: None) -> Family:
    return family()


def main_of(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def test_the_button_says_what_one_does(solvik: Edition, people: Family) -> None:
    mother = client_of(people.mother)
    for service, language, start in STARTS:
        for client in (Client(), mother):
            page = main_of(client.get(f"/{language}/services/{service}/").text)
            link = re.search(
                rf'class="button[^>]*/(?:apply/{service}|services/{service}/send)/"[^>]*>(.*?)</a>',
                page,
                re.DOTALL,
            )
            assert link is not None
            assert re.sub("<[^>]*>", "", link[1]).strip() == start
        if service != "building-permit":
            begin = main_of(mother.get(f"/{language}/apply/{service}/").text)
            assert not re.search(APPLICATION[language], begin, re.IGNORECASE)


def test_a_question_is_nowhere_called_an_application(solvik: Edition, people: Family) -> None:
    for language in ("sv", "en", "fi"):
        ask_and_read(client_of(people.mother), language)


def ask_and_read(client: Client, language: str) -> None:
    """Ask, and see that no page of the case speaks of an application."""
    where = f"/{language}/services/library-card/ask/"
    with clock_at(MORNING):
        stamp = re.search(r'name="stamp" value="([^"]+)"', client.get(where).text)
        assert stamp is not None
    with clock_at(MORNING + timedelta(minutes=1)):
        sent = client.post(where, {"question": "När öppnar ni?", "stamp": stamp[1]})
    case = sent.headers["Location"]
    for page in (case, f"{case}withdraw/", f"/{language}/my/"):
        shown = main_of(client.get(page).text)
        assert not re.search(APPLICATION[language], shown, re.IGNORECASE), page


def test_every_kind_has_its_words_in_every_language() -> None:
    for language in ("sv", "fi"):
        speak = translator(language)
        said = [
            speak(sentence)
            for words in WORDS.values()
            for sentence in (words.start, words.go_on, words.received, words.name)
        ]
        assert len(set(said)) == len(said) == 4 * len(WORDS)


def test_a_kind_that_is_not_known_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    (folder / "services/library-card").mkdir(parents=True)
    (folder / "package.yaml").write_text(
        "id: there\ntitle: {sv: Där}\nversion: 1.0.0\nlicence: EUPL-1.2\nlanguages: [sv, en]\n"
        "also: [fi]\nbuilds_on: sverige\n",
        "utf-8",
    )
    (tmp_path / "sverige").symlink_to(SOLVIK.parent / "sverige")
    (folder / "services/library-card/service.yaml").write_text("kind: wish\n", "utf-8")
    told = [it.what for it in check(folder).problems]
    assert any("wish" in what for what in told), told
