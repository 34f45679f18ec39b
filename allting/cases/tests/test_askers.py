"""What is kept of those who do not sign in: not long, and told where one gives it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.cases.askers import forget_addresses
from allting.cases.models import Asker, Case
from allting.cases.tests.people import MORNING, People, client_of, people
from allting.cases.tests.test_questions import ABOUT_MAP, answered, asked, files
from allting.cases.tests.town import checked, published
from allting.kernel.api import clock_at
from allting.packages.api import Edition

EMAIL, PHONE = "kim@epost.example", "070-174 06 05"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock_at(MORNING):
        yield


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    found = files()
    organisation = (
        found["organisation.yaml"] or ""
    ) + "askers: {contact: 10 days, decided: {sv: Beslut 7}, answer: 20 days}\n"
    return published(tmp_path / "town", {**found, "organisation.yaml": organisation})


@pytest.fixture
def cast(town: Edition) -> People:
    return people()


def forgotten_at(moment: datetime) -> int:
    with clock_at(moment):
        return int(forget_addresses.func())


def reached() -> set[str]:
    return {it.email + it.phone for it in Asker.objects.all()}


def test_addresses_are_forgotten_some_days_after_the_answer(cast: People) -> None:
    asked(Client(), email=EMAIL, phone=PHONE)
    assert forgotten_at(MORNING + timedelta(days=400)) == 0  # nobody has answered
    with clock_at(MORNING + timedelta(days=3)):
        answered(cast, Case.objects.get())
    assert forgotten_at(MORNING + timedelta(days=13)) == 0
    assert reached() == {"kim@epost.example070-174 06 05"}
    assert forgotten_at(MORNING + timedelta(days=14)) == 1
    assert reached() == {""}
    assert forgotten_at(MORNING + timedelta(days=15)) == 0


def test_what_was_asked_stays_in_the_case_without_whom_to_reach(cast: People) -> None:
    asked(Client(), email=EMAIL, phone=PHONE)
    number = Case.objects.get().number
    answered(cast, Case.objects.get())
    desk = client_of(cast.builder)
    assert "kim@epost.example" in desk.get(f"/sv/desk/cases/{number}/").text
    forgotten_at(MORNING + timedelta(days=11))
    page = desk.get(f"/sv/desk/cases/{number}/").text
    assert "kim@epost.example" not in page and "070-174" not in page
    assert "Vad kostar kartan?" in page


def test_only_those_whose_case_is_closed_are_forgotten(cast: People) -> None:
    asked(Client(), email=EMAIL, phone=PHONE)
    first = Case.objects.get()
    asked(Client(), seconds=31, email="sam@epost.example")
    answered(cast, first)
    assert forgotten_at(MORNING + timedelta(days=11)) == 1
    assert reached() == {"", "sam@epost.example"}


def test_the_code_reads_the_answer_for_a_while(cast: People) -> None:
    where = asked(Client()).removesuffix("?new")
    with clock_at(MORNING + timedelta(days=300)):
        assert Client().get(where).status_code == 200  # it is open
        answered(cast, Case.objects.get())
    for days, status in ((320, 200), (321, 404)):
        with clock_at(MORNING + timedelta(days=days)):
            answer = Client().get(where)
        assert answer.status_code == status
        assert ("Ingenting." in answer.text) == (status == 200)


def test_the_page_says_how_long(cast: People) -> None:
    page = Client().get(ABOUT_MAP).text
    assert "tar bort dem 10 dagar efter" in page and "(Beslut 7)" in page and "20 dagar" in page
    mine = client_of(cast.mother).get(ABOUT_MAP).text
    assert "tar bort dem" not in mine


def test_many_are_forgotten_in_few_questions_to_the_database(cast: People) -> None:
    for n in range(4):
        asked(Client(), seconds=30 + n, email=f"kim{n}@epost.example")
    for case in Case.objects.all():
        answered(cast, case)
    with (
        clock_at(MORNING + timedelta(days=30)),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        assert forget_addresses.func() == 4
    statements = [it["sql"] for it in queries if "cases_asker" in it["sql"]]
    assert len(statements) == 2, statements


@pytest.mark.parametrize(
    ("askers", "said"),
    [
        ("{contact: soon, decided: {sv: Beslut 7}}", "soon"),
        ("{contact: 30 days}", "needs a time and a decision"),
        ("{decided: {sv: Beslut 7}}", "needs a time and a decision"),
    ],
)
def test_a_time_without_a_decision_is_told(tmp_path: Path, askers: str, said: str) -> None:
    found = files()
    organisation = f"{found['organisation.yaml']}askers: {askers}\n"
    problems = checked(tmp_path / "town", {**found, "organisation.yaml": organisation}).problems
    assert any(said in it.what for it in problems), problems


def test_without_a_decision_nothing_is_forgotten(db: None, tmp_path: Path) -> None:
    published(tmp_path / "town", files())
    cast = people()
    assert "De finns kvar i ärendet" in Client().get(ABOUT_MAP).text
    asked(Client(), email=EMAIL, phone=PHONE)
    answered(cast, Case.objects.get())
    assert forgotten_at(MORNING + timedelta(days=4000)) == 0
    assert reached() == {"kim@epost.example070-174 06 05"}
