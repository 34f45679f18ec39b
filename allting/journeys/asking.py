"""What to ask, and what an answer would change: each answer is tried, and the plans compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from allting.journeys.choosing import Asked, Chooser
from allting.journeys.compiling import Compiled, Question
from allting.journeys.graph import Graph
from allting.journeys.parts import Plan
from allting.journeys.rules import plan

PLAN = "plan."


@dataclass(frozen=True, slots=True)
class Change:
    """What another answer to one question would do to a plan."""

    question: str
    answer: object
    added: tuple[str, ...]
    removed: tuple[str, ...]
    settled: tuple[str, ...]  # steps that may be needed, and then certainly are
    days: int | None  # how much later, or earlier (negative), all is done
    clashes: int  # how many more clashes


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What is left to ask, and which steps there are, if a question gets an answer."""

    open: frozenset[str]
    sure: frozenset[str]
    maybe: frozenset[str]


def to_ask(
    compiled: Compiled, life_event: str, asked: Asked, passed: Iterable[str] = ()
) -> tuple[str, ...]:
    """The questions whose answers matter now, the one to ask next first.

    Next is the one after which the fewest are left to ask, at worst; then on the whole; then the
    one that changes the plan most; then the one that the life event prefers. Those in `passed`,
    which the person does not know, come no more.
    """
    now = _outlook(compiled.graph, asked)
    order = (*compiled.asks.get(life_event, ()), *compiled.questions)
    place = {name: n for n, name in reversed(list(enumerate(order)))}
    names = [name for name in now.open if name in compiled.questions and name not in set(passed)]
    if len(names) <= 1:
        return tuple(names)
    scores = {name: _score(compiled, asked, name, now) for name in names}
    return tuple(sorted(names, key=lambda name: (*scores[name], place[name])))


def _score(compiled: Compiled, asked: Asked, name: str, now: _Outlook) -> tuple[int, int, int]:
    answers = compiled.questions[name].answers
    if answers is None:  # a day or a number: what it changes cannot be told beforehand
        return len(now.open), len(now.open), 0
    after = [_outlook(compiled.graph, _answered(asked, name, it)) for it in answers]
    left = [len(it.open) for it in after]
    changes = sum(len(it.sure ^ now.sure) + len(it.maybe ^ now.maybe) for it in after)
    return max(left), sum(left), -changes


def _outlook(graph: Graph, asked: Asked) -> _Outlook:
    found = Chooser(graph, asked, frozenset()).choose()
    names = frozenset(name for name in found.missing if name.startswith(PLAN))
    return _Outlook(names, frozenset(found.sure), frozenset(found.maybe))


def _answered(asked: Asked, name: str, value: object) -> Asked:
    return replace(asked, values={**asked.values, name: value})


def changes(compiled: Compiled, life_event: str, asked: Asked, made: Plan) -> tuple[Change, ...]:
    """Every single answer that would make another plan, question by question.

    Only of what the life event asks or somebody has answered: a condition may name what another
    life event asks, and say what holds where nobody does.
    """
    answered = (name for name in compiled.questions if name in asked.values)
    names = dict.fromkeys((*compiled.asks.get(life_event, ()), *answered))  # each once, in order
    questions = [compiled.questions[name] for name in names if name in made.names]
    return tuple(it for question in questions for it in _changes(compiled, asked, made, question))


def _changes(compiled: Compiled, asked: Asked, made: Plan, question: Question) -> Iterator[Change]:
    for value in question.answers or ():
        if asked.values.get(question.name) == value:
            continue
        other = plan(compiled.graph, _answered(asked, question.name, value))
        change = _between(made, other, question.name, value)
        if change.added or change.removed or change.settled or change.clashes:
            yield change


def _between(made: Plan, other: Plan, name: str, value: object) -> Change:
    before, after = _states(made), _states(other)
    return Change(
        name,
        value,
        tuple(id for id, state in after.items() if id not in before and state != "maybe"),
        tuple(id for id in before if id not in after),
        tuple(id for id, state in after.items() if state != "maybe" and before.get(id) == "maybe"),
        _days(made.ready, other.ready),
        len(other.clashes) - len(made.clashes),
    )


def _states(made: Plan) -> Mapping[str, str]:
    return {step.id: step.state for step in made.steps}


def _days(before: date | None, after: date | None) -> int | None:
    return (after - before).days if before and after else None
