"""Everyone in one pass: shapes, absent columns, constants, and work that stays in proportion."""

from datetime import date
from time import process_time
from typing import Any

import numpy as np
import pytest

from allting.conditions.api import (
    FactType,
    Shape,
    Vocabulary,
    bind,
    columns,
    decide,
    holds,
    table,
)
from allting.conditions.many_dates import days
from allting.conditions.tables import Table

DAY = date(2026, 11, 1)
WORDS = Vocabulary.of(
    birth_date="date",
    municipality_code="text",
    protected="boolean",
    parameters__municipality_code="text",
    household__income_month="number",
)
PEOPLE: list[dict[str, Any]] = [
    {"birth_date": date(2024, 2, 29), "municipality_code": "2599"},
    {"birth_date": None, "municipality_code": "2599"},
    {"birth_date": date(2026, 5, 1)},
]
CROWD = table({"birth_date": FactType.DATE, "municipality_code": FactType.TEXT}, PEOPLE)
ANSWERS = {(True, False): "yes", (False, True): "no", (False, False): "unknown"}
HERE = {"parameters.municipality_code": "2599"}


def test_each_condition_is_answered_for_each_person() -> None:
    bounds = {
        "lives-here": bind("municipality_code = here", WORDS),
        "one-year-old": bind("age_months(birth_date) >= 12", WORDS),
        "birthday": bind("add_years(birth_date, 1)", WORDS, expects=FactType.DATE),
        "code": bind("coalesce(municipality_code, 'none')", WORDS, expects=FactType.TEXT),
    }
    found = columns(bounds, CROWD, as_of=DAY, constants=HERE)
    assert found["lives-here"].to_list() == [True, True, None]
    assert found["one-year-old"].to_list() == [True, None, False]
    assert found["one-year-old"].yes.tolist() == [True, False, False]
    assert found["birthday"].to_list() == [date(2025, 2, 28), None, date(2027, 5, 1)]
    assert found["code"].to_list() == ["2599", "2599", "none"]


def test_some_are_answered_alone() -> None:
    bounds = {
        "here": bind("municipality_code = here", WORDS),
        "birthday": bind("add_years(birth_date, 1)", WORDS, expects=FactType.DATE),
    }
    found = columns(bounds, CROWD, as_of=DAY, constants=HERE, at=np.array([0, 2]))
    assert found["here"].to_list() == [True, None]
    assert found["birthday"].to_list() == [date(2025, 2, 28), date(2027, 5, 1)]
    assert columns(bounds, CROWD, as_of=DAY, at=np.array([], int))["here"].to_list() == []


def test_parts_within_parts_are_as_one() -> None:
    text = "(municipality_code = here and (protected or birth_date > as_of)) and birth_date > {}"
    bounds = {year: bind(text.format(f"date '{year}-01-01'"), WORDS) for year in ("1940", "2030")}
    crowd, on = many(5_000), date(1935, 1, 1)
    found = holds(bounds, crowd, as_of=on, constants=HERE)
    full = columns(bounds, crowd, as_of=on, constants=HERE)
    assert 2 < found["1940"].sum() < 20 and not found["2030"].any()
    assert all((found[year] == full[year].yes).all() for year in found)


def test_for_whom_it_holds_is_who_is_a_yes() -> None:
    bounds = {
        "here": bind("municipality_code = here", WORDS),
        "not-here": bind("not municipality_code = here", WORDS),
        "born": bind("birth_date is not null", WORDS),
    }
    found = holds(bounds, CROWD, as_of=DAY, constants=HERE)
    assert {name: answers.tolist() for name, answers in found.items()} == {
        "here": [True, True, False],
        "not-here": [False, False, False],
        "born": [True, False, True],
    }


def test_a_fact_that_nobody_has_given_is_unknown_for_everyone() -> None:
    bounds = {"low": bind("household.income_month < 10000", WORDS), "known": bind("true", WORDS)}
    found = columns(bounds, CROWD, as_of=DAY)
    assert found["low"].to_list() == [None] * 3
    assert found["known"].to_list() == [True] * 3


def test_an_empty_municipality_has_no_answers() -> None:
    nobody = table({"protected": FactType.BOOLEAN}, [])
    assert columns({"it": bind("protected", WORDS)}, nobody, as_of=DAY)["it"].to_list() == []
    assert holds({"it": bind("protected", WORDS)}, nobody, as_of=DAY)["it"].tolist() == []


def test_columns_in_which_nothing_is_known_are_welcome() -> None:
    kinds = {"protected": FactType.BOOLEAN, "household.income_month": FactType.NUMBER}
    bounds = {
        "open": bind("not protected", WORDS),
        "rich": bind("household.income_month > 1", WORDS),
    }
    found = columns(bounds, table(kinds, [{}, {}, {}]), as_of=DAY)
    assert found["open"].to_list() == found["rich"].to_list() == [None] * 3


def test_a_column_of_another_type_is_told() -> None:
    wrong = table({"birth_date": FactType.NUMBER}, [{"birth_date": 3}])
    with pytest.raises(TypeError, match=r"column birth_date is number, expected date"):
        columns({"it": bind("age(birth_date) > 1", WORDS)}, wrong, as_of=DAY)


def test_work_grows_with_the_parts_and_no_faster() -> None:
    """Each level uses the one below several times: written out it would be 3**7 copies."""
    text = "birth_date"
    for _ in range(7):
        text = f"add_months(greatest({text}, add_days(birth_date, 1)), 1)"
    bound = bind(f"{text} > as_of", WORDS)
    began = process_time()
    found = columns({"it": bound}, CROWD, as_of=DAY)["it"].to_list()
    assert process_time() - began < 15
    alone = [decide(bound, person, as_of=DAY).answer for person in PEOPLE]
    assert alone == [ANSWERS[answer is True, answer is False] for answer in found]


def many(size: int) -> Table:
    number = np.arange(size)
    codes = tuple(str(code) for code in range(2400, 2700))
    born = days(date(1930, 1, 1)) + number % 35_000
    return Table(
        {
            "municipality_code": (Shape(FactType.TEXT, 0, 299, words=codes), number % 300),
            "birth_date": (Shape(FactType.DATE, int(born[0]), int(born[0]) + 35_000), born),
            "household.income_month": (Shape(FactType.NUMBER, 0, 90_000), number % 90_000),
        },
        size,
    )


def test_a_hundred_thousand_people_and_twenty_conditions() -> None:
    """A guard against a slip of magnitude, not a measure: about 0.05 s on two cores."""
    crowd = many(100_000)
    bounds = {
        f"rule-{age}": bind(
            f"age(birth_date) >= {age} and municipality_code = here"
            f" and household.income_month * 12 > {age * 10000}",
            WORDS,
        )
        for age in range(20)
    }
    began = process_time()
    found = holds(bounds, crowd, as_of=DAY, constants=HERE)
    assert process_time() - began < 15
    assert {len(answers) for answers in found.values()} == {100_000}
    assert 300 < found["rule-3"].sum() < 334
