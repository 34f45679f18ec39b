"""A few plain questions on the page, answered in the address; and what we already have."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.catalogue.testing import changed, town
from allting.kernel.api import clock_at
from allting.packages.api import Edition, current, publish
from allting.portal.tests.conftest import MORNING, client_of
from allting.register.models import AccessLog
from allting.register.testing import Family

PRESCHOOL = "/en/services/preschool-place/"
TWO_YEARS = {"birth_date_year": "2024", "birth_date_month": "9", "birth_date_day": "10"}
HERE = {"municipality_code": "yes"}


@pytest.fixture
def visitor() -> Client:
    return Client()


def test_the_page_asks_what_the_conditions_lack(solvik: Edition, visitor: Client) -> None:
    page = visitor.get(PRESCHOOL).text
    assert "When was the child born?" in page
    assert "Is the child registered as living in Municipality of Solvik?" in page
    assert "Who can have it?" in page
    assert "can have this" not in page


def test_answers_in_the_address_tell_yes(solvik: Edition, visitor: Client) -> None:
    page = visitor.get(PRESCHOOL, {**TWO_YEARS, **HERE})
    assert "The child can have this" in page.text
    assert 'value="2024"' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in page.headers
    assert not page.cookies or "csrftoken" not in page.cookies


def test_no_comes_with_its_law(solvik: Edition, visitor: Client) -> None:
    page = visitor.get(PRESCHOOL, {**TWO_YEARS, "municipality_code": "no"}).text
    assert "As it looks, the child cannot have this" in page
    said = page[page.index("verdict--no") :]
    assert "Education Act chapter 8, section 12" in said[: said.index("</div>")]


def test_half_an_answer_says_what_is_missing(solvik: Edition, visitor: Client) -> None:
    page = visitor.get(PRESCHOOL, TWO_YEARS).text
    assert "We cannot tell yet for the child" in page
    unknown = visitor.get(PRESCHOOL, {**TWO_YEARS, "municipality_code": "unknown"}).text
    assert "We cannot tell yet for the child" in unknown


@pytest.mark.parametrize("day", ["31", "x", "٣", "-1", "9" * 30])
def test_a_day_that_is_none_is_told(solvik: Edition, visitor: Client, day: str) -> None:
    address = {"birth_date_year": "2024", "birth_date_month": "2", "birth_date_day": day}
    page = visitor.get(PRESCHOOL, {**address, **HERE})
    assert page.status_code == 200
    told = "Write a day that exists" in page.text
    assert told == (day != "٣")  # digits of other scripts are digits


def test_what_is_no_answer_leaves_the_page_as_it_is(solvik: Edition, visitor: Client) -> None:
    for_all = visitor.get(PRESCHOOL)
    hostile = {"municipality_code": "<script>", "x": "1", "birth_date": "2020-01-01"}
    other = visitor.get(PRESCHOOL, hostile)
    assert other.content == for_all.content
    assert other.headers["ETag"] == for_all.headers["ETag"]


def test_one_readers_answers_are_not_shown_to_the_next(solvik: Edition, visitor: Client) -> None:
    before = visitor.get(PRESCHOOL).content
    visitor.get(PRESCHOOL, {**TWO_YEARS, **HERE})
    visitor.get(PRESCHOOL, {"municipality_code": "no"})
    assert visitor.get(PRESCHOOL).content == before
    assert 'value="2024"' not in visitor.get(PRESCHOOL, HERE).text


def test_answers_ask_the_database_nothing(solvik: Edition, visitor: Client) -> None:
    visitor.get(PRESCHOOL, HERE)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(PRESCHOOL, {**TWO_YEARS, **HERE})
    assert len(asked) == 0


def test_the_register_goes_before_what_is_told(solvik: Edition, people: Family) -> None:
    page = client_of(people.mother).get(PRESCHOOL, {"municipality_code": "no"}).text
    assert "Nils can have this" in page


def test_reading_is_logged_with_its_purpose(solvik: Edition, people: Family) -> None:
    client_of(people.mother).get(PRESCHOOL)
    purposes = set(AccessLog.objects.values_list("purpose", flat=True))
    assert "who may have the service" in purposes


def test_a_protected_child_stands_as_others_and_every_read_is_written(
    solvik: Edition, people: Family
) -> None:
    people.baby.protection = "registration"
    people.baby.save()
    client = client_of(people.mother)
    first = client.get(PRESCHOOL).text
    assert client.get(PRESCHOOL).text.count("verdict__title") == first.count("verdict__title") == 2
    log = AccessLog.objects.get(person=people.baby, purpose="who may have the service")
    assert log.looks == 2


def test_a_stranger_learns_nothing_of_others(solvik: Edition, people: Family) -> None:
    page = client_of(people.stranger).get(PRESCHOOL).text
    assert "Nils" not in page


# ---- what we already have

HELD = """\
  - id: moved
    title: {sv: Flyttad, en: A move}
    issued_by: {authority: {sv: Skatteverket, en: Swedish Tax Agency}}
    held_as: moved_in
    valid_for: 2 years
"""


@pytest.fixture
def with_evidence(db: None, tmp_path: Path) -> Edition:
    folder = town(tmp_path)
    file = folder / "evidence.yaml"
    file.write_text(file.read_text("utf-8") + HELD, encoding="utf-8")
    service = "services/building-permit/service.yaml"
    changed(folder, service, "requires:\n", "requires:\n  - {evidence: moved}\n")
    publish(folder, by="Anna", why="with evidence")
    return current()


@pytest.mark.parametrize(
    ("days", "said"),
    [(100, "We have this, from"), (900, "is too old"), (None, "From:")],
)
def test_needs_say_what_the_register_holds(
    with_evidence: Edition, people: Family, days: int | None, said: str
) -> None:
    people.mother.registered_since = MORNING.date() - timedelta(days) if days else None
    people.mother.save()
    page = client_of(people.mother).get("/en/services/building-permit/").text
    assert said in page
    assert "What you need, and what we already have" in page


def test_a_visitor_is_told_that_we_may_have_it(with_evidence: Edition, visitor: Client) -> None:
    page = visitor.get("/en/services/building-permit/").text
    assert "We may have it in the register already" in page
    assert "We have this" not in page
    assert '<a href="/en/services/new-construction-map/">New-construction map</a>' in page


# ---- open now


def test_on_a_holiday_it_is_closed(solvik: Edition, visitor: Client) -> None:
    christmas_eve = MORNING.replace(month=12, day=24)  # a Thursday; Monday is the next day at work
    with clock_at(christmas_eve):
        page = visitor.get("/sv/services/preschool-place/").text
    assert "Stängt i dag, helgdag; öppnar på måndag kl. 08:00" in page
    assert date(2026, 12, 28).weekday() == 0
