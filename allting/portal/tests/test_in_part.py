"""A language that is there in part: what is missing is marked and said, and work is led on."""

from pathlib import Path

import pytest
from django.test import Client

from allting.catalogue.testing import changed, town
from allting.packages.api import Edition, current, publish
from allting.portal.tests.conftest import client_of
from allting.register.testing import Family

SAID = "Osa tästä sivusta ei ole vielä suomeksi. Se osa on ruotsiksi."
SERVICE = "services/preschool-place/service.yaml"
TRANSLATED = (
    ("title: {sv: Plats i förskola", "title: {fi: Esikoulupaikka, sv: Plats i förskola"),
    (
        "summary: {sv: Ansök om plats för ditt barn.",
        "summary: {fi: Hae paikkaa lapsellesi., sv: Ansök om plats för ditt barn.",
    ),
)


@pytest.fixture
def solvik(db: None, tmp_path: Path) -> Edition:
    """The small municipality, with Finnish in part."""
    folder = town(tmp_path)
    changed(folder, "package.yaml", "languages: [sv, en]", "languages: [sv, en]\nalso: [fi]")
    for before, after in TRANSLATED:
        changed(folder, SERVICE, before, after)
    publish(folder, by="Anna", why="in Finnish too")
    return current()


def test_what_is_translated_stands_in_it(solvik: Edition) -> None:
    page = Client().get("/fi/services/preschool-place/")
    assert page.headers["Content-Language"] == "fi"
    assert '<html lang="fi"' in page.text
    assert "Hae paikkaa lapsellesi." in page.text
    assert "Kuka päättää" in page.text
    assert '<span lang="sv">Barn- och utbildningsnämnden</span>' in page.text


def test_a_page_says_that_some_of_it_is_not(solvik: Edition) -> None:
    assert SAID in Client().get("/fi/services/preschool-place/").text
    for whole in ("sv", "en"):
        assert "in-part" not in Client().get(f"/{whole}/services/preschool-place/").text


def test_a_page_that_is_whole_says_nothing(solvik: Edition) -> None:
    assert SAID not in Client().get("/fi/accessibility/").text


def test_every_page_offers_it(solvik: Edition) -> None:
    page = Client().get("/sv/services/preschool-place/").text
    assert '<link rel="alternate" hreflang="fi" href="/fi/services/preschool-place/">' in page
    assert ">Suomi</a>" in page


def test_a_finnish_browser_is_met_in_finnish(solvik: Edition) -> None:
    finn = Client(headers={"Accept-Language": "fi, sv;q=0.5"})
    assert finn.get("/").headers["Location"] == "/fi/"


def test_programs_are_told_of_it(solvik: Edition) -> None:
    assert 'hreflang="fi"' in Client().get("/sitemap.xml").text
    page = Client().get("/fi/services/preschool-place/").text
    assert '"inLanguage":"fi"' in page
    assert '"inLanguage":"sv"' in Client().get("/fi/services/building-permit/").text
    turtle = Client().get("/data/services/preschool-place.ttl")
    assert '"Esikoulupaikka"@fi' in turtle.text


def test_work_is_led_to_a_language_of_work(solvik: Edition, people: Family) -> None:
    worker = client_of(people.mother, ("administrator", "education"))
    led = worker.get("/fi/desk/?board=education")
    assert (led.status_code, led.headers["Location"]) == (302, "/sv/desk/?board=education")
    desk = worker.get("/sv/desk/").text
    assert 'hreflang="en"' in desk
    assert 'hreflang="fi"' not in desk


def test_who_does_not_work_here_is_refused_in_finnish(solvik: Edition, people: Family) -> None:
    refused = client_of(people.mother).get("/fi/desk/")
    assert refused.status_code == 403
    assert "Tämä sivu on jollekulle muulle" in refused.text
