"""Identity numbers: stored whole, valid, and hitting nobody."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from allting.register.models import Person
from allting.register.numbers import (
    TestNumbers,
    is_coordination,
    is_number,
    must_be_a_number,
    with_check_digit,
)
from tests.shared import shared


def official(name: str) -> list[str]:
    numbers: list[str] = json.loads(shared(f"identity-numbers/{name}.json").read_text())
    return numbers


@pytest.mark.parametrize("name", ["allPins", "allCoords"])
def test_every_official_test_number_is_valid_and_has_our_check_digit(name: str) -> None:
    numbers = official(name)
    assert len(numbers) > 2_000
    assert all(is_number(n) and with_check_digit(n[:11]) == n for n in numbers)
    assert {is_coordination(n) for n in numbers} == {name == "allCoords"}


@pytest.mark.slow
@pytest.mark.django_db
def test_every_official_test_number_can_be_stored() -> None:
    numbers = sorted({*official("allPins"), *official("allCoords")})
    Person.objects.bulk_create(
        [
            Person(
                identity_number=n,
                given_name="Test",
                surname="Testsson",
                birth_date=date(2000, 1, 1),
                sex="f",
                civil_status="unmarried",
            )
            for n in numbers
        ],
        batch_size=2_000,
    )
    assert Person.objects.count() == len(numbers)
    kept = Person.objects.get(identity_number=numbers[0])
    kept.full_clean()


def test_the_personal_series_is_the_official_one_on_every_day_of_it() -> None:
    listed = set(official("allPins"))
    ours = [
        (TestNumbers().give(date(1976, 1, 1) + timedelta(n), "f"),
         TestNumbers().give(date(1976, 1, 1) + timedelta(n), "m"))
        for n in range((date(2024, 1, 1) - date(1976, 1, 1)).days)
    ]  # fmt: skip
    both_until_2013 = [n for pair in ours for n in pair if n < "2014" and n not in listed]
    # the published list leaves out a few around 1990, and most of 2020
    assert len(both_until_2013) < 30, both_until_2013
    neither = [pair for pair in ours if not listed & set(pair)]
    assert len([pair for pair in neither if pair[0][:4] != "2020"]) < 15, neither


def test_every_official_coordination_number_is_of_our_series() -> None:
    assert {n[8:11] for n in official("allCoords")} == {"238", "239"}


def test_before_1976_a_number_is_of_the_coordination_series() -> None:
    number = TestNumbers().give(date(1946, 5, 3), "f")
    assert number.startswith("19460563238") and is_coordination(number) and is_number(number)


def test_a_full_day_gives_a_nearby_day_then_another_series_and_never_the_same_number() -> None:
    numbers = TestNumbers()
    given = [numbers.give(date(1990, 6, 15), "m") for _ in range(300)]
    assert len(set(given)) == 300 and all(is_number(n) for n in given)
    assert {n[:2] for n in given} == {"19", "17"}
    assert all(int(n[10]) % 2 == 1 for n in given)  # odd: a man


def test_a_taken_number_is_not_given() -> None:
    first = TestNumbers().give(date(1990, 6, 15), "f")
    assert TestNumbers(taken={first}).give(date(1990, 6, 15), "f") != first


@pytest.mark.parametrize(
    "text", ["198501139996", "8501139995", "19850113-9995", "abc", "", "١" * 12]
)
def test_what_is_no_number_is_refused_with_what_was_expected(text: str) -> None:
    assert not is_number(text)
    with pytest.raises(ValidationError, match="twelve digits"):
        must_be_a_number(text)


def test_a_coordination_number_of_an_unknown_birth_day_is_valid() -> None:
    assert is_number("191500722390") and is_coordination("191500722390")
    assert not is_number("191500122390") and not is_number("191513722390")
