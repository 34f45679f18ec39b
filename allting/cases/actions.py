"""The verbs of a case. `do` is the one for the table of moves; the table is in the package."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from allting.cases import deadlines, effects, guards
from allting.cases.definitions import (
    ASK_FOR_SUPPLEMENT,
    DECIDE,
    NOTE,
    PROPOSE,
    SUPPLEMENT,
    TAKE,
    Move,
    Process,
)
from allting.cases.errors import NotNow, Overtaken
from allting.cases.establishing import keep_closed
from allting.cases.events import CaseMoved
from allting.cases.models import Case, CaseEvent, Supplement, Task
from allting.cases.path import is_to_decide, waits_for
from allting.cases.processes import process_of
from allting.cases.rules import note_by, take_over, tasks_in
from allting.cases.steps import Done, Given, Step
from allting.identity.api import Actor
from allting.kernel.api import SWEDEN, announce, now, write
from allting.ui.api import later

NOTHING_GIVEN = Given()


def do(
    actor: Actor,
    case_id: int,
    move: str,
    *,
    seen_stage: str,
    seen_version: int | None = None,
    given: Given = NOTHING_GIVEN,
) -> Done:
    """Make a move in a case, as the person who saw it in `seen_stage` (and `seen_version`).

    Safe to press twice: the second time nothing is done and the first result is told again.
    Raises PermissionDenied; Overtaken if somebody else was first; NotNow; Incomplete.
    """
    with write():
        case = _held(case_id)
        process = process_of(case.edition, case.service)
        row = process.move(seen_stage, move)
        if row is None and move == NOTE:
            roles = guards.roles_in(actor, case, process)
            row = note_by(min(roles), seen_stage)
        if row is None and move == TAKE:
            row = take_over(process, seen_stage)
        who = guards.part_in(actor, case, process, row)
        if _made_already(actor, case, move, seen_stage, seen_version, given):
            return Done(case.number, case.stage, repeated=True)
        _must_be_as_seen(case, seen_stage, seen_version)
        if row is None:
            raise NotNow(later("That cannot be done in this stage of the case."))
        _must_be_ready(case, process, row)
        step = Step(case, process, row, actor, given, now())
        asked = _asked_on(case) if row.restarts else None
        effects.apply(step)
        _advance(step, who, asked)
    return Done(case.number, case.stage)


def _held(case_id: int) -> Case:
    """The case's row, which nobody else can change before this transaction ends.

    SQLite has no row locks and needs none: `write()` lets one transaction in at a time.
    """
    found = Case.objects.select_for_update().filter(pk=case_id).first()
    if found is None:
        raise PermissionDenied
    return found


def _made_already(
    actor: Actor, case: Case, move: str, stage: str, version: int | None, given: Given
) -> bool:
    last = CaseEvent.objects.filter(case=case).order_by("-id").first()
    if last is None or (last.account, last.move, last.from_stage) != (actor.account, move, stage):
        return False
    if last.from_stage != last.to_stage:
        return case.stage == last.to_stage and version in (None, last.version - 1)
    # a note, or another move that stays: the same words within the same version
    said = last.text == given.text.strip()
    return said and version in (None, case.version, last.version - 1)


def _must_be_as_seen(case: Case, stage: str, version: int | None) -> None:
    if case.stage == stage and version in (None, case.version):
        return
    last = CaseEvent.objects.filter(case=case).order_by("-id").first()
    if last and last.name:
        sentence = later(
            "{name} has already done something else with this case. Look at it as it is now."
        )
        raise Overtaken(sentence, name=last.name)
    raise Overtaken(later("The case has changed since you opened it. Look at it as it is now."))


def _must_be_ready(case: Case, process: Process, row: Move) -> None:
    if not deadlines.may_extend(row, deadlines.from_json(case.clocks)):
        raise NotNow(later("The time has already been made longer once; it cannot be again."))
    needed = [task.id for task in process.tasks if row.do in task.before]
    if needed and Task.objects.filter(case=case, kind__in=needed, done_at=None).exists():
        raise NotNow(later("A task that must come first is not done yet."))


def _asked_on(case: Case) -> date | None:
    asked = Supplement.objects.filter(case=case, answered_at=None).first()
    return asked.asked_at.astimezone(SWEDEN).date() if asked else None


def _advance(step: Step, who: str, asked: date | None) -> None:
    """Write where the case now stands, and that it came there."""
    case, row = step.case, step.row
    was_open, before, after = case.open, case.stage, row.to or case.stage
    clocks = deadlines.clocks_after(
        step.process, deadlines.from_json(case.clocks), row, step.today, asked
    )
    if after != before:
        clocks = deadlines.clocks_in_stage(step.process, clocks, after, step.today)
        start_tasks(case.id, step.process, after, step.moment)
    if row.do != NOTE:
        _standing(case, step.process, after, clocks)
        _handled(step)
        case.version += 1
        case.save()
        if was_open and not case.open:
            keep_closed(case, step.moment)
    _record(step, who, before, after)
    announce(CaseMoved(case.id, case.number, row.do, before, after, step.moment))


def _standing(case: Case, process: Process, stage: str, clocks: deadlines.Clocks) -> None:
    case.stage = stage
    case.clocks = deadlines.to_json(clocks)
    case.due = deadlines.due(process, clocks)
    case.waits_for = waits_for(process, stage)
    case.to_decide = is_to_decide(process, stage)
    case.open = not process.stage(stage).final


def _handled(step: Step) -> None:
    """Whoever works first with a case that nobody has taken, has taken it."""
    first_work = (TAKE, PROPOSE, ASK_FOR_SUPPLEMENT)
    if step.case.handler is None and step.row.do in first_work:
        step.case.handler, step.case.handler_name = step.actor.account, step.actor.name


def _record(step: Step, who: str, before: str, after: str) -> None:
    # the words of an answer, a proposal and a decision stand in their own rows
    elsewhere = (SUPPLEMENT, PROPOSE, DECIDE)
    CaseEvent.objects.create(
        case=step.case,
        at=step.moment,
        move=step.row.do,
        account=step.actor.account,
        name=step.actor.name,
        part=who,
        from_stage=before,
        to_stage=after,
        version=step.case.version,
        text="" if step.row.do in elsewhere else step.given.text.strip(),
    )


def start_tasks(case_id: int, process: Process, stage: str, moment: datetime) -> None:
    """The tasks that a case meets in `stage`, once each."""
    kinds = tasks_in(process, stage)
    if kinds:
        Task.objects.bulk_create(
            [Task(case_id=case_id, kind=kind, since=moment) for kind in kinds],
            ignore_conflicts=True,
        )


def finish_task(actor: Actor, case_id: int, kind: str) -> None:
    """Mark a task as done. Doing it again changes nothing. Raises PermissionDenied."""
    with write():
        case = _held(case_id)
        process = process_of(case.edition, case.service)
        task = next((task for task in process.tasks if task.id == kind), None)
        if task is None or task.who not in guards.roles_in(actor, case, process):
            raise PermissionDenied
        done = Task.objects.filter(case=case, kind=kind, done_at=None).update(
            done_at=now(), done_by=actor.name
        )
        if done:
            CaseEvent.objects.create(
                case=case,
                at=now(),
                move=f"task:{kind}",
                account=actor.account,
                name=actor.name,
                part=task.who,
                from_stage=case.stage,
                to_stage=case.stage,
                version=case.version,
            )
