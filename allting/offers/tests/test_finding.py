"""Who is found: by what cases and places have stated too, and a few without reading the others."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.kernel.api import work_off
from allting.offers.answering import Answer, accept
from allting.offers.finding import find
from allting.offers.making import Came, make
from allting.offers.models import Offer
from allting.offers.plan import Planned
from allting.offers.tests.making import DAY, situation, to_family
from allting.offers.tests.town import OFFER, PLACED, PROCESS, published
from allting.packages.api import Edition
from allting.placements.api import open_round, settle
from allting.register.models import Person
from allting.register.testing import Family, guard, home, person

START = date(2027, 1, 11)
HOLDS = "municipality_code = here and age_months(birth_date) >= 9"


def where(offer: str, condition: str) -> str:
    """The first situation, under one condition more."""
    assert HOLDS in offer
    return offer.replace(HOLDS, f"{condition} and {HOLDS}", 1)


def found(planned: Planned, on: date = DAY, only: Any = None) -> set[Any]:
    """The people found."""
    return {hit.person for hit in find([planned], as_of=on, only=only)[planned.key].hits}


def test_who_has_an_open_case_is_not_found_until_it_closes(
    db: None, tmp_path: Path, people: Family
) -> None:
    by_hand = PROCESS[: PROCESS.index("automatic:")] + PROCESS[PROCESS.index("appeal:") :]
    offer = where(OFFER, "coalesce(open_case_preschool, false) = false")
    edition = published(
        tmp_path, services__preschool__offer=offer, services__preschool__process=by_hand
    )
    planned = situation(edition)
    assert found(planned) == found(planned, only=[people.baby.id]) == {people.baby.id}
    made = to_family(edition, people)
    assert accept(made.id, Answer(people.father.id, "sv")).case
    assert found(planned) == found(planned, only=[people.baby.id]) == set()
    Offer.objects.all().delete()
    assert make(edition, planned, people.baby.id, as_of=DAY) is Came.NOT_IN_IT


def test_who_has_a_place_is_found_until_the_first_day_there(
    db: None, tmp_path: Path, people: Family
) -> None:
    offer = where(PLACED["services__preschool__offer"], "coalesce(place_preschool, false) = false")
    edition = published(tmp_path, **PLACED | {"services__preschool__offer": offer})
    Person.objects.filter(id=people.baby.id).update(lat=58.1, lon=16.2)
    settle(open_round(service="preschool", start=START, by=None, as_of=DAY), by=None)
    work_off()
    accept(Offer.objects.get().id, Answer(people.mother.id, "sv"))
    planned = situation(edition)
    before = START.replace(day=10)
    assert found(planned, before) == found(planned, before, [people.baby.id]) == {people.baby.id}
    assert found(planned, START) == found(planned, START, [people.baby.id]) == set()


@pytest.mark.parametrize("few", [1, 3])
def test_a_few_are_found_by_as_many_questions_however_large_the_city(
    vik: Edition, people: Family, few: int
) -> None:
    children = families(3)[:few]
    asked = questions(situation(vik), children)
    families(20)
    assert questions(situation(vik), children) == asked <= 8


def families(number: int) -> list[Any]:
    """Children in the situation, each with a parent."""
    children = []
    for n in range(number):
        parent, small = person(f"P{n}", date(1990, 1, 1)), person(f"C{n}", date(2025, 6, 1))
        home(parent, small)
        guard(small, parent)
        children.append(small.id)
    return children


def questions(planned: Planned, children: list[Any]) -> int:
    """How many questions the database is asked."""
    with CaptureQueriesContext(connection) as asked:
        assert found(planned, only=children) == set(children)
    return len(asked)
