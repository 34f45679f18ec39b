"""What may be done in a case: pure decisions over the process's table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allting.cases import deadlines
from allting.cases.definitions import APPLICANT, NOTE, TAKE, Move, OutcomeKind, Process

LONG = 6  # months, after which the party may ask for a decision (FL § 12)


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as its rules see it."""

    stage: str
    clocks: deadlines.Clocks = field(default_factory=dict)
    undone: frozenset[str] = frozenset()  # tasks that are still to be done


def moves_open_to(process: Process, standing: Standing, parts: Collection[str]) -> tuple[Move, ...]:
    """The moves that someone in one of `parts` (roles, or `applicant`) can make now."""
    moves = [
        move
        for move in process.leaving(standing.stage)
        if move.who in parts and deadlines.may_extend(move, standing.clocks)
    ]
    over = take_over(process, standing.stage)
    if over is not None and over.who in parts:
        moves.append(over)
    if not any(move.do == NOTE for move in moves):
        moves += [note_by(role, standing.stage) for role in sorted(set(parts) - {APPLICANT})[:1]]
    return tuple(moves)


def note_by(role: str, stage: str) -> Move:
    """The row that needs not stand in the table: whoever works with a case may note what matters
    (FL § 27)."""
    return Move(do=NOTE, from_=(stage,), who=role)


def take_over(process: Process, stage: str) -> Move | None:
    """The row that needs not stand in the table: a case that a colleague has taken, and cannot go
    on with, is taken by another of the role that takes cases."""
    if process.stage(stage).final or process.move(stage, TAKE) is not None:
        return None
    who = next((move.who for move in process.moves if move.do == TAKE), None)
    return Move(do=TAKE, from_=(stage,), who=who) if who else None


def tasks_before(process: Process, standing: Standing, do: str) -> tuple[str, ...]:
    """The tasks that must be done before `do`, and are not."""
    return tuple(t.id for t in process.tasks if t.id in standing.undone and do in t.before)


def tasks_in(process: Process, stage: str) -> tuple[str, ...]:
    """The tasks that a case meets when it comes to `stage`."""
    return tuple(t.id for t in process.tasks if t.at == stage)


def needs_reason(outcome: OutcomeKind) -> bool:
    """Whether the decision must say why: it must unless all that was asked for is granted
    (FL § 32)."""
    return not outcome.granted


def parts_of(process: Process) -> frozenset[str]:
    """The roles that have something to do in this process."""
    roles = {move.who for move in process.moves} | {task.who for task in process.tasks}
    return frozenset(roles - {APPLICANT})


def may_ask_for_decision(received: date, as_of: date, open_: bool) -> bool:
    """Whether the party may demand that the case is decided: after six months (FL § 12).

    >>> may_ask_for_decision(date(2026, 1, 15), date(2026, 7, 14), True)
    False
    >>> may_ask_for_decision(date(2026, 1, 15), date(2026, 7, 15), True)
    True
    """
    return open_ and as_of >= deadlines.months_after(received, LONG)


def prefilled(
    outcome: OutcomeKind, answers: Mapping[str, Any], wishes: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """What a decision asks, as the application answered it: the answer of the same id, and for a
    unit the first that was wished for. `wishes` are unit ids by kind of unit."""
    found = {}
    for ask in outcome.asks:
        answer = answers.get(ask.id)
        if isinstance(answer, list):
            answer = answer[0] if answer else None
        if answer is None and ask.units is not None:
            answer = next(iter(wishes.get(ask.units, ())), None)
        if answer is not None:
            found[ask.id] = answer
    return found
