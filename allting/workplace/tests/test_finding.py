"""Finding a case by its number or by whose it is, and what is not found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.cases.actions import do
from allting.cases.models import Case
from allting.cases.tests.people import MORNING, People, a_case, client_of, people
from allting.cases.tests.town import published
from allting.kernel.api import clock_at
from allting.register.access import NAMED_HANDLER
from allting.register.models import AccessLog
from allting.register.testing import actor, person

NOTHING = "Det finns inget som du får öppna"


@pytest.fixture(autouse=True)
def the_morning() -> Iterator[None]:
    with clock_at(MORNING):
        yield


def asked(client: Client, written: str) -> Any:
    return client.post("/sv/desk/find/", {"q": written})


def told(client: Client, written: str) -> str:
    answer = asked(client, written)
    assert answer.status_code == 200
    return str(answer.content.decode())


def gone(cast: People) -> Case:
    """A case that is closed."""
    case = a_case(cast)
    do(cast.mother, case.id, "withdraw", seen_stage="received")
    return case


def test_a_number_leads_to_its_case_also_when_it_is_closed(cast: People) -> None:
    client = client_of(cast.worker)
    assert "Ärendenummer eller personnummer" in client.get("/sv/desk/").content.decode()
    assert client.get("/sv/desk/find/").status_code == 200
    case = gone(cast)
    short = case.number.lower().replace("-", " ", 1).replace("000", "")
    for written in (case.number, f" {short} "):
        assert asked(client, written)["Location"] == f"/sv/desk/cases/{case.number}/"
    assert client.get(f"/sv/desk/cases/{case.number}/").status_code == 200


def test_a_persons_cases_open_and_closed(cast: People) -> None:
    closed, still = gone(cast), a_case(cast)
    for whose in (cast.family.mother, cast.family.baby):
        number = whose.identity_number
        page = told(client_of(cast.worker), f"{number[:8]}-{number[8:]}")
        assert page.index(still.number) < page.index(closed.number)
        assert page.count("Avslutat") == 1 and "2 ärenden" in page
    assert set(AccessLog.objects.values_list("purpose", flat=True)) == {"search"}
    logged = AccessLog.objects.values_list("person", flat=True)
    assert set(logged) == {cast.family.mother.id, cast.family.baby.id}


@pytest.mark.parametrize("written", ["Nils", "19850113", "198501139996", "x" * 500, "\0"])
def test_what_is_neither_is_told(cast: People, written: str) -> None:
    assert "varken ett ärendenummer" in told(client_of(cast.worker), written)


def test_what_one_may_not_open_is_not_found(cast: People) -> None:
    case, number = a_case(cast), cast.family.baby.identity_number
    for nobody in (cast.mother, cast.stranger):
        assert asked(client_of(nobody), number).status_code == 403
    for parent in (cast.family.mother, cast.family.father):
        own = client_of(actor(parent, ("administrator", "education")))
        assert NOTHING in told(own, number) and NOTHING in told(own, case.number)
    builder = client_of(cast.builder)
    for written in (number, case.number, "BUN-2026-999999", "198501139995"):
        assert NOTHING in told(builder, written)
    assert not AccessLog.objects.filter(board="building").exists()


def test_protected_people_are_found_by_their_handler(db: None, tmp_path: Path) -> None:
    published(tmp_path / "town")
    cast = people(protection="mark")
    case = a_case(cast)
    eva = person("Eva", date(1970, 1, 1))
    named = client_of(actor(eva, ("administrator", "education"), (NAMED_HANDLER, "education")))
    for whose in (cast.family.mother, cast.family.baby):
        assert NOTHING in told(client_of(cast.worker), whose.identity_number)
        assert case.number in told(named, whose.identity_number)
    assert NOTHING in told(client_of(cast.worker), case.number)


def test_as_many_queries_however_many_cases(cast: People, settings: Any) -> None:
    settings.ALLTING_EDITION_LOOK = 1000

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            told(client, cast.family.mother.identity_number)
        return len(found)

    client = client_of(cast.worker)
    a_case(cast)
    queries()
    few = queries()
    for _ in range(10):
        a_case(cast)
    assert queries() == few <= 8
