"""Everyone in one pass: shapes, absent columns, constants, and work that stays in proportion."""

from datetime import date
from time import process_time

import polars as pl
import pytest

from allting.conditions.api import FactType, Vocabulary, bind, columns, decide

DAY = date(2026, 11, 1)
WORDS = Vocabulary.of(
    birth_date="date",
    municipality_code="text",
    protected="boolean",
    parameters__municipality_code="text",
    household__income_month="number",
)
CROWD = pl.DataFrame(
    {
        "person": ["minna", "otto", "ada"],
        "birth_date": [date(2024, 2, 29), None, date(2026, 5, 1)],
        "municipality_code": ["2599", "2599", None],
    }
).lazy()
HERE = {"parameters.municipality_code": "2599"}


def test_a_list_of_conditions_becomes_a_column_each() -> None:
    bounds = {
        "lives-here": bind("municipality_code = here", WORDS),
        "one-year-old": bind("age_months(birth_date) >= 12", WORDS),
        "birthday": bind("add_years(birth_date, 1)", WORDS, expects=FactType.DATE),
    }
    found = columns(bounds, CROWD, as_of=DAY, constants=HERE).collect()
    assert found.columns == ["person", "birth_date", "municipality_code", *bounds]
    assert found["lives-here"].to_list() == [True, True, None]
    assert found["one-year-old"].to_list() == [True, None, False]
    assert found["birthday"].to_list() == [date(2025, 2, 28), None, date(2027, 5, 1)]


def test_a_fact_that_nobody_has_given_is_unknown_for_everyone() -> None:
    bounds = {"low": bind("household.income_month < 10000", WORDS), "known": bind("true", WORDS)}
    found = columns(bounds, CROWD, as_of=DAY).collect()
    assert found["low"].to_list() == [None] * 3
    assert found["known"].to_list() == [True] * 3


def test_an_empty_municipality_has_no_answers() -> None:
    found = columns({"it": bind("protected", WORDS)}, CROWD.head(0), as_of=DAY).collect()
    assert found.shape == (0, 4)


def test_texts_of_few_values_and_empty_columns_are_welcome() -> None:
    frame = CROWD.with_columns(
        pl.col("municipality_code").cast(pl.Categorical), protected=pl.lit(None)
    )
    bounds = {
        "here": bind("municipality_code = here", WORDS),
        "open": bind("not protected", WORDS),
        "rich": bind("household.income_month > 1", WORDS),
    }
    frame = frame.with_columns(pl.lit(None).alias("household.income_month"))
    found = columns(bounds, frame, as_of=DAY, constants=HERE).collect()
    assert found["here"].to_list() == [True, True, None]
    assert found["open"].to_list() == found["rich"].to_list() == [None] * 3


def test_a_column_of_another_type_is_told() -> None:
    frame = CROWD.with_columns(pl.col("birth_date").cast(pl.Datetime))
    with pytest.raises(TypeError, match=r"column birth_date is Datetime.*, expected Date"):
        columns({"it": bind("age(birth_date) > 1", WORDS)}, frame, as_of=DAY)


def test_an_id_that_is_already_a_column_is_told() -> None:
    with pytest.raises(ValueError, match="already has a column 'person'"):
        columns({"person": bind("true", WORDS)}, CROWD, as_of=DAY)


def test_work_grows_with_the_parts_and_no_faster() -> None:
    """Each level uses the one below several times: written out it would be 3**7 copies."""
    text = "birth_date"
    for _ in range(7):
        text = f"add_months(greatest({text}, add_days(birth_date, 1)), 1)"
    bound = bind(f"{text} > as_of", WORDS)
    began = process_time()
    found = columns({"it": bound}, CROWD, as_of=DAY).collect()["it"].to_list()
    assert process_time() - began < 5
    people = CROWD.collect().to_dicts()
    alone = [decide(bound, person, as_of=DAY).answer for person in people]
    assert alone == [{True: "yes", False: "no", None: "unknown"}[each] for each in found]


def test_a_hundred_thousand_people_and_twenty_conditions() -> None:
    """A guard against a slip of magnitude, not a measure: about 0.02 s on two cores."""
    crowd = pl.select(number=pl.int_range(100_000)).lazy()
    crowd = crowd.select(
        (pl.col("number") % 300 + 2400).cast(pl.String).alias("municipality_code"),
        (pl.date(1930, 1, 1) + pl.duration(days=pl.col("number") % 35_000)).alias("birth_date"),
        (pl.col("number") % 90_000).alias("household.income_month"),
    )
    bounds = {
        f"rule-{age}": bind(
            f"age(birth_date) >= {age} and municipality_code = here"
            f" and household.income_month * 12 > {age * 10000}",
            WORDS,
        )
        for age in range(20)
    }
    began = process_time()
    found = columns(bounds, crowd, as_of=DAY, constants=HERE).collect()
    assert process_time() - began < 5
    assert found.height == 100_000
