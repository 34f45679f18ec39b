"""A thousand small towns: the planner against trying every way."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allting.catalogue.api import Offset, read_offset
from allting.conditions.api import Vocabulary, bind
from allting.journeys.choosing import Asked
from allting.journeys.graph import Circle, GoalNode, Graph, Held, Need, Node
from allting.journeys.rules import plan
from allting.journeys.tests.brute import TODAY, in_order, tried

HORIZON = 17
WORDS = Vocabulary.of(plan__a="boolean", plan__b="boolean")
CONDITIONS = [bind(it, WORDS) for it in ("plan.a", "not plan.a", "plan.a or plan.b", "plan.b")]
some_condition = st.sampled_from([*[None] * 12, *CONDITIONS])


def offsets(low: int, high: int) -> st.SearchStrategy[Offset]:
    def made(days: int) -> Offset:
        side = "before" if days < 0 else "after"
        return read_offset(f"{abs(days)} days {side}") if days else Offset()

    return st.integers(low, high).map(made)


@st.composite
def towns(draw: st.DrawFn) -> tuple[Graph, Asked]:
    """Up to four services; a service asks only for what services before it in a list give."""
    size = draw(st.sampled_from([1, 2, 3, 3, 4, 4, 4]))
    nodes = [draw(nodes_at(n)) for n in range(size)]
    order = draw(st.permutations(nodes))
    names = [node.id for node in nodes]
    chosen = draw(st.lists(st.sampled_from(names[-2:]), min_size=1, max_size=2, unique=True))
    goals = tuple(
        GoalNode(it, draw(some_condition), draw(st.none() | offsets(-3, 2))) for it in chosen
    )
    event = draw(st.none() | st.integers(0, 6).map(lambda days: TODAY + timedelta(days=days)))
    values = draw(
        st.fixed_dictionaries({}, optional={"plan.a": st.booleans(), "plan.b": st.booleans()})
    )
    held = {it: Held() for it in draw(st.sets(st.sampled_from("pqrs"), max_size=1))}
    barred = dict.fromkeys(draw(st.sets(st.sampled_from(names), max_size=1)), ("no",))
    return Graph.of(order), Asked(goals, TODAY, event, values, held, barred=barred)


@st.composite
def nodes_at(draw: st.DrawFn, n: int) -> Node:
    asked = (
        draw(st.lists(st.sampled_from("pqrs"[:n]), min_size=1, max_size=2, unique=True))
        if n
        else []
    )
    valid = st.none() | st.integers(1, 6)
    needs = tuple(
        Need(
            it,
            draw(st.sampled_from(["application", "application", "decision", "event"])),
            draw(some_condition),
            valid=draw(valid),
        )
        for it in asked
    )
    # evidence q may be given by services 1 and 2: alternatives, and never what they ask for
    later = [it for it in "pqrs"[n : n + 2] if it not in asked]
    gives = (
        tuple(draw(st.lists(st.sampled_from(later), min_size=1, max_size=2, unique=True)))
        if later
        else ()
    )
    maybe_offset = st.sampled_from([True, True, True, False]).flatmap(
        lambda bare: st.none() if bare else offsets(-6, 2)
    )
    return Node(
        f"s{n}", needs, gives, draw(st.integers(0, 2)),
        opens=draw(maybe_offset), closes=draw(maybe_offset), ends=draw(maybe_offset),
    )  # fmt: skip


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(towns())
def test_the_same_steps_and_days_as_trying_everything(town: tuple[Graph, Asked]) -> None:
    graph, asked = town
    made, known = plan(graph, asked), tried(graph, asked, HORIZON)
    states = {step.id: step.state for step in made.steps if step.state != "done"}
    assert {id for id, state in states.items() if state != "maybe"} == known.sure
    assert {id for id, state in states.items() if state == "maybe"} == known.maybe
    assert made.possible == known.possible, made.clashes
    assert in_order([step.id for step in made.steps], graph, asked, known.sure)
    if known.possible:
        for step in made.steps:
            if step.id in known.sure:
                assert step.earliest == date.fromordinal(known.first[step.id]), step
                last = known.last[step.id]
                assert step.latest == (date.fromordinal(last) if last is not None else None), step


def test_a_circle_is_told() -> None:
    with pytest.raises(Circle, match=r"a → b → a|b → a → b"):
        Graph.of([Node("a", (Need("p"),), ("q",)), Node("b", (Need("q"),), ("p",))])
