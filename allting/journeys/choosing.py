"""Which steps a plan has, and why: from the goals back, through what each step asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from allting.catalogue.api import Offset
from allting.conditions.api import Bound, answer
from allting.journeys.graph import GoalNode, Graph, Held, Need, Node, Price, Prices, Underway, free
from allting.journeys.lengths import done

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a plan is made from, beside the graph."""

    goals: tuple[GoalNode, ...]
    as_of: date
    event: date | None = None
    values: Values = field(default_factory=dict)
    held: Mapping[str, Held] = field(default_factory=dict)
    underway: Mapping[str, Underway] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    prices: Prices = free
    barred: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # service: conditions


class Link(NamedTuple):
    """`user` asks for what `giver` gives; sure: for certain, not perhaps."""

    giver: str
    user: str
    need: Need
    sure: bool


class Having(NamedTuple):
    """`user` asks for what is there already."""

    user: str
    need: Need
    held: Held


class Choice(NamedTuple):
    """Several give the same evidence: the one that was taken, and the others that can be used.

    `barred`: those that this person may not use, each with the conditions that do not hold. Where
    none may be used, the one that was taken is among them.
    """

    evidence: str
    taken: str
    others: tuple[str, ...]
    barred: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class Chosen:
    """The steps of a plan before they have days. `sure` and `maybe`: step → the goal it is for."""

    sure: dict[str, str] = field(default_factory=dict)
    maybe: dict[str, str] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    have: list[Having] = field(default_factory=list)
    nobody: list[tuple[str, Need]] = field(default_factory=list)
    choices: dict[str, Choice] = field(default_factory=dict)
    by: dict[str, Offset] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)  # facts whose absence leaves doubt
    names: dict[str, None] = field(default_factory=dict)  # facts that were asked for


