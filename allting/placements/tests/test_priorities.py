"""Priorities as numbers: what is known orders, what is not comes last."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from allting.conditions.api import Vocabulary
from allting.packages.api import Text
from allting.placements.keys import LAST, Line, bound_as
from allting.placements.lists import listed
from allting.placements.parts import Places, Priority

WORDS = Vocabulary.of(unit__distance_km="number", unit__sibling_here="boolean", wish__since="date")
DAY = date(2026, 11, 1)


def line(by: str, order: Any) -> Line:
    it = Priority.model_construct(id="x", by=by, order=order, says=Text({"sv": "x"}))
    return Line(it, bound_as(it, WORDS))


@pytest.mark.parametrize(
    ("by", "order", "name", "ascending"),
    [
        ("unit.sibling_here", "first", "unit.sibling_here", [True, False]),
        ("unit.distance_km", "low", "unit.distance_km", [0, Decimal("0.4"), 3]),
        ("unit.distance_km", "high", "unit.distance_km", [3, Decimal("0.4"), 0]),
        ("wish.since", "low", "wish.since", [date(1969, 1, 1), date(2026, 1, 2)]),
        ("wish.since", "high", "wish.since", [date(2026, 1, 2), date(1969, 1, 1)]),
    ],
)
def test_values_stand_in_order_and_the_unknown_last(
    by: str, order: str, name: str, ascending: list[Any]
) -> None:
    it = line(by, order)
    numbers = [it.number({name: value}, DAY) for value in ascending]
    assert numbers == sorted(numbers) and len(set(numbers)) == len(numbers)
    assert it.number({}, DAY) == (1 if order == "first" else LAST)
    assert [it.value(number) for number in numbers] == ascending


def test_a_number_that_is_not_known_has_no_value() -> None:
    assert line("unit.distance_km", "low").value(LAST) is None


def places(unasked: int | None = None, beyond: int | None = None) -> Places:
    return Places.model_construct(kind="x", opens="a", settles="b", unasked=unasked, beyond=beyond)


def test_the_list_is_the_wishes_and_then_the_nearest() -> None:
    near = ["a", "b", "c", "d"]
    assert listed(["c"], near, places(unasked=2, beyond=2)) == ("c", "a", "b")
    assert listed(["c", "c"], near, places(unasked=2)) == ("c",)
    assert listed([], near, places(unasked=2, beyond=1)) == ("a", "b", "c")
    assert listed([], near, places(beyond=1)) == ("a",)
    assert listed([], [], places(unasked=2, beyond=1)) == ()
