"""Services as planning sees them: compiled once per edition, tied together by evidence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from allting.catalogue.api import AskedBy, Offset
from allting.conditions.api import Bound
from allting.journeys.lengths import NOTHING, Length

At = Literal["application", "decision", "event"]
EVIDENCE = "evidence:"  # the id of a step that is no service: an evidence that somebody else gives


class Circle(ValueError):
    """Steps wait for each other; the message names them."""


@dataclass(frozen=True, slots=True)
class Need:
    """An evidence that a step asks for. `valid`: how long it lives once it is given."""

    evidence: str
    at: At = "application"
    needed_if: Bound | None = None
    optional: bool = False
    valid: Length | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A service, or an evidence that is not worth a service of its own."""

    id: str
    needs: tuple[Need, ...] = ()
    gives: tuple[str, ...] = ()
    length: Length = NOTHING
    length_known: bool = True
    opens: Offset | None = None
    closes: Offset | None = None
    ends: Offset | None = None
    who: AskedBy = "applicant"
    others: bool = False  # done by others than the municipality


@dataclass(frozen=True, slots=True)
class Graph:
    """Every node, who gives each evidence, and an order in which none comes before its givers."""

    nodes: Mapping[str, Node]
    givers: Mapping[str, tuple[str, ...]]
    rank: Mapping[str, int]
    place: Mapping[str, int] = field(default_factory=dict)  # order in the file

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> "Graph":
        """Tie nodes together; raises Circle where they wait for each other."""
        known = {node.id: node for node in nodes}
        givers: dict[str, tuple[str, ...]] = {}
        for node in known.values():
            for evidence in node.gives:
                givers[evidence] = (*givers.get(evidence, ()), node.id)
        order = TopologicalSorter({id: _before(node, givers) for id, node in known.items()})
        try:
            rank = {id: n for n, id in enumerate(order.static_order())}
        except CycleError as error:
            ring = " → ".join(reversed(error.args[1]))
            raise Circle(f"steps wait for each other in a circle: {ring}") from None
        return cls(known, givers, rank, {id: n for n, id in enumerate(known)})


def _before(node: Node, givers: Mapping[str, tuple[str, ...]]) -> list[str]:
    waits = (need.evidence for need in node.needs if need.at != "event")
    return [giver for evidence in waits for giver in givers.get(evidence, ())]


@dataclass(frozen=True, slots=True)
class GoalNode:
    """A service that is aimed at: of whom, and by when."""

    service: str
    wanted_if: Bound | None = None
    by: Offset | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An evidence that is there already, until when, and the service that gave it."""

    until: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Underway:
    """A service that has been asked for and is not done: since when."""

    since: int


@dataclass(frozen=True, slots=True)
class Price:
    """One cost of a step; None where it cannot be known yet."""

    id: str
    amount: object | None  # a Decimal
    per: str | None = None


Prices = Callable[[str], tuple[Price, ...]]


def free(service: str) -> tuple[Price, ...]:
    """Prices where none are known of."""
    return ()
