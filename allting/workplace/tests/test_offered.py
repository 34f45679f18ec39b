"""A case that a yes to an offer began, and the place that is kept for one, where it is decided."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.cases.models import Case
from allting.identity.testing import signed_in_client
from allting.kernel.api import clock_at, work_off
from allting.offers.tests.conftest import MORNING
from allting.offers.tests.making import DAY
from allting.offers.tests.test_placing import START, lives
from allting.offers.tests.test_seating import (
    UNDECIDED,
    WITH_REFUSAL,
    accepted_place,
    applied,
    decided,
    town_with,
)
from allting.offers.tests.town import PLACED, PRESCHOOL, published
from allting.packages.api import forget_editions
from allting.placements.models import Place
from allting.placements.rounds import open_round, settle
from allting.register.looks import forget_looks
from allting.register.models import Person
from allting.register.testing import Family, family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _morning(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.ALLTING_FILES = tmp_path / "files"
    forget_looks()
    forget_editions()
    with clock_at(MORNING):
        yield


@pytest.fixture
def people() -> Family:
    return family()


def desk() -> Client:
    return signed_in_client("190001010107", "Siv Ek", roles=(("administrator", "education"),))[0]


def round_of(people: Family) -> None:
    lives(people.sister, 58.1)
    Person.objects.filter(id=people.baby.id).update(municipality_code="0180")
    settle(open_round(service="preschool", start=START, by=None, as_of=DAY), by=None)
    work_off()


def test_it_is_marked_in_the_queue_and_on_the_case(tmp_path: Path, people: Family) -> None:
    case = applied(town_with(tmp_path, WITH_REFUSAL), people.sister, people.mother)
    queue, page = desk().get("/sv/desk/"), desk().get(f"/sv/desk/cases/{case.number}/")
    assert "ja till erbjudande" in queue.text
    assert "Ja till ett erbjudande" in page.text and "Ditt barn är tre" in page.text
    Case.objects.update(offer="")
    assert "ja till erbjudande" not in desk().get("/sv/desk/").text
    assert "Ja till ett" not in desk().get(f"/sv/desk/cases/{case.number}/").text


def test_what_the_round_came_to_is_shown_and_filled_in(tmp_path: Path, people: Family) -> None:
    case = applied(town_with(tmp_path, WITH_REFUSAL), people.sister, people.mother, "solrosen")
    before = desk().get(f"/sv/desk/cases/{case.number}/").text
    assert "En plats på" not in before
    Place.objects.all().delete()
    round_of(people)
    Place.objects.update(unit="blaklockan")  # not what was wished first
    page = desk().get(f"/sv/desk/cases/{case.number}/").text
    assert "En plats på Blåklockan hålls från 11 januari 2027" in page
    assert "Varför just den" in page
    form = desk().get(f"/sv/desk/cases/{case.number}/do/decide/").text
    assert '<option value="blaklockan" selected' in form
    day = re.search(r"<input[^>]*placed-start[_-]day[^>]*>", form)
    assert day is not None and 'value="11"' in day[0]


def test_no_place_is_said_too(tmp_path: Path, people: Family) -> None:
    case = applied(town_with(tmp_path, WITH_REFUSAL), people.sister, people.mother)
    round_of(people)
    Place.objects.update(state="without", unit="")
    assert "fanns ingen plats att ge" in desk().get(f"/sv/desk/cases/{case.number}/").text


def test_the_place_of_an_accepted_offer_is_filled_in(tmp_path: Path, people: Family) -> None:
    offer = accepted_place(town_with(tmp_path, UNDECIDED), people)
    page = desk().get(f"/sv/desk/cases/{offer.case}/").text
    assert "Solrosen från 11 januari 2027: barnet har fått platsen" in page
    form = desk().get(f"/sv/desk/cases/{offer.case}/do/decide/").text
    assert '<option value="solrosen" selected' in form


NEEDED = """\
conditions:
  - id: need
    holds: answers.hours > 30 or offer.situation is not null
    says: {sv: Familjen behöver platsen, en: The family needs the place}
  - id: later
    holds: offer.start > as_of
    says: {sv: Platsen börjar senare, en: The place begins later}
"""


def test_conditions_know_of_the_offer(tmp_path: Path, people: Family) -> None:
    """Whoever accepts a place is asked nothing of what the offer says already."""
    town_with(tmp_path / "before", UNDECIDED)  # which writes the letters
    files = {**PLACED, "services__preschool__process": UNDECIDED}
    files["services__preschool__service"] = PRESCHOOL + NEEDED
    offer = accepted_place(published(tmp_path / "before", **files), people)
    page = desk().get(f"/sv/desk/cases/{offer.case}/").text
    assert "Familjen behöver platsen" in page and "Platsen börjar senare" in page
    assert "Går inte att avgöra" not in page


def test_a_place_that_a_person_gave_is_said_and_leads_to_no_round(
    tmp_path: Path, people: Family
) -> None:
    case = applied(town_with(tmp_path, WITH_REFUSAL), people.sister, people.mother)
    decided(case)
    page = desk().get(f"/sv/desk/cases/{case.number}/")
    assert page.status_code == 200
    assert "Blåklockan från 11 januari 2027: barnet har fått platsen" in page.text
    assert "Varför just den" not in page.text


def test_the_family_reads_where_it_came_from(tmp_path: Path, people: Family) -> None:
    case = applied(town_with(tmp_path, WITH_REFUSAL), people.sister, people.mother)
    mother, father = (
        signed_in_client(it.identity_number, it.given_name, person=it.id)[0]
        for it in (people.mother, people.father)
    )
    where = f"/sv/my/cases/{case.number}/"
    assert "Du tackade ja till ett erbjudande" in mother.get(where).text
    assert "någon av er tackade ja" in father.get(where).text
    assert mother.get(f"/en/my/cases/{case.number}/").text.count("You said yes to an offer") == 1


def test_that_a_copy_went_is_said_and_not_to_whom(tmp_path: Path, people: Family) -> None:
    case = applied(town_with(tmp_path, WITH_REFUSAL), people.sister, people.mother)
    decided(case)
    work_off()
    mother = signed_in_client(people.mother.identity_number, "Maja", person=people.mother.id)[0]
    page = mother.get(f"/sv/my/cases/{case.number}/").text
    assert "skickades till barnets andra vårdnadshavare den 2 november 2026" in page
    assert "Omar" not in page


@pytest.mark.parametrize("who", ["sister", "father"])
def test_of_a_copy_that_protection_forbade_nothing_is_said(
    tmp_path: Path, people: Family, who: str
) -> None:
    case = applied(town_with(tmp_path, WITH_REFUSAL), people.sister, people.mother)
    decided(case)
    Person.objects.filter(id=getattr(people, who).id).update(protection="mark")
    work_off()
    mother = signed_in_client(people.mother.identity_number, "Maja", person=people.mother.id)[0]
    page = mother.get(f"/sv/my/cases/{case.number}/").text
    assert "/letters/" in page and "vårdnadshavare" not in page
