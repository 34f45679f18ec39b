"""What makes the placing fair, as properties; and the same result as another hand's program."""

import random
import warnings
from itertools import pairwise, permutations
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching.games import HospitalResident

from allting.placements import rules
from allting.placements.rules import LOT, allocate, draw, explain
from allting.placements.tests.markets import Market, by_chance, markets, rank

T = TypeVar("T")


@given(markets())
def test_no_more_are_placed_than_there_are_places(market: Market) -> None:
    found = market.placed()
    taken = list(found.given.values())
    assert all(taken.count(unit) <= places for unit, places in market.capacity.items())


@given(markets())
def test_each_is_placed_where_it_wished_or_nowhere(market: Market) -> None:
    assert all(unit in market.wishes[child] for child, unit in market.placed().given.items())


@given(markets())
def test_nobody_is_wronged(market: Market) -> None:
    """No justified envy: whoever has a place that I wanted more comes before me there."""
    found = market.placed()
    for child, wished in market.wishes.items():
        for unit in wished[: rank(market, found, child)]:
            inside = [other for other, where in found.given.items() if where == unit]
            mine = found.standing(child, unit)
            assert all(found.standing(other, unit) < mine for other in inside)


@given(markets())
def test_no_wished_place_stands_empty(market: Market) -> None:
    found = market.placed()
    taken = list(found.given.values())
    for child, wished in market.wishes.items():
        for unit in wished[: rank(market, found, child)]:
            assert taken.count(unit) == market.capacity[unit]


@given(markets(most_units=4, most_children=6), st.data())
@settings(max_examples=150, deadline=None)
def test_nobody_gains_by_saying_anything_but_what_they_want(
    market: Market, data: st.DataObject
) -> None:
    child = data.draw(st.sampled_from(sorted(market.wishes)))
    honest = rank(market, market.placed(), child)
    units = sorted(market.capacity)
    for length in range(len(units) + 1):
        for said in permutations(units, length):
            lying = market.wishing(child, list(said)).placed()
            assert rank(market, lying, child) >= honest


def mixed(things: dict[str, T], chance: random.Random) -> dict[str, T]:
    return dict(chance.sample(sorted(things.items(), key=lambda item: item[0]), len(things)))


@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(market: Market, chance: random.Random) -> None:
    again = Market(
        mixed(market.wishes, chance),
        mixed(market.priorities, chance),
        mixed(market.capacity, chance),
        market.seed,
        mixed(market.drawn_for, chance),
    )
    assert again.placed().given == market.placed().given
    assert again.placed().digest == market.placed().digest


@given(markets(), st.data())
def test_a_place_more_hurts_nobody(market: Market, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(sorted(market.capacity)))
    before, more = market.placed(), market.with_places(unit, market.capacity[unit] + 1)
    after = more.placed()
    assert all(rank(market, after, child) <= rank(market, before, child) for child in market.wishes)


@given(markets())
def test_the_explanation_is_true(market: Market) -> None:
    found = market.placed()
    for child, wished in market.wishes.items():
        steps = explain(found, child)
        assert [step.unit for step in steps] == wished[: rank(market, found, child) + 1]
        for step in steps:
            if step.why == "given":
                assert found.given[child] == step.unit and step.by is None
            elif step.why == "none":
                assert market.capacity[step.unit] == 0
            else:
                last = found.last[step.unit]
                own, other = (market.priorities[c][step.unit] for c in (child, last))
                if step.by == LOT:
                    assert own == other and found.lots[last] < found.lots[child]
                else:
                    assert step.by is not None
                    assert own[: step.by] == other[: step.by] and other[step.by] < own[step.by]


