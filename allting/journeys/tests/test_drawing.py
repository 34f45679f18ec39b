"""The drawing of a plan: where each bar stands, what is tied to what, and what is missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from allting.catalogue.api import read_offset
from allting.journeys.choosing import Asked
from allting.journeys.drawing import BEYOND, FIRST, LAST, MOST_TICKS, Drawing, Row, drawing
from allting.journeys.graph import GoalNode, Graph, Held, Need, Node, Underway
from allting.journeys.parts import Plan
from allting.journeys.rules import plan

TODAY = date(2027, 1, 11)
HOUSE = Graph.of(
    [
        Node("map", gives=("map",), length=21),
        Node("drawings", gives=("drawings",), length=7),
        Node("permit", (Need("map"), Need("drawings")), ("permit",), 70),
        Node("start", (Need("permit"), Need("water", optional=True)), (), 14),
        Node("water", gives=("water",), length_known=False),
    ]
)
GOALS = (GoalNode("start", by=read_offset("on the day")),)


def house(event: date | None = date(2027, 8, 2), **more: object) -> Plan:
    return plan(HOUSE, Asked(GOALS, TODAY, event, **more))  # type: ignore[arg-type]


def drawn(made: Plan) -> Drawing:
    found = drawing(made)
    assert found is not None
    return found


def rows(made: Plan) -> dict[str, Row]:
    return {row.step.id: row for row in drawn(made).rows}


def test_time_runs_to_the_right_on_one_scale() -> None:
    found = drawn(house())
    assert (found.first, found.last) == (TODAY, date(2027, 8, 2))
    assert (found.today, found.event) == (FIRST, LAST)
    by = {row.step.id: row for row in found.rows}
    assert [row.step.id for row in found.rows] == ["map", "drawings", "water", "permit", "start"]
    assert by["map"].at == by["drawings"].at == FIRST
    assert by["permit"].at == pytest.approx(by["map"].at + by["map"].wide, abs=0.02)
    assert all(row.latest is not None and row.latest >= row.at for row in found.rows)


def test_what_waits_hangs_below_what_it_waits_for() -> None:
    by = rows(house())
    begin = by["permit"].at
    assert by["map"].reaches == by["drawings"].reaches == (begin,)
    assert by["map"].through == ()
    assert by["drawings"].through == by["water"].through == (begin,)
    assert by["permit"].through == (begin,)
    assert by["permit"].reaches == (by["start"].at,)
    assert by["start"].reaches == ()


def test_each_kind_of_step_is_its_own() -> None:
    held, begun = {"map": Held(by="map")}, {"drawings": Underway(TODAY.toordinal() - 3)}
    made = house(held=held, underway=begun)
    found = {id: row.kind for id, row in rows(made).items()}
    assert found == {
        "map": "done", "drawings": "underway", "water": "maybe", "permit": "deciding",
        "start": "deciding",
    }  # fmt: skip
    assert drawn(made).kinds >= {"done", "underway", "maybe", "unknown", "waits", "latest"}
    assert rows(made)["map"].latest is None


def test_days_that_are_missing_are_drawn_before_the_bar() -> None:
    made = house(date(2027, 2, 1))
    clash = max(it.days for it in made.clashes)
    row = rows(made)["map"]
    assert row.late_days == clash == 84
    assert row.late and row.latest is not None
    assert row.latest + row.late == pytest.approx(row.at, abs=0.02)
    assert drawn(made).first == TODAY - timedelta(84)
    assert "late" in drawn(made).kinds


def test_one_step_whose_days_hold_is_not_drawn() -> None:
    alone = Graph.of([Node("fee", length=10)])
    assert drawing(plan(alone, Asked((GoalNode("fee"),), TODAY))) is None
    by = (GoalNode("fee", by=read_offset("on the day")),)
    assert drawing(plan(alone, Asked(by, TODAY, TODAY))) is not None


@pytest.mark.parametrize("days", [0, 1, 13, 40, 90, 200, 400, 900, 4000, 30000])
def test_the_scale_names_few_days_and_some(days: int) -> None:
    long = Graph.of([Node("a", gives=("a",), length=days), Node("b", (Need("a"),))])
    found = drawn(plan(long, Asked((GoalNode("b"),), TODAY)))
    assert 1 <= len(found.ticks) <= MOST_TICKS
    assert all(FIRST <= at <= LAST for _, at in found.ticks)
    assert all(FIRST <= row.at <= LAST for row in found.rows)


def test_a_last_day_long_after_all_else_does_not_make_the_rest_small() -> None:
    pair = replace(HOUSE.nodes["drawings"], id="fence", gives=())
    both = Graph.of([*HOUSE.nodes.values(), pair])
    far = (*GOALS, GoalNode("fence", by=read_offset("5 years after")))
    found = drawn(plan(both, Asked(far, TODAY, date(2027, 8, 2))))
    [row] = [row for row in found.rows if row.step.id == "fence"]
    assert found.last == date(2027, 8, 2)
    assert (row.latest, row.flag, row.late) == (BEYOND, False, None)