class Chooser:
    """Follows evidence from goals to givers; each step is met once."""

    def __init__(self, graph: Graph, asked: Asked, expired: frozenset[str]) -> None:
        self._graph, self._asked = graph, asked
        self._held = {it: held for it, held in asked.held.items() if it not in expired}
        self._soonest: dict[str, int] = {}
        self._wanted: frozenset[str] = frozenset()
        self.found = Chosen()

    def choose(self) -> Chosen:
        """The steps, those that are certain first."""
        certain, doubtful = self._goals()
        self._wanted = frozenset(certain)
        doubts: list[tuple[str, Need]] = []
        self._follow(certain, self.found.sure, doubts)
        first = [id for id in doubtful if id not in self.found.sure]
        for user, need in doubts:
            self._meet(user, need, self.found.sure[user], False, self.found.maybe, first)
        self._follow(first, self.found.maybe, None)
        return self.found

    def _goals(self) -> tuple[list[str], list[str]]:
        certain: list[str] = []
        doubtful: list[str] = []
        for goal in self._asked.goals:
            state = self._ask(goal.wanted_if) if goal.wanted_if else "yes"
            if state == "no" or goal.service not in self._graph.nodes:
                continue
            if goal.by:
                self.found.by[goal.service] = goal.by
            if self._reached(goal.service):
                self.found.done[goal.service] = goal.service
            else:
                (certain if state == "yes" else doubtful).append(goal.service)
        return certain, doubtful

    def _reached(self, id: str) -> bool:
        """Whether a goal is behind us: it is done, or all that it gives is held."""
        gives = self._graph.nodes[id].gives
        return id in self._asked.done or (bool(gives) and all(it in self._held for it in gives))

    def _follow(
        self, roots: Iterable[str], into: dict[str, str], doubts: list[tuple[str, Need]] | None
    ) -> None:
        """Every step that `roots` lead to. Doubts are kept for later, or followed at once."""
        waiting = list(roots)
        for id in waiting:
            into.setdefault(id, id)
        nodes, underway = self._graph.nodes, self._asked.underway
        for id in waiting:  # grows while it is walked
            for need in nodes[id].needs:
                if id in underway and need.at == "application":
                    continue
                if need.needed_if is not None:
                    state = self._ask(need.needed_if)
                    if state == "no":
                        continue
                    sure = state == "yes"
                else:
                    sure = not need.optional
                if doubts is not None and not sure:
                    doubts.append((id, need))
                else:
                    self._meet(id, need, into[id], sure, into, waiting)

    def _meet(
        self,
        user: str,
        need: Need,
        goal: str,
        sure: bool,
        into: dict[str, str],
        waiting: list[str],
    ) -> None:
        """Let a need be met: by what is held, by a step that is there, or by a new one."""
        found = self.found
        held = self._held.get(need.evidence)
        if held is not None:
            found.have.append(Having(user, need, held))
            if held.by in self._graph.nodes:
                found.done.setdefault(held.by, goal)
            return
        giver = self._giver(need.evidence)
        if giver is None:
            found.nobody.append((user, need))
            return
        found.links.append(Link(giver, user, need, sure))
        if giver not in found.sure and giver not in into:
            into[giver] = goal
            waiting.append(giver)

    def _giver(self, evidence: str) -> str | None:
        givers = self._graph.givers.get(evidence, ())
        if len(givers) <= 1:
            return givers[0] if givers else None
        known = self.found.choices.get(evidence)
        if known is None:
            usable, barred = self._usable(evidence), self._asked.barred
            taken = min(usable, key=self._preference)
            others = tuple(it for it in usable if it != taken)
            no = tuple((it, barred[it]) for it in givers if it in barred)
            known = self.found.choices[evidence] = Choice(evidence, taken, others, no)
        return known.taken

    def _usable(self, evidence: str) -> tuple[str, ...]:
        """Those that give it and that this person may use; all of them where they may use none."""
        givers = self._graph.givers.get(evidence, ())
        barred = self._asked.barred
        if not barred or len(givers) <= 1:
            return givers
        # what is begun has been taken in: whether it was theirs to ask for is for its decision
        begun = self._asked.underway
        return tuple(it for it in givers if it not in barred or it in begun) or givers

    def _preference(self, id: str) -> tuple[Any, ...]:
        """Begun first, then what is wanted anyway, earliest done, cheapest, first in the file."""
        prices = self._asked.prices(id)
        return (
            id not in self._asked.underway,
            id not in self._wanted,
            self._done_by(id),
            any(price.amount is None for price in prices),
            total(prices),
            self._graph.place[id],
        )

    def _ask(self, bound: Bound) -> str:
        state, missing = answer(bound, self._asked.values, as_of=self._asked.as_of)
        self.found.names.update(dict.fromkeys(bound.names))
        self.found.missing.update(dict.fromkeys(missing))
        return state

    def _done_by(self, id: str) -> int:
        """The earliest day a step can be done, with all that it certainly needs."""
        known, rank = self._soonest, self._graph.rank
        if id not in known:
            for each in sorted(self._ancestors(id), key=rank.__getitem__):
                known[each] = self._finish(self._graph.nodes[each])
        return known[id]

    def _ancestors(self, id: str) -> set[str]:
        met, waiting = {id}, [id]
        while waiting:
            for need in self._binding(self._graph.nodes[waiting.pop()]):
                new = [
                    it
                    for it in self._usable(need.evidence)
                    if it not in met and it not in self._soonest
                ]
                met.update(new)
                waiting += new
        return met

    def _binding(self, node: Node) -> list[Need]:
        """The needs that certainly decide when a step can be done."""
        begun = node.id in self._asked.underway
        return [
            need
            for need in node.needs
            if need.at != "event"
            and not need.optional
            and need.evidence not in self._held
            and not (begun and need.at == "application")
            and (need.needed_if is None or self._ask_quietly(need.needed_if) == "yes")
        ]

    def _ask_quietly(self, bound: Bound) -> str:
        return answer(bound, self._asked.values, as_of=self._asked.as_of)[0]

    def _finish(self, node: Node) -> int:
        today = self._asked.as_of.toordinal()
        begun = self._asked.underway.get(node.id)
        if begun is None and node.opens and self._asked.event:
            start = max(today, node.opens.day(self._asked.event).toordinal())
        else:
            start = begun.since if begun else today
        end = today
        for need in self._binding(node):
            givers = self._usable(need.evidence)
            given = min((self._soonest[it] for it in givers), default=today)
            if need.at == "application":
                start = max(start, given)
            end = max(end, given)
        return max(end, done(start, node.length))


def total(prices: Iterable[Price]) -> Any:
    """What is paid once, as far as it is known."""
    return sum((it.amount for it in prices if it.amount is not None and it.per is None), start=0)  # type: ignore[misc]
