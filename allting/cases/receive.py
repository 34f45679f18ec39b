"""A submission becomes a case: once, in the transaction of the submission."""

from datetime import date
from typing import Any

from allting.cases import deadlines
from allting.cases.actions import start_tasks
from allting.cases.automatic import BoundRule, Ruled, first_ruled
from allting.cases.deciding import write_decision
from allting.cases.definitions import DECIDE, Process
from allting.cases.events import CaseOpened
from allting.cases.known import SYSTEM, system_actor, values_in
from allting.cases.letters import promise
from allting.cases.models import Case, CaseEvent
from allting.cases.path import is_to_decide, waits_for
from allting.cases.processes import automatic_of, process_of, unit_names
from allting.catalogue.api import board, service
from allting.forms.api import FormSubmitted
from allting.kernel.api import SWEDEN, announce, next_number
from allting.packages.api import Edition, edition
from allting.register.api import Errand


def receive(event: FormSubmitted) -> Case:
    """The case of a submission; the one there is, if it has one already."""
    known = Case.objects.filter(submission=event.submission).first()
    if known is not None:
        return known
    held = edition(event.edition)
    process = process_of(event.edition, event.service)
    day = event.submitted_at.astimezone(SWEDEN).date()
    ruled = automatic_decision(held, process, event, day)
    case = _opened(held, process, event, day)
    _came_in(case, event)
    if ruled is not None:
        _decide(case, process, ruled, event)
    else:
        start_tasks(case, process, case.stage, event.submitted_at)
        if process.confirmation:
            occasion = f"{case.number}/received"
            promise(case, process.confirmation, occasion, at=event.submitted_at)
    return case


def _opened(held: Edition, process: Process, event: FormSubmitted, day: date) -> Case:
    clocks = deadlines.clocks_at_receipt(process, day, event.answers)
    owner = board(held, service(held, event.service).board)
    # the number is taken last: others wait for it until this transaction ends
    number = next_number(owner.series, day.year)
    return Case.objects.create(
        number=f"{owner.series}-{day.year}-{number:06d}",
        edition=event.edition,
        service=event.service,
        board=owner.id,
        applicant=event.applicant,
        subject=event.subject,
        language=event.language,
        submission=event.submission,
        stage=process.first.id,
        waits_for=waits_for(process, process.first.id),
        to_decide=is_to_decide(process, process.first.id),
        received_at=event.submitted_at,
        due=deadlines.due(process, clocks),
        clocks=deadlines.to_json(clocks),
        open=not process.first.final,
    )


def _came_in(case: Case, event: FormSubmitted) -> None:
    CaseEvent.objects.create(
        case=case,
        at=event.submitted_at,
        move="received",
        part="applicant",
        to_stage=case.stage,
        version=case.version,
    )
    announce(
        CaseOpened(
            case=case.id,
            number=case.number,
            service=case.service,
            board=case.board,
            applicant=case.applicant,
            subject=case.subject,
            submission=case.submission,
            at=event.submitted_at,
        )
    )


def automatic_decision(
    held: Edition, process: Process, event: FormSubmitted, day: date
) -> Ruled | None:
    """What a rule of the package decides at once (FL § 28), or None: then a person does."""
    rules = automatic_of(held, event.service)
    if not rules:
        return None
    values = _values(held, event, rules, day)
    return first_ruled(process, rules, values, day, lambda kind: unit_names(held.id, kind))


def _values(
    held: Edition, event: FormSubmitted, rules: tuple[BoundRule, ...], day: date
) -> dict[str, Any]:
    owner = service(held, event.service).board
    return values_in(
        system_actor(owner, "Automatic decision"),
        held,
        service=event.service,
        errand=Errand(owner),
        applicant=event.applicant,
        subject=event.subject,
        answers=event.answers,
        names={name for rule in rules for name in rule.names},
        as_of=day,
        purpose="automatic decision",
    )


def _decide(case: Case, process: Process, ruled: Ruled, event: FormSubmitted) -> None:
    row = next((m for m in process.moves if m.do == DECIDE and m.to), None)
    if row is None or row.to is None:
        raise LookupError(f"{case.service}: a rule decides, but no move `decide` leads anywhere")
    said = ruled.rule.reason
    reason = said.pick(case.language)[1] if said else ""
    write_decision(case, ruled.outcome, ruled.values, reason, by=None, at=event.submitted_at)
    before, case.stage = case.stage, row.to
    case.version += 1
    case.open = not process.stage(case.stage).final
    case.waits_for = waits_for(process, case.stage)
    case.to_decide = False
    case.save()
    CaseEvent.objects.create(
        case=case,
        at=event.submitted_at,
        move=DECIDE,
        part=SYSTEM,
        from_stage=before,
        to_stage=case.stage,
        version=case.version,
    )
