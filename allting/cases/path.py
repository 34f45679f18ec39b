"""The way of a case through its stages, as the applicant sees it: behind, here, ahead."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from allting.cases.definitions import APPLICANT, DECIDE, PROPOSE, Process, Stage


@dataclass(frozen=True, slots=True)
class Station:
    """A stage on the way."""

    stage: Stage
    state: Literal["done", "now", "next"]
    since: date | None = None
    always: bool = True  # False: a case may go past it


def stations(process: Process, visited: Sequence[tuple[str, date]]) -> tuple[Station, ...]:
    """The path of a case that has come through `visited` (stage and day, the present one last).

    A stage come back to takes the loop out of what lies behind; ahead lies the usual way, and a
    stage that a case may be decided without says so.
    """
    behind: list[tuple[str, date]] = []
    for stage, day in visited:
        at = next((n for n, (known, _) in enumerate(behind) if known == stage), None)
        if at is not None:
            first = behind[at][1]
            behind[at:] = [(stage, first)]
        else:
            behind.append((stage, day))
    *done, (here, _) = behind
    return (
        *(Station(process.stage(stage), "done", day) for stage, day in done),
        Station(process.stage(here), "now", visited[-1][1]),
        *_to_come(process, here),
    )


def usual_way(process: Process) -> tuple[Station, ...]:
    """The stages of a case that goes straight on, from the first to the last."""
    first = process.stages[0]
    return (Station(first, "next"), *_to_come(process, first.id))


def _to_come(process: Process, here: str) -> Iterator[Station]:
    needed = _shortest(process, here, _ends(process))
    for stage in ahead(process, here):
        yield Station(process.stage(stage), "next", always=stage in needed)


def ahead(process: Process, here: str) -> tuple[str, ...]:
    """The stages still to come from `here` to a decision, `here` left out.

    It is the way that the table leads first, through the stages in their order; a proposal is
    between those who work, and not a step of its own. Where that leads nowhere, the shortest way
    on which no new step is asked of the applicant. Where no decision is on the way (the process
    has none), the nearest final stage ends it.
    """
    if process.stage(here).final:
        return ()
    ends = _ends(process)
    return _onward(process, here, ends) or _shortest(process, here, ends)


def _ends(process: Process) -> set[str]:
    decided = {m.to for m in process.moves if m.do == DECIDE and m.to}
    return decided or {s.id for s in process.stages if s.final}


def _onward(process: Process, here: str, ends: set[str]) -> tuple[str, ...]:
    """The stages that the first move of each leads to, never back; empty if it ends nowhere."""
    order = {stage.id: at for at, stage in enumerate(process.stages)}
    for move in process.leaving(here):
        to = move.to
        if not to or move.do == PROPOSE or move.who == APPLICANT or order[to] <= order[here]:
            continue
        if to in ends:
            return (to,)
        if waits_for(process, to) != APPLICANT and (rest := _onward(process, to, ends)):
            return (to, *rest)
    return ()


def _shortest(process: Process, here: str, ends: set[str]) -> tuple[str, ...]:
    ways: deque[tuple[str, ...]] = deque([(here,)])
    seen = {here}
    while ways:
        way = ways.popleft()
        if way[-1] in ends and len(way) > 1:
            return way[1:]
        for move in process.leaving(way[-1]):
            # from where the applicant must act, only the applicant's move leads on
            if move.to and move.to not in seen and _leads_on(process, way[-1], move.who):
                seen.add(move.to)
                ways.append((*way, move.to))
    return ()


def _leads_on(process: Process, stage: str, who: str) -> bool:
    return who != APPLICANT or waits_for(process, stage) == APPLICANT


def is_to_decide(process: Process, stage: str) -> bool:
    """Whether whom a case in `stage` waits for can decide it there."""
    row = process.move(stage, DECIDE)
    return row is not None and row.who == waits_for(process, stage)


def waits_for(process: Process, stage: str) -> str:
    """Whom a case in `stage` waits for: who makes the first move of the table that leaves it."""
    if process.stage(stage).final:
        return ""
    moving = (m.who for m in process.leaving(stage) if m.to and m.to != stage)
    return next(moving, "")
