"""What came on paper, by phone or in person becomes a case as any other."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.cases.models import Case, Letter
from allting.cases.tests.people import MORNING, People, client_of, people
from allting.cases.tests.town import published
from allting.forms.models import Submission
from allting.kernel.api import clock_at
from allting.register.access import NAMED_HANDLER
from allting.register.models import AccessLog, Person
from allting.register.testing import actor, person

DESK = "/sv/desk/take-in/"
ONCE = "0b0e8b0a-6f7e-4a52-9a3e-0d7e52b6c9a1"
FORM = {"start_year": "2027", "start_month": "1", "start_day": "11", "unit_1": "solrosen",
        "shown": "start unit", "go": "send", "once": ONCE}  # fmt: skip


@pytest.fixture(autouse=True)
def the_day_after() -> Iterator[None]:
    with clock_at(MORNING + timedelta(days=1)):
        yield


def typed(number: str) -> str:
    return f"{number[:8]}-{number[8:]}"


def first(cast: People, **other: str) -> dict[str, str]:
    return {
        "service": "preschool-place",
        "channel": "paper",
        "came_on_year": "2026",
        "came_on_month": "10",
        "came_on_day": "30",
        "number": typed(cast.family.mother.identity_number),
        "child": cast.family.baby.identity_number,
        "language": "en",
        **other,
    }


def sent(client: Client, given: dict[str, str]) -> Any:
    return client.post(DESK, given)


def test_from_paper_to_a_case(cast: People) -> None:
    client = client_of(cast.worker)
    assert "För in det som har kommit in" in client.get("/sv/desk/").text
    assert "Plats i förskola" in client.get(DESK).text
    page = sent(client, first(cast)).text
    assert "Vilken plats?" in page and "Nils" in page and "På papper" in page
    answer = sent(client, {**first(cast), **FORM})
    case = Case.objects.get()
    assert answer["Location"] == f"/sv/desk/cases/{case.number}/"
    assert (case.applicant, case.subject) == (cast.family.mother.id, cast.family.baby.id)
    assert (case.language, case.number) == ("en", "BUN-2026-000001")
    assert case.due == date(2027, 2, 28)  # four months from the day it came
    assert Submission.objects.get().answers["start"] == "2027-01-11"
    assert Letter.objects.filter(case=case, name="received").exists()
    page = client.get(answer["Location"]).text
    assert "Kom på papper 30 oktober 2026, införd av Anna Handläggare" in page
    own = f"/sv/my/cases/{case.number}/"
    said = "Det kom på papper 30 oktober 2026, och vi förde in det åt dig."
    assert said in client_of(cast.mother).get(own).text
    assert said not in client_of(cast.father).get(own).text


def test_pressing_twice_opens_one_case(cast: People) -> None:
    client = client_of(cast.worker)
    ends = {sent(client, {**first(cast), **FORM})["Location"] for _ in range(2)}
    assert len(ends) == Case.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_is_kept(cast: People) -> None:
    client = client_of(cast.worker)
    answer = sent(client, {**first(cast), **FORM, "start_day": "41"})
    assert answer.status_code == 422 and 'href="#start' in answer.text
    assert "solrosen" in answer.text  # what was written stays
    for wrong in (
        {"number": "19121212-1212"},
        {"number": "12"},
        {"child": ""},
        {"child": cast.family.stranger.identity_number},
        {"channel": "raven"},
        {"came_on_year": "2031"},
        {"came_on_day": ""},
        {"service": "nothing"},
    ):
        answer = sent(client, {**first(cast, **wrong), **FORM})
        assert answer.status_code == 422, wrong
        assert 'id="error-summary"' in answer.text
    assert not Submission.objects.exists() and not Case.objects.exists()


def test_the_person_sees_who_looked(cast: People) -> None:
    sent(client_of(cast.worker), first(cast))
    looks = AccessLog.objects.filter(person=cast.family.mother.id, purpose="taking in")
    assert looks.get().reader_name == "Anna Handläggare"
    page = client_of(cast.mother).get("/sv/my/reads/").text
    assert "det du berättade, som vi förde in åt dig" in page


@pytest.mark.parametrize("who", ["builder", "mother", "stranger"])
def test_refused(cast: People, who: str) -> None:
    client = client_of(getattr(cast, who))
    answer = sent(client, {**first(cast), **FORM})
    assert answer.status_code in (403, 422)
    assert not Case.objects.exists() and not AccessLog.objects.filter(purpose="taking in").exists()


def test_nobody_takes_in_their_own_childs(cast: People) -> None:
    for parent in (cast.family.mother, cast.family.father):
        employed = client_of(actor(parent, ("administrator", "education")))
        given = first(cast, number=parent.identity_number)
        assert sent(employed, {**given, **FORM}).status_code == 403
    assert not Case.objects.exists()


def test_a_protected_child_is_for_the_named_handler(transactional_db: None, tmp_path: Path) -> None:
    published(tmp_path / "town")
    cast = people(protection="mark")
    nobody = sent(client_of(cast.worker), first(cast, child="191212121212")).text
    there = sent(client_of(cast.worker), first(cast)).text
    said = "Ingen vars ansökan du kan föra in har det här numret"
    assert said in there and said in nobody and "Nils" not in there
    eva: Person = person("Eva", date(1970, 1, 1))
    roles = (("administrator", "education"), (NAMED_HANDLER, "education"))
    assert sent(client_of(actor(eva, *roles)), {**first(cast), **FORM}).status_code == 302
