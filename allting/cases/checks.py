"""What must agree in a process's table: names, stages that lead on, supplements, deadlines."""

from allting.cases.definitions import (
    APPLICANT,
    ASK_FOR_SUPPLEMENT,
    PROCESS,
    SUPPLEMENT,
    Deadline,
    Move,
)
from allting.cases.sheet import Sheet, process_check
from allting.packages.api import Definition, Report, cross_check, one_of


@process_check
def names_in_moves(sheet: Sheet) -> None:
    """Stages, roles and deadlines that the table names exist."""
    clocks = [deadline.id for deadline in sheet.process.deadlines]
    for n, move in enumerate(sheet.process.moves):
        for m, stage in enumerate(move.from_):
            sheet.exists(("moves", n, "from", m), "stage", stage, sheet.stages)
        if move.to is not None:
            sheet.exists(("moves", n, "to"), "stage", move.to, sheet.stages)
        sheet.exists(("moves", n, "who"), "role", move.who, sheet.roles)
        if move.restarts is not None:
            sheet.exists(("moves", n, "restarts"), "deadline", move.restarts, clocks)
        if move.extends is not None:
            sheet.exists(("moves", n, "extends"), "deadline", move.extends, clocks)


@process_check
def names_in_tasks(sheet: Sheet) -> None:
    """Stages, roles and moves that tasks name exist."""
    does = {move.do for move in sheet.process.moves}
    for n, task in enumerate(sheet.process.tasks):
        sheet.exists(("tasks", n, "at"), "stage", task.at, sheet.stages)
        sheet.exists(("tasks", n, "who"), "role", task.who, sheet.roles)
        for m, do in enumerate(task.before):
            sheet.exists(("tasks", n, "before", m), "move", do, does)


@process_check
def one_row_per_move(sheet: Sheet) -> None:
    """In a stage, one thing to do has one row: else nobody could say where it leads."""
    seen: dict[tuple[str, str], int] = {}
    for n, move in enumerate(sheet.process.moves):
        for stage in move.from_:
            if seen.setdefault((stage, move.do), n) != n:
                sheet.wrong(
                    ("moves", n),
                    f"'{move.do}' from '{stage}' stands in two rows of the table",
                    "one row for each move and stage",
                    "take the stage away from one of them, or give one another name",
                )


@process_check
def every_stage_is_on_a_way(sheet: Sheet) -> None:
    """Every stage can be reached, and leads to an end."""
    steps = _steps(sheet)
    final = {stage.id for stage in sheet.process.stages if stage.final}
    if not final:
        expected = "at least one stage with final: true"
        sheet.wrong(("stages",), "no stage is the last, so no case can ever end", expected)
        return
    reached = _closure({sheet.process.first.id}, steps)
    ending = _closure(final, {(b, a) for a, b in steps})
    for n, stage in enumerate(sheet.process.stages):
        if stage.id not in reached:
            sheet.wrong(
                ("stages", n),
                f"no case can come to the stage '{stage.id}'",
                f"a move that leads to it from '{sheet.process.first.id}' or a later stage",
            )
        elif stage.id not in ending:
            sheet.wrong(
                ("stages", n),
                f"a case that has come to '{stage.id}' can never end",
                f"moves that lead on to {one_of(sorted(final))}",
            )


def _steps(sheet: Sheet) -> set[tuple[str, str]]:
    known = set(sheet.stages)
    return {
        (stage, move.to)
        for move in sheet.process.moves
        for stage in move.from_
        if move.to is not None and {stage, move.to} <= known
    }


def _closure(start: set[str], steps: set[tuple[str, str]]) -> set[str]:
    found = set(start)
    while more := {b for a, b in steps if a in found} - found:
        found |= more
    return found


@process_check
def ends_are_ends(sheet: Sheet) -> None:
    """Nothing leads out of a final stage."""
    final = {stage.id for stage in sheet.process.stages if stage.final}
    for n, move in enumerate(sheet.process.moves):
        for m, stage in enumerate(move.from_):
            if stage in final and move.to not in (None, stage):
                sheet.wrong(
                    ("moves", n, "from", m),
                    f"'{move.do}' leads out of '{stage}', which is final",
                    "a stage that is not final, or a note that stays in it",
                )


@process_check
def supplements(sheet: Sheet) -> None:
    """Who is asked for more is told what, and can answer."""
    answered = {s for m in sheet.process.moves if m.do == SUPPLEMENT for s in m.from_}
    for n, move in enumerate(sheet.process.moves):
        if move.do == ASK_FOR_SUPPLEMENT:
            _asked(sheet, n, move, answered)
        if move.do == SUPPLEMENT and move.who != APPLICANT:
            what = "a supplement comes from the applicant"
            sheet.wrong(("moves", n, "who"), what, "who: applicant")


def _asked(sheet: Sheet, n: int, move: Move, answered: set[str]) -> None:
    if not move.letter:
        what = "nobody tells the applicant what is asked for"
        sheet.wrong(("moves", n), what, "letter: the letter that carries {message}")
    for stage in (move.to,) if move.to else move.from_:
        if stage not in answered:
            sheet.wrong(
                ("moves", n),
                f"the applicant cannot answer in '{stage}'",
                f"a move {{do: supplement, from: [{stage}], who: applicant, to: …}}",
            )


@process_check
def deadlines_begin(sheet: Sheet) -> None:
    """A deadline begins at the receipt, in a stage, or on a day that was answered."""
    dates = sheet.questions("date")
    answers = None if dates is None else [f"answers.{id}" for id in dates]
    for n, deadline in enumerate(sheet.process.deadlines):
        place = ("deadlines", n, "from")
        if deadline.from_.startswith("answers."):
            sheet.exists(place, "date question", deadline.from_, answers)
        else:
            sheet.exists(place, "stage", deadline.from_, [*sheet.stages, "received"])


@process_check
def extensions(sheet: Sheet) -> None:
    """An extension has a move that uses it, and the reverse."""
    used = {move.extends for move in sheet.process.moves}
    known: dict[str, Deadline] = {it.id: it for it in sheet.process.deadlines}
    for n, deadline in enumerate(sheet.process.deadlines):
        if deadline.extension and deadline.id not in used:
            what = f"no move extends '{deadline.id}', so it is never made longer"
            sheet.odd(("deadlines", n, "extension"), what, f"extends: {deadline.id} in a move")
    for n, move in enumerate(sheet.process.moves):
        extended = known.get(move.extends or "")
        if extended is not None and extended.extension is None:
            sheet.wrong(
                ("moves", n, "extends"),
                f"the deadline '{extended.id}' does not say how much longer it may be made",
                f"extension: a length of time, in the deadline '{extended.id}'",
            )


@cross_check
def forms_lead_somewhere(definition: Definition, report: Report) -> None:
    """What is submitted is taken care of: a service with a form has a process."""
    for service in definition.ids("form"):
        if service not in definition.ids(PROCESS):
            report.error(
                definition.at("form", service),
                f"nobody takes care of what is submitted to '{service}'",
                definition.file(PROCESS, service),
                "write the process, or take the form away",
            )
