"""The planner once more, so simply that it must be right: every way is tried.

Steps by plain recursion over evidence; days by trying every schedule within a horizon.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from allting.catalogue.api import Offset
from allting.conditions.api import decide
from allting.journeys.choosing import Asked
from allting.journeys.graph import Graph, Need, Node


@dataclass
class Tried:
    """Which steps, and by step the first and the last day to begin (None: no last day)."""

    sure: set[str]
    maybe: set[str]
    possible: bool = True
    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int | None] = field(default_factory=dict)


def tried(graph: Graph, asked: Asked, horizon: int) -> Tried:
    """The plan by trying everything; lengths are days, and nothing held expires."""
    steps = _Steps(graph, asked)
    found = Tried(steps.sure(), set())
    found.maybe = steps.maybe(found.sure)
    near = _days(graph, asked, steps, found.sure, horizon)
    far = _days(graph, asked, steps, found.sure, horizon + 1)
    found.possible = near is not None
    if near and far:
        found.first = {id: first for id, (first, _) in near.items()}
        found.last = {id: last if far[id][1] == last else None for id, (_, last) in near.items()}
    return found


class _Steps:
    def __init__(self, graph: Graph, asked: Asked) -> None:
        self.graph, self.asked = graph, asked
        open_goals = [g for g in asked.goals if not self.reached(g.service)]
        self.goals = [g.service for g in open_goals if self.says(g.wanted_if) == "yes"]
        self.doubtful = [g.service for g in open_goals if self.says(g.wanted_if) == "unknown"]

    def reached(self, id: str) -> bool:
        gives = set(self.graph.nodes[id].gives)
        return bool(gives) and gives <= set(self.asked.held)

    def says(self, condition: object) -> str:
        if condition is None:
            return "yes"
        return decide(condition, self.asked.values, as_of=self.asked.as_of).answer  # type: ignore[arg-type]

    def asks(self, need: Need) -> str:
        return "unknown" if need.optional else self.says(need.needed_if)

    def needs(self, id: str, *answers: str) -> list[Need]:
        open_ones = [n for n in self.graph.nodes[id].needs if n.evidence not in self.asked.held]
        return [n for n in open_ones if self.asks(n) in answers]

    def usable(self, evidence: str) -> list[str]:
        givers = [id for id, node in self.graph.nodes.items() if evidence in node.gives]
        return [id for id in givers if id not in self.asked.barred] or givers

    def giver(self, evidence: str) -> str | None:
        givers = self.usable(evidence)
        place = list(self.graph.nodes)
        return min(
            givers,
            key=lambda id: (id not in self.goals, self.soonest(id), place.index(id)),
            default=None,
        )

    def soonest(self, id: str) -> int:
        node = self.graph.nodes[id]
        start = self.asked.as_of.toordinal()
        if node.opens and self.asked.event:
            start = max(start, _day(node.opens, self.asked))
        end = 0
        for need in self.needs(id, "yes"):
            given = min((self.soonest(it) for it in self.usable(need.evidence)), default=0)
            if need.at == "application":
                start = max(start, given)
            if need.at != "event":
                end = max(end, given)
        return max(start + node.length, end)  # type: ignore[operator]

    def sure(self) -> set[str]:
        return self.led_to(self.goals, "yes")

    def maybe(self, sure: set[str]) -> set[str]:
        return self.led_to([*self.doubtful, *sure], "yes", "unknown") - sure

    def led_to(self, roots: list[str], *answers: str) -> set[str]:
        met: set[str] = set()
        waiting = list(roots)
        while waiting:
            id = waiting.pop()
            if id not in met:
                met.add(id)
                givers = [self.giver(need.evidence) for need in self.needs(id, *answers)]
                waiting += [it for it in givers if it]
        return met


def _day(offset: Offset, asked: Asked) -> int:
    assert asked.event is not None
    return offset.day(asked.event).toordinal()


def _days(
    graph: Graph, asked: Asked, steps: _Steps, sure: set[str], horizon: int
) -> dict[str, tuple[int, int]] | None:
    """First and last day of each step over all schedules that hold; None where none does."""
    ids = sorted(sure)
    today = asked.as_of.toordinal()
    if not ids:
        return {}
    grid = np.indices((horizon,) * len(ids), dtype=np.int16).reshape(len(ids), -1)
    start = {id: grid[n] + 0 for n, id in enumerate(ids)}
    good = np.ones(grid.shape[1], dtype=bool)
    for id in ids:
        node = graph.nodes[id]
        end = start[id] + node.length
        good &= end < horizon
        for rule in _own(node, asked, steps, start[id] + 0, end, today):
            good &= rule
        for need in steps.needs(id, "yes", "unknown"):
            giver = steps.giver(need.evidence)
            if giver in start:
                good &= _between(need, asked, graph.nodes[giver], start, id, end, today)
    if not good.any():
        return None
    return {
        id: (int(start[id][good].min()) + today, int(start[id][good].max()) + today) for id in ids
    }


def _own(node: Node, asked: Asked, steps: _Steps, start, end, today):  # type: ignore[no-untyped-def]
    if asked.event is None:
        return
    if node.opens:
        yield start >= _day(node.opens, asked) - today
    if node.closes:
        yield start <= _day(node.closes, asked) - today
    if node.ends:
        yield end <= _day(node.ends, asked) - today
    for goal in asked.goals:
        if goal.service == node.id and node.id in [*steps.goals, *steps.doubtful]:
            on_the_day = any(need.at == "event" for need in node.needs)
            by = goal.by or (Offset() if on_the_day else None)
            if by:
                yield end <= _day(by, asked) - today


def _between(need: Need, asked: Asked, giver: Node, start, id, end, today):  # type: ignore[no-untyped-def]
    given = start[giver.id] + giver.length
    used, by = end, start[id] if need.at == "application" else end
    if need.at == "event":
        if asked.event is None:
            return np.ones(given.shape, dtype=bool)
        used = by = np.int16(asked.event.toordinal() - today)
    good = given <= by
    if need.valid is not None:
        good &= given + need.valid >= used
    return good


def in_order(plan_order: list[str], graph: Graph, asked: Asked, sure: set[str]) -> bool:
    """Whether no step stands before one that it certainly waits for."""
    place = {id: n for n, id in enumerate(plan_order)}
    return all(
        place[giver] < place[id]
        for id in sure
        for need in graph.nodes[id].needs
        if need.at == "application" and need.needed_if is None and need.evidence not in asked.held
        for giver in graph.givers.get(need.evidence, ())
        if giver in sure and len(graph.givers[need.evidence]) == 1
    )


TODAY = date(2027, 1, 4)
