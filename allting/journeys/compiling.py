"""From a package to the graph that plans are made on; once per edition."""

from collections.abc import Iterator
from dataclasses import dataclass

from allting.catalogue.api import (
    LIFE_EVENT,
    SERVICE,
    EvidenceKind,
    Service,
    evidence_in,
    plan_name,
    plan_questions,
    plan_vocabulary,
    possible_answers,
)
from allting.conditions.api import FactType, Vocabulary, bind
from allting.journeys.graph import EVIDENCE, GoalNode, Graph, Need, Node
from allting.journeys.lengths import NOTHING, plain_length
from allting.packages.api import Definition, Edition

BOTH_MUST = {"couple": "both-spouses"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question that plans may ask: its name in conditions, its answers if they can be told."""

    id: str
    name: str
    answers: tuple[object, ...] | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """All of a package that plans are made from."""

    graph: Graph
    goals: dict[str, tuple[GoalNode, ...]]  # by life event
    questions: dict[str, Question]  # by name, in the order of the file
    asks: dict[str, tuple[str, ...]]  # names by life event, those preferred first


def compiled(edition: Edition) -> Compiled:
    """The same for everyone who plans on an edition."""
    return edition.memo("journeys.compiled", lambda: compile_plans(edition.definition))


def compile_plans(definition: Definition) -> Compiled:
    """Bind every condition and tie services together. A checked package has no faults."""
    words = plan_vocabulary(definition)
    kinds = evidence_in(definition)
    nodes = [
        _node(id, it, kinds, words)
        for id, it in definition.all(SERVICE).items()
        if it.status != "closed"
    ]
    nodes += _evidence_alone(kinds, {given for node in nodes for given in node.gives})
    questions = {
        plan_name(id): Question(id, plan_name(id), possible_answers(it))
        for id, it in plan_questions(definition).items()
    }
    events = definition.all(LIFE_EVENT)
    goals = {id: tuple(_goals(definition, id, words)) for id in events}
    asks = {id: tuple(plan_name(it) for it in event.asks) for id, event in events.items()}
    return Compiled(Graph.of(nodes), goals, questions, asks)


def _node(id: str, it: Service, kinds: dict[str, EvidenceKind], words: Vocabulary) -> Node:
    time, window = it.processing_time, it.window
    length = plain_length((time.typical or time.legal) if time else None)
    return Node(
        id,
        tuple(_needs(it, kinds, words)),
        it.produces,
        NOTHING if length is None else length,
        length is not None,
        window.opens if window else None,
        window.closes if window else None,
        window.ends if window else None,
        it.asked_by,
        it.done_by is not None,
    )


def _needs(it: Service, kinds: dict[str, EvidenceKind], words: Vocabulary) -> Iterator[Need]:
    for need in it.requires:
        kind = kinds.get(need.evidence)
        condition = (
            bind(need.needed_if, words, expects=FactType.BOOLEAN) if need.needed_if else None
        )
        yield Need(
            need.evidence,
            need.at,
            condition,
            need.optional,
            plain_length(kind.valid_for) if kind else None,
        )


def _evidence_alone(kinds: dict[str, EvidenceKind], given: set[str]) -> Iterator[Node]:
    """Evidence of an authority that no service gives: a step of its own, of unknown length."""
    for id, kind in kinds.items():
        if id not in given and kind.issued_by and kind.issued_by.authority:
            yield Node(EVIDENCE + id, (), (id,), NOTHING, False, others=True)


def _goals(definition: Definition, life_event: str, words: Vocabulary) -> Iterator[GoalNode]:
    event = definition.one(LIFE_EVENT, life_event)
    for goal in event.services:
        wanted = bind(goal.wanted_if, words, expects=FactType.BOOLEAN) if goal.wanted_if else None
        yield GoalNode(goal.service, wanted, goal.by)
