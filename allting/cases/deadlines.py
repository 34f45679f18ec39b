"""When a case must be ready: pure sums over the process's deadlines.

A case keeps one clock per deadline: the day it began, and whether it has been made longer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from allting.cases.definitions import Deadline, Move, Process
from allting.packages.api import Duration

RECEIVED = "received"
ANSWER = "answers."
NEVER = date(9999, 12, 31)  # sorts last: a case that the law gives no time


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline's time in one case."""

    began: date
    extended: bool = False


Clocks = Mapping[str, Clock]


def clocks_at_receipt(process: Process, received: date, answers: Mapping[str, Any]) -> Clocks:
    """The clocks that begin when a case is received."""
    begun: dict[str, Clock] = {}
    for deadline in process.deadlines:
        day = _beginning(deadline, received, answers)
        if day is not None:
            begun[deadline.id] = Clock(day)
    return clocks_in_stage(process, begun, process.first.id, received)


def _beginning(deadline: Deadline, received: date, answers: Mapping[str, Any]) -> date | None:
    if deadline.from_ == RECEIVED:
        return received
    if deadline.from_.startswith(ANSWER):
        answer = answers.get(deadline.from_.removeprefix(ANSWER))
        return as_date(answer)
    return None


def as_date(value: Any) -> date | None:
    """A date, or a date's ISO text as answers are stored; None for anything else.

    >>> as_date("2027-01-10"), as_date("soon")
    (datetime.date(2027, 1, 10), None)
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def clocks_in_stage(process: Process, clocks: Clocks, stage: str, today: date) -> Clocks:
    """The clocks when a case comes to `stage`: a deadline from there begins the first time."""
    begun = {
        d.id: Clock(today) for d in process.deadlines if d.from_ == stage and d.id not in clocks
    }
    return {**clocks, **begun}


def clocks_after(
    process: Process, clocks: Clocks, move: Move, today: date, asked: date | None
) -> Clocks:
    """The clocks after `move`: begun anew or made longer where the table says so.

    `asked` is the day on which the supplement that now comes in was asked for.
    """
    if move.extends and move.extends in clocks:
        clocks = {**clocks, move.extends: replace(clocks[move.extends], extended=True)}
    if move.restarts and _restarts(process.deadline(move.restarts), clocks, asked):
        clocks = {**clocks, move.restarts: Clock(today)}
    return clocks


def _restarts(deadline: Deadline, clocks: Clocks, asked: date | None) -> bool:
    clock = clocks.get(deadline.id)
    if deadline.restart_within is None or clock is None or asked is None:
        return True
    return asked <= deadline.restart_within.after(clock.began)


def may_extend(move: Move, clocks: Clocks) -> bool:
    """Whether a move that makes a time longer may be made: it may once, of a time that runs."""
    if move.extends is None:
        return True
    clock = clocks.get(move.extends)
    return clock is not None and not clock.extended


def last_day(deadline: Deadline, clock: Clock) -> date:
    """The last day of one deadline; a weekend does not move it, for it is our own promise."""
    day = deadline.within.after(clock.began)
    return deadline.extension.after(day) if clock.extended and deadline.extension else day


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month."""
    return Duration(months=months).after(day)


def due(process: Process, clocks: Clocks) -> date:
    """When the case is due: the earliest of its deadlines, or NEVER."""
    return min(
        (last_day(d, clocks[d.id]) for d in process.deadlines if d.id in clocks), default=NEVER
    )


def pressing(process: Process, clocks: Clocks) -> Deadline | None:
    """The deadline that makes the case due."""
    running = [d for d in process.deadlines if d.id in clocks]
    return min(running, key=lambda d: last_day(d, clocks[d.id]), default=None)


def to_json(clocks: Clocks) -> dict[str, list[Any]]:
    """The clocks as the case's row keeps them."""
    return {id: [clock.began.isoformat(), clock.extended] for id, clock in clocks.items()}


def from_json(kept: Mapping[str, list[Any]]) -> Clocks:
    """What `to_json` gave.

    >>> from_json(to_json({"offer": Clock(date(2026, 11, 1))}))
    {'offer': Clock(began=datetime.date(2026, 11, 1), extended=False)}
    """
    return {id: Clock(date.fromisoformat(began), ext) for id, (began, ext) in kept.items()}
