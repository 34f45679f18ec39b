"""Finding: the page of hits, suggestions as one types, and the lists of services."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from allting.catalogue.missed import Gathered
from allting.catalogue.models import Missed
from allting.catalogue.testing import town
from allting.kernel.api import today
from allting.packages.api import Edition, publish
from allting.register.api import names_among
from allting.register.testing import Family

AUDIENCES = """\
audiences:
  - id: families
    title: {sv: Familjer, en: Families}
    topics: [childcare]
  - id: builders
    title: {sv: Byggare, en: Builders}
    services: [building-permit]
"""
FAQ = """\
questions:
  - id: queue
    question: {sv: Hur lång är kön?, en: How long is the queue?}
    answer: {sv: Kort., en: Short.}
"""


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def furnished(db: None, tmp_path: Path, settings: Any) -> None:
    settings.ALLTING_EDITION_LOOK = 1000
    folder = town(tmp_path)
    (folder / "audiences.yaml").write_text(AUDIENCES, "utf-8")
    (folder / "services/preschool-place/faq.yaml").write_text(FAQ, "utf-8")
    publish(folder, by="Anna", why="the first version")


def test_a_question_others_asked_is_met_under_its_service(furnished: None, visitor: Client) -> None:
    page = visitor.get("/sv/search/?q=hur lång är kön").text
    assert '/sv/services/preschool-place/#question-queue">Hur lång är kön?</a>' in page
    assert ' id="question-queue"' in visitor.get("/sv/services/preschool-place/").text
    (hit, *_) = visitor.get("/sv/search/suggest/?q=hur lång är kön").json()["hits"]
    assert hit["text"] == "Hur lång är kön?"
    assert hit["href"] == "/sv/services/preschool-place/#question-queue"


def test_topics_audiences_and_boards_are_found(furnished: None, visitor: Client) -> None:
    page = visitor.get("/sv/search/?q=bygga bo").text
    assert "/sv/services/#topic-building" in page
    assert "#for-builders" in visitor.get("/sv/search/?q=byggare").text
    assert "#board-building" in visitor.get("/sv/search/?q=byggnadsnämnden").text


def test_the_portals_own_pages_are_found(furnished: None, visitor: Client) -> None:
    assert '/sv/about/">Om oss</a>' in visitor.get("/sv/search/?q=öppettider").text
    assert (
        '/en/accessibility/">Accessibility</a>' in visitor.get("/en/search/?q=screen reader").text
    )


def test_suggestions_for_the_page(furnished: None, visitor: Client) -> None:
    hits = visitor.get("/sv/search/suggest/?q=försk").json()["hits"]
    assert hits[0] == {
        "title": "Plats i förskola",
        "lang": "sv",
        "text": "",
        "href": "/sv/services/preschool-place/",
    }
    assert visitor.get("/sv/search/suggest/?q=f").json() == {"hits": []}
    assert len(visitor.get("/sv/search/suggest/", {"q": "b" * 9000}).json()["hits"]) == 0


def test_suggestions_for_a_browser(furnished: None, visitor: Client) -> None:
    answer = visitor.get("/suggest-en.json?q=build")
    assert answer.headers["Content-Type"].startswith("application/x-suggestions+json")
    words, titles, _, addresses = answer.json()
    assert words == "build"
    assert titles[0] == "Building permit"
    assert addresses[0] == f"{settings.BASE_URL}/en/services/building-permit/"
    assert visitor.get("/suggest-de.json?q=build").status_code == 404
    told = visitor.get("/opensearch-en.xml").text
    assert f"{settings.BASE_URL}/suggest-en.json?q={{searchTerms}}" in told


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_service_stands_under_its_board(
    solvik: Edition, visitor: Client, language: str
) -> None:
    page = visitor.get(f"/{language}/services/by/board/").text
    for id in ("preschool-place", "building-permit", "new-construction-map"):
        assert f"/{language}/services/{id}/" in page
    assert 'id="board-education"' in page


def test_services_by_whom_they_are_for(furnished: None, visitor: Client) -> None:
    page = visitor.get("/sv/services/by/audience/").text
    families, builders = page.index('id="for-families"'), page.index('id="for-builders"')
    assert families < page.index("/sv/services/preschool-place/") < builders
    assert page.index("/sv/services/building-permit/") > builders
    assert 'aria-current="page">Efter vem de är för' in page


@pytest.mark.parametrize(
    "where",
    ["services/by/audience/", "services/by/board/", "search/?q=bygg", "search/suggest/?q=bygg"],
)
def test_finding_asks_the_database_nothing(
    furnished: None,
    visitor: Client,
    where: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    visitor.get(f"/sv/{where}")
    with django_assert_num_queries(0):
        assert visitor.get(f"/sv/{where}").status_code == 200


def test_what_hardly_fits_is_told_as_a_guess_and_is_gathered(
    solvik: Edition, visitor: Client
) -> None:
    box = Gathered()
    with patch("allting.portal.searching.gathered", box):
        page = visitor.get("/sv/search/?q=bygglov i barcelona och madrid").text
    box.write(today())
    assert "Vi hittade inget som passar" in page
    assert page.index("Kanske menar du") < page.index("Bygglov</a>")
    assert "träff" not in page
    assert Missed.objects.count() == 1


def test_what_was_meant_by_a_slip_is_told(solvik: Edition, visitor: Client) -> None:
    page = visitor.get("/sv/search/?q=byggolv").text
    assert 'Vi tror att du menar <a href="/sv/search/?q=bygglov">bygglov</a>' in page
    assert "Vi tror" not in visitor.get("/sv/search/?q=bygglov").text


def test_without_a_script_the_search_is_a_plain_form(solvik: Edition, visitor: Client) -> None:
    page = visitor.get("/sv/").text
    assert 'action="/sv/search/"' in page
    assert 'data-suggest="/sv/search/suggest/"' in page
    assert 'role="combobox"' not in page


def test_a_search_that_finds_nothing_is_gathered_unless_asked_not_to(
    furnished: None, visitor: Client
) -> None:
    box = Gathered()
    with patch("allting.portal.searching.gathered", box):
        visitor.get("/sv/search/?q=hundrastgård", headers={"Sec-GPC": "1"})
        visitor.get("/sv/search/?q=bygglov")
        visitor.get("/sv/search/suggest/?q=skridskobana")
        box.write(today())
        assert not Missed.objects.exists()
        visitor.get("/sv/search/?q=skridskobana")
        box.write(today())
    row = Missed.objects.get()
    assert (row.sittings, row.words) == (1, "")


def test_names_of_people_are_told_from_words(people: Family) -> None:
    mother = people.mother
    words = {mother.given_name.lower(), mother.surname.lower(), "hundrastgård"}
    assert names_among(words) == words - {"hundrastgård"}


def test_one_name_of_several_is_told_too(people: Family) -> None:
    mother = people.mother
    mother.given_name, mother.surname = "Åsa-Maria Evelina", "von Ekberg"
    mother.save()
    words = {"evelina", "maria", "ekberg", "åsa", "kberg", "velina"}
    assert names_among(words, within=True) == {"evelina", "maria", "ekberg", "åsa"}
    assert not names_among(words)
