"""A real municipality's size: Luleå's, with the Tax Agency's own test numbers."""

import csv
import json
from datetime import date
from functools import cache

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.register.api import children_of, facts
from allting.register.generator.load import load
from allting.register.generator.population import Population, generate
from allting.register.models import Guardianship, Person
from allting.register.numbers import is_number
from allting.register.testing import actor
from tests.shared import shared

ON = date(2026, 11, 22)


@cache
def lulea() -> Population:
    with shared("municipalities/kommuner.csv").open(encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if r["name"] == "Luleå kommun")
    listed = json.loads(shared("identity-numbers/allPins.json").read_text())
    return generate(
        int(row["population"]),
        seed=25,
        municipality=row["code"],
        city="Luleå",
        on=ON,
        listed=listed,
        postcode="999",
    )


@pytest.mark.slow
def test_most_of_the_official_numbers_are_in_use_and_nobody_shares_one() -> None:
    listed = set(json.loads(shared("identity-numbers/allPins.json").read_text()))
    numbers = {str(p[1]) for p in lulea().people}
    assert len(numbers) == len(lulea().people) > 75_000
    assert all(is_number(n) for n in numbers)
    assert len(numbers & listed) > 30_000


@pytest.mark.slow
@pytest.mark.django_db
def test_as_many_queries_in_a_city_as_in_a_village() -> None:
    load(lulea())
    assert Person.objects.count() == len(lulea().people)
    one = Guardianship.objects.order_by("child").values_list("guardian", flat=True)[0]
    parent = actor(Person.objects.get(id=one))
    with CaptureQueriesContext(connection) as queries:
        child = children_of(parent, as_of=ON)[0]
        known = facts(
            parent,
            applicant=one,
            subject=child.id,
            names={"birth_date", "household.children", "has_guardian_here", "applicant.address"},
            as_of=ON,
            purpose="form",
            here="2580",
        )
    assert len(queries) <= 5
    assert known["has_guardian_here"] is True and "Luleå" in str(known["applicant.address"])
