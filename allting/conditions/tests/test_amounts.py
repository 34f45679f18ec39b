"""Exact numbers: no binary fractions, limits, kronor rounded half away from zero."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allting.conditions import amounts, many_numbers
from allting.conditions.amounts import HIGHEST, LOWEST, UNIT
from allting.conditions.api import (
    FactType,
    Shape,
    Vocabulary,
    bind,
    columns,
    compute,
    decide,
    table,
)
from allting.conditions.crowd import Array
from allting.conditions.tables import Table

WORDS = Vocabulary.of(n="number", m="number")
DAY = date(2026, 11, 1)


def both(text: str, **values: Decimal | int | float) -> Decimal | None:
    """One person's amount, after seeing that everyone's is the same."""
    bound = bind(text, WORDS, expects=FactType.NUMBER)
    alone = compute(bound, values, as_of=DAY).value
    exact = {name: Decimal(str(value)) for name, value in values.items()}
    crowd = table(dict.fromkeys(exact, FactType.NUMBER), [exact])
    [together] = columns({"found": bound}, crowd, as_of=DAY)["found"].to_list()
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


@pytest.mark.parametrize("kind", ["i1", "u1", "i2", "i4", "u4", "i8"])
@pytest.mark.parametrize("people", [3, 300])  # few are reckoned each, many by value
def test_columns_of_every_width(kind: str, people: int) -> None:
    bound = bind("n * 2 = 20", WORDS)
    values = np.array([1, 0, 10] * (people // 3), dtype=kind)
    crowd = Table({"n": (Shape(FactType.NUMBER, 1, 10, unknown=0), values)}, people)
    found = columns({"it": bound}, crowd, as_of=DAY)["it"].to_list()
    assert found == [False, None, True] * (people // 3)


def test_whole_numbers_beyond_the_limit_are_unknown_in_columns_too() -> None:
    numbers = [10**10, 2**63 - 1, -(2**63), 9]
    shape = Shape(FactType.NUMBER, min(numbers), max(numbers))
    crowd = Table({"n": (shape, np.array(numbers))}, 4)
    found = columns({"it": bind("n > 0", WORDS)}, crowd, as_of=DAY)["it"].to_list()
    assert found == [None, None, None, True]
    assert decide(bind("n > 0", WORDS), {"n": 10**10}, as_of=DAY).answer == "unknown"


def test_binary_fractions_are_read_as_written_in_columns_too() -> None:
    crowd = table({"n": FactType.NUMBER}, [{"n": 0.1}])
    assert columns({"it": bind("n = 0.1", WORDS)}, crowd, as_of=DAY)["it"].to_list() == [True]


edges = st.sampled_from([0, 1, -1, UNIT, -UNIT, HIGHEST, LOWEST, HIGHEST - 1, 3 * 10**16, 17])
whole = edges | st.integers(LOWEST, HIGHEST) | st.integers(-(10**14), 10**14)


@given(st.lists(st.tuples(whole, whole), min_size=1, max_size=8), st.integers(-9, 9))
def test_arithmetic_in_columns_is_that_of_one_number(
    pairs: list[tuple[int, int]], digits: int
) -> None:
    left, right = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    for together, alone in (
        (many_numbers.add, amounts.add),
        (many_numbers.subtract, amounts.subtract),
        (many_numbers.multiply, amounts.multiply),
        (many_numbers.divide, amounts.divide),
    ):
        assert plain_list(*together(left, right)) == [alone(a, b) for a, b in pairs]
    for one, other in (
        (many_numbers.floor, amounts.floor),
        (many_numbers.ceiling, amounts.ceiling),
    ):
        assert plain_list(*one(left)) == [other(a) for a, _ in pairs]
    rounded = plain_list(*many_numbers.round_to(left, digits))
    assert rounded == [amounts.round_to(a, digits) for a, _ in pairs]


def plain_list(values: Array, fits: Array) -> list[int | None]:
    return [v if fit else None for v, fit in zip(values.tolist(), fits.tolist(), strict=True)]
