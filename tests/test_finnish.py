"""The municipality that comes with the house, in Finnish: an application from door to receipt."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from allting.forms.tests.walking import client_of, hidden
from allting.kernel.api import today
from allting.packages.api import Edition, coverage, current, publish
from allting.register.testing import Family, family

SOLVIK = Path(__file__).resolve().parent.parent / "packages/solvik"
MOST_USED = (
    "preschool-place", "childcare-fee", "school-start", "change-of-school",
    "upper-secondary-choice", "after-school-care", "building-permit", "new-construction-map",
    "civil-wedding", "home-care", "security-alarm", "transport-service", "financial-assistance",
    "report-the-move", "disabled-parking",
)  # fmt: skip
SWEDISH = ' lang="sv"'


@pytest.fixture
def solvik(db: None) -> Edition:
    publish(SOLVIK, by="Anna", why="as it comes")
    return current()


@pytest.fixture
def people(db: None) -> Family:
    return family()


def main_of(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def said(child: object) -> dict[str, object]:
    """What a parent would answer, whatever page asks it."""
    start = today() + timedelta(days=120)
    return {
        "child": child, "start_year": start.year, "start_month": start.month,
        "start_day": start.day, "extent": "general", "occupation": "working",
        "other-occupation": "working", "hours": "35", "odd-hours": "no", "support": "no",
        "wishes_1": "solrosen", "other-guardian": "agrees",
    }  # fmt: skip


def test_an_application_in_finnish(solvik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    begin = client.get("/fi/apply/preschool-place/").text
    assert "Aloita" in main_of(begin)
    where = client.post("/fi/apply/preschool-place/")["Location"]
    met = []
    while not where.endswith("/check/"):
        opened = client.get(where, follow=True)
        where, page = opened.request["PATH_INFO"], opened.text
        met.append(main_of(page))
        seen = {"seen": hidden(page, "seen"), "shown": hidden(page, "shown")}
        sent = client.post(where, {**seen, **said(people.sister.id)})
        assert sent.status_code == 302, main_of(sent.text)
        where = sent["Location"]
    assert any("Milloin haluat lapsesi aloittavan?" in page for page in met)
    assert [page for page in met if SWEDISH in page] == []
    check = client.get(where).text
    assert "Tarkista vastauksesi" in check
    assert SWEDISH not in main_of(check)
    received = client.post(
        where.replace("/check/", "/submit/"), {"version": hidden(check, "version")}
    )
    assert received.status_code == 302
    receipt = client.get(received["Location"], follow=True).text
    assert "Olemme saaneet hakemuksesi" in main_of(receipt)
    mine = main_of(client.get("/fi/my/").text)
    assert "Esikoulupaikka" in mine
    assert SWEDISH not in mine


def test_a_mistake_is_told_in_finnish(solvik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    opened = client.post("/fi/apply/preschool-place/", follow=True)
    where, page = opened.request["PATH_INFO"], opened.text
    seen = {"seen": hidden(page, "seen"), "shown": hidden(page, "shown")}
    wrong = client.post(where, seen)
    assert wrong.status_code == 422
    assert "Yksi asia korjattavana" in wrong.text


def test_the_language_we_write_in_can_be_finnish(solvik: Edition, people: Family) -> None:
    client = client_of(people.mother)
    page = client.get("/fi/my/contact/").text
    assert 'value="fi"' in page
    sent = client.post("/fi/my/contact/", {"email": "", "phone": "", "language": "fi"})
    assert sent.status_code == 302, main_of(sent.text)
    people.mother.refresh_from_db()
    assert people.mother.language == "fi"


def test_the_most_used_services_are_whole_in_finnish(solvik: Edition) -> None:
    whole = [id for id in MOST_USED if SWEDISH not in main_of(Client().get(service(id)).text)]
    assert whole == list(MOST_USED)
    assert coverage(solvik.definition, "fi").whole >= len(MOST_USED)


def service(id: str) -> str:
    return f"/fi/services/{id}/"


def test_other_services_say_what_is_not_in_finnish(solvik: Edition) -> None:
    page = main_of(Client().get(service("well-water")).text)
    assert "Kaivoveden näyte" in page
    assert "Osa tästä sivusta ei ole vielä suomeksi. Se osa on ruotsiksi." in page
    assert '<section class="prose" lang="sv">' in page