@pytest.mark.parametrize("size", [(1, 1, 1), (40, 3, 3), (300, 20, 6), (2000, 60, 8)])
def test_columns_and_heaps_agree(
    size: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(8):
        market = by_chance(seed, *size)
        monkeypatch.setattr(rules, "MANY", 10**9)
        plain = market.placed()
        monkeypatch.setattr(rules, "MANY", 0)
        assert market.placed().given == plain.given


@given(markets())
@settings(deadline=None)
def test_columns_and_heaps_agree_in_the_corners(market: Market) -> None:
    before, found = rules.MANY, market.placed()
    try:
        rules.MANY = 0
        assert market.placed().given == found.given
    finally:
        rules.MANY = before


def test_five_hundred_markets_come_out_as_another_program_has_them() -> None:
    """PyPI `matching`: hospitals and residents, the best for residents."""
    for seed in range(500):
        chance = random.Random(seed)
        market = by_chance(seed, chance.randint(1, 25), chance.randint(1, 8), longest=5)
        assert dict(market.placed().given) == _by_matching(market), f"seed {seed}"


def _by_matching(market: Market) -> dict[str, str]:
    lots = draw(market.wishes, market.seed)
    askers = {
        unit: sorted(
            (child for child, wished in market.wishes.items() if unit in wished),
            key=lambda child: (*market.priorities[child][unit], lots[child]),
        )
        for unit in market.capacity
    }
    asked = {unit: children for unit, children in askers.items() if children}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        game = HospitalResident.create_from_dictionaries(
            market.wishes, asked, {unit: market.capacity[unit] for unit in asked}
        )
        found = game.solve(optimal="resident")
    return {child.name: unit.name for unit, children in found.items() for child in children}


def test_a_unit_wished_for_twice_counts_once() -> None:
    found = allocate({"a": ["x", "x"]}, {"a": {"x": (0,)}}, {"x": 1}, "s")
    assert dict(found.given) == {"a": "x"}
    assert [step.unit for step in explain(found, "a")] == ["x"]


def test_a_unit_that_has_closed_has_no_places() -> None:
    found = allocate({"a": ["gone", "x"]}, {"a": {"gone": (0,), "x": (0,)}}, {"x": 1}, "s")
    assert [(step.unit, step.why, step.places) for step in explain(found, "a")] == [
        ("gone", "none", 0),
        ("x", "given", 1),
    ]


def test_fewer_places_than_none_are_refused() -> None:
    with pytest.raises(ValueError, match="x has -1 places; expected 0 or more"):
        allocate({"a": ["x"]}, {"a": {"x": (0,)}}, {"x": -1}, "s")


def test_another_seed_parts_those_who_are_alike_in_another_way() -> None:
    alike = [f"c{n}" for n in range(50)]
    assert draw(alike, "one") != draw(alike, "two")
    assert sorted(draw(alike, "one").values()) == list(range(1, 51))


@given(markets())
def test_nobody_comes_between_children_who_live_together(market: Market) -> None:
    """Alike at a unit, whoever else is alike there comes before them all or after them all."""
    lots = market.placed().lots
    for one, other in permutations(market.wishes, 2):
        if market.drawn_for.get(one, one) != market.drawn_for.get(other, other):
            continue
        between = [
            child for child, lot in lots.items()
            if lots[one] < lot < lots[other]
            and market.drawn_for.get(child, child) != market.drawn_for.get(one, one)
        ]  # fmt: skip
        assert not between


@given(markets(), st.text("abc", min_size=1, max_size=4))
def test_twins_who_wish_alike_are_parted_only_where_the_places_end(
    market: Market, seed: str
) -> None:
    """Two who are alike in all, and live together, are at units that follow on each other in
    nothing but the places: at the better one none is placed who comes after them."""
    child = min(market.wishes)
    twin = f"{child}-twin"
    together = {**market.drawn_for, child: child, twin: child}
    both = Market(
        {**market.wishes, twin: market.wishes[child]},
        {**market.priorities, twin: market.priorities[child]},
        market.capacity,
        seed,
        {who: first for who, first in together.items() if first == child or who in market.wishes},
    )
    found = both.placed()
    ranks = sorted((rank(both, found, child), rank(both, found, twin)))
    wished = both.wishes[child]
    if ranks[0] == ranks[1] or ranks[0] == len(wished):
        return
    better = wished[ranks[0]]
    inside = [who for who, unit in found.given.items() if unit == better]
    assert len(inside) == both.capacity[better]
    mine = min(found.standing(who, better) for who in (child, twin))
    after = [who for who in inside if found.standing(who, better) > mine and who not in together]
    assert not after


def test_a_family_with_many_has_no_more_luck_than_one_with_few() -> None:
    """One draw a home: the lot is that of the one with the lowest id, not the best of theirs."""
    for n in range(30):
        seed = f"seed {n}"
        alone = draw(["anna", "cleo"], seed)
        three = draw(["anna", "bo", "dina", "cleo"], seed, {"bo": "anna", "dina": "anna"})
        assert (alone["anna"] < alone["cleo"]) == (three["anna"] < three["cleo"])


def test_the_properties_have_teeth(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way that many cities had, where first wishes come first, honesty costs a place."""
    market = Market(
        wishes={"a": ["x", "y"], "b": ["x", "y"], "c": ["y"]},
        priorities={
            "a": {"x": (1, 0), "y": (0, 0)},
            "b": {"x": (0, 0), "y": (2, 0)},
            "c": {"y": (1, 0)},
        },
        capacity={"x": 1, "y": 1},
        seed="s",
    )
    lying = market.wishing("a", ["y"])
    assert dict(market.placed().given) == {"b": "x", "a": "y"}
    monkeypatch.setattr("allting.placements.one_by_one.place", _first_wishes_first)
    assert dict(market.placed().given) == {"b": "x", "c": "y"}
    assert lying.placed().given["a"] == "y"


def _first_wishes_first(
    begins: list[int], unit: list[int], order: list[int], capacity: list[int]
) -> list[int]:
    given, left = [-1] * (len(begins) - 1), list(capacity)
    for wish in range(max(b - a for a, b in pairwise(begins))):
        asking = [b + wish for n, b in enumerate(begins[:-1]) if b + wish < begins[n + 1]]
        for row in sorted(asking, key=lambda row: order[row]):
            child = max(n for n, b in enumerate(begins[:-1]) if b <= row)
            if given[child] < 0 and left[unit[row]]:
                given[child], left[unit[row]] = row, left[unit[row]] - 1
    return given
