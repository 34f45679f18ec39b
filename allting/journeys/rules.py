"""The planner: from goals to steps with days and reasons. Pure: no clock, no database, no chance.

    plan(graph, Asked(goals, as_of=…, event=…, values=…, held=…, underway=…)) -> Plan

The work follows the plan, not the catalogue: only what the goals lead to is looked at.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from allting.journeys.choosing import Asked, Chooser, Chosen, total
from allting.journeys.graph import Graph, Node
from allting.journeys.parts import Clash, Costs, Plan, State, Step, Why
from allting.journeys.timing import Cause, Expiry, Timer, Times

BY_ITSELF = frozenset({"today", "opens", "closes", "ends", "by", "held"})
day = date.fromordinal


def plan(graph: Graph, asked: Asked) -> Plan:
    """The whole plan."""
    expired: frozenset[str] = frozenset()
    while True:
        chosen = Chooser(graph, asked, expired).choose()
        timer = Timer(graph, asked, chosen)
        times = timer.reckon()
        more = _expired(asked, chosen, times) - expired
        if not more:
            return _Drawn(graph, asked, chosen, timer.order, times).plan()
        expired |= more


def _expired(asked: Asked, chosen: Chosen, times: Times) -> frozenset[str]:
    """What is held, but not for as long as it is needed: it must be had anew."""
    event = asked.event.toordinal() if asked.event else None
    found = set()
    for it in chosen.have:
        until = it.held.until
        if until is None:
            continue
        needed = event if it.need.at == "event" else times.finish.get(it.user)
        if needed is not None and until < needed:
            found.add(it.need.evidence)
    return frozenset(found)


class _Drawn:
    """Steps put together from what was chosen and when."""

    def __init__(
        self, graph: Graph, asked: Asked, chosen: Chosen, order: list[str], times: Times
    ) -> None:
        self._graph, self._asked, self._chosen = graph, asked, chosen
        self._order, self._times = order, times
        self._goals = {goal.service for goal in asked.goals}
        self._waits: dict[str, list[str]] = {}
        self._why: dict[str, list[Why]] = {}
        for link in chosen.links:
            reason = Why(link.user, link.need.evidence, link.need.at, link.sure)
            self._why.setdefault(link.giver, []).append(reason)
            if link.need.at == "application":
                self._waits.setdefault(link.user, []).append(link.giver)

    def plan(self) -> Plan:
        chosen = self._chosen
        waves = self._waves()
        steps = [self._step(id, waves[id]) for id in self._order]
        tail = self._tails()
        latest, place = self._times.latest, self._graph.place
        goals = {goal.service: n for n, goal in enumerate(self._asked.goals)}
        steps.sort(
            key=lambda it: (
                it.earliest,
                it.wave,
                it.state == "maybe",
                latest.get(it.id, 1 << 30),
                goals[it.goal],
                -tail[it.id],
                place[it.id],
            )
        )
        certain = [id for id in self._order if id in chosen.sure]
        last = max((self._times.finish[id] for id in certain), default=None)
        return Plan(
            self._asked.as_of,
            self._asked.event,
            (*self._finished(), *steps),
            self._critical(certain),
            tuple(chosen.choices.values()),
            tuple(self._clashes()),
            tuple(chosen.nobody),
            self._costs(steps),
            tuple(chosen.missing),
            tuple(chosen.names),
            day(last) if last is not None else None,
        )

    def _finished(self) -> list[Step]:
        """What is done already: evidence that is held, and goals that have been reached."""
        nodes = self._graph.nodes
        reasons: dict[str, list[Why]] = {}
        for it in self._chosen.have:
            reasons.setdefault(it.held.by, []).append(Why(it.user, it.need.evidence, it.need.at))
        steps = [
            self._bare(nodes[id], "done", goal, reasons.get(id, []))
            for id, goal in self._chosen.done.items()
            if id not in self._times.start
        ]
        return sorted(steps, key=lambda it: self._graph.place[it.id])

    def _bare(self, node: Node, state: State, goal: str, why: list[Why]) -> Step:
        reasons = (Why(), *why) if node.id in self._goals else tuple(why)
        return Step(node.id, state, goal, reasons, node.who, node.others)

    def _step(self, id: str, wave: int) -> Step:
        node, times, chosen = self._graph.nodes[id], self._times, self._chosen
        why = self._why.get(id, ())
        latest = times.latest.get(id)
        return Step(
            id,
            self._state(id),
            chosen.sure.get(id) or chosen.maybe[id],
            (Why(), *why) if id in self._goals else tuple(why),
            node.who,
            node.others,
            day(times.start[id]),
            day(times.finish[id]),
            day(latest) if latest is not None else None,
            node.length_known,
            tuple(self._waits.get(id, ())),
            wave,
            times.low[id],
            times.high.get(id),
            self._asked.prices(id),
        )

    def _state(self, id: str) -> State:
        chosen = self._chosen
        if id in self._asked.underway:
            return "underway"
        if id not in chosen.sure:
            return "maybe"
        if any(giver in chosen.sure for giver in self._waits.get(id, ())):
            return "waits"
        return "now" if self._times.start[id] <= self._asked.as_of.toordinal() else "later"

    def _waves(self) -> dict[str, int]:
        """How many steps stand before each, at the most."""
        sure = self._chosen.sure
        found: dict[str, int] = {}
        for id in self._order:
            before = [found[it] for it in self._waits.get(id, ()) if it in sure or id not in sure]
            found[id] = max(before) + 1 if before else 0
        return found

    def _tails(self) -> dict[str, int]:
        """How many days follow upon the beginning of each step, itself with it."""
        times, after = self._times, dict.fromkeys(self._order, 0)
        for id in reversed(self._order):
            after[id] += times.finish[id] - times.start[id]
            for giver in self._waits.get(id, ()):
                after[giver] = max(after[giver], after[id])
        return after

    def _critical(self, certain: list[str]) -> tuple[str, ...]:
        """The chain of steps that decides when the last of them is done."""
        if not certain:
            return ()
        end = max(certain, key=lambda id: (self._times.finish[id], -self._graph.place[id]))
        chain = [end]
        while (why := self._times.low[chain[-1]]).kind in ("after", "handed-in"):
            chain.append(why.other)
        return tuple(reversed(chain))

    def _clashes(self) -> list[Clash]:
        times = self._times
        expired = [self._expired(it) for it in times.expiries]
        found: dict[tuple[Cause, Cause, bool], Clash] = {}
        for id in self._order:
            over = times.start[id] - times.latest.get(id, times.start[id])
            if over > 0:
                low, high = _root(id, times.low), _root(id, times.high)
                # all that is too late today for the same reason is one clash: the worst
                sure = id in self._chosen.sure
                key = Cause("today", "") if low.kind == "today" else low, high, sure
                known = found.get(key)
                if known is None or known.days < over:
                    found[key] = Clash(id, over, low, high, sure)
        return [*expired, *found.values()]

    def _expired(self, it: Expiry) -> Clash:
        cause = Cause("fresh", it.link.giver, it.link.user, it.link.need.evidence)
        return Clash(it.link.user, it.days, cause, cause, it.link.user in self._chosen.sure)

    def _costs(self, steps: list[Step]) -> Costs:
        unknown, again = [], []
        certain = [it for it in steps if it.state != "maybe" and it.prices]
        for it in certain:
            unknown += [(it.id, price) for price in it.prices if price.amount is None]
            again += [(it.id, price) for price in it.prices if price.per and price.amount]
        maybe = [price for it in steps if it.state == "maybe" for price in it.prices]
        known = total(price for it in certain for price in it.prices)
        return Costs(Decimal(known), tuple(unknown), tuple(again), Decimal(total(maybe)))


def _root(id: str, causes: Mapping[str, Cause]) -> Cause:
    """The first cause of a step's day: one that is a cause by itself."""
    met = {id}
    cause = causes[id]
    while cause.kind not in BY_ITSELF and cause.kind != "day":
        if cause.other in met or cause.other not in causes:
            break
        met.add(cause.other)
        cause = causes[cause.other]
    return cause
