"""Exact numbers: no binary fractions, limits, kronor rounded half away from zero."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from allting.conditions.api import FactType, Vocabulary, bind, columns, compute, decide

WORDS = Vocabulary.of(n="number", m="number")
DAY = date(2026, 11, 1)


def both(text: str, **values: Decimal | int | float) -> Decimal | None:
    """One person's amount, after seeing that everyone's is the same."""
    bound = bind(text, WORDS, expects=FactType.NUMBER)
    alone = compute(bound, values, as_of=DAY).value
    exact = {name: Decimal(str(value)) for name, value in values.items()}
    schema = dict.fromkeys(exact, pl.Decimal(38, 9))
    frame = pl.DataFrame([exact], schema=schema) if exact else pl.DataFrame({"x": [1]})
    together = columns({"found": bound}, frame.lazy(), as_of=DAY).collect()["found"].item()
    assert together == alone
    assert alone is None or isinstance(alone, Decimal)
    return alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2", "0.3"),
        ("7 / 2", "3.5"),
        ("1 / 3", "0.333333333"),
        ("2 / 3", "0.666666667"),
        ("-2 / 3", "-0.666666667"),
        ("0.000000001 * 0.5", "0.000000001"),
        ("-0.000000001 * 0.5", "-0.000000001"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(0.5)", "1"),
        ("round(1547.805, 2)", "1547.81"),
        ("round(1250, -2)", "1300"),
        ("floor(-0.5)", "-1"),
        ("ceil(-0.5)", "0"),
        ("abs(-3.25)", "3.25"),
        ("1 / 0", None),
        ("0 / 0", None),
        ("999999999 * 10", None),
        ("999999999 * 9 + 223372045", "9223372036"),
        ("ceil(9 * 999999999 + 223372045 + 0.85)", None),
        ("999999999 * 999999999 * 999999999 * 0", None),
    ],
)
def test_numbers(text: str, expected: str | None) -> None:
    assert both(text) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, "3"),
        (0.1, "0.1"),
        (Decimal("0.0000000005"), "0.000000001"),
        (Decimal("1E-999999"), "0"),
        (Decimal("0E+999999"), "0"),
        (Decimal("1E+999999"), None),
        (Decimal("NaN"), None),
        (Decimal("Infinity"), None),
        (float("inf"), None),
        (10**10, None),
        (-(10**10), None),
        (Decimal("9223372036.854775807"), "9223372036.854775807"),
        (Decimal("9223372036.854775808"), None),
    ],
)
def test_what_a_number_may_be(value: Decimal | float, expected: str | None) -> None:
    bound = bind("n", WORDS, expects=FactType.NUMBER)
    found = compute(bound, {"n": value}, as_of=DAY)
    assert found.value == (None if expected is None else Decimal(expected))
    assert found.missing == ()  # it was given: nobody needs to be asked again


def test_yes_is_not_a_number() -> None:
    with pytest.raises(TypeError, match="n is given as bool"):
        compute(bind("n", WORDS, expects=FactType.NUMBER), {"n": True}, as_of=DAY)


@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt64, pl.Int64, pl.Int128, pl.Decimal(10, 2)])
def test_columns_of_every_exact_kind(kind: pl.DataType) -> None:
    bound = bind("n * 2", WORDS, expects=FactType.NUMBER)
    frame = pl.DataFrame({"n": [1, None, 100]}, schema={"n": kind}).lazy()
    found = columns({"twice": bound}, frame, as_of=DAY).collect()["twice"].to_list()
    assert found == [2, None, 200]


def test_whole_numbers_beyond_the_limit_are_unknown_in_columns_too() -> None:
    frame = pl.DataFrame({"n": [10**10, 2**63 - 1, -(2**63), 9]}, schema={"n": pl.Int64}).lazy()
    found = columns({"it": bind("n > 0", WORDS)}, frame, as_of=DAY).collect()["it"].to_list()
    assert found == [None, None, None, True]
    assert decide(bind("n > 0", WORDS), {"n": 10**10}, as_of=DAY).answer == "unknown"


def test_binary_fractions_are_refused_in_columns() -> None:
    frame = pl.DataFrame({"n": [0.1]}).lazy()
    with pytest.raises(TypeError, match=r"column n is Float64, expected a whole number or Decimal"):
        columns({"it": bind("n = 0.1", WORDS)}, frame, as_of=DAY)
