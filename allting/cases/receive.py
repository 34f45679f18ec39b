"""A submission becomes a case: once, in the transaction of the submission."""

from datetime import date
from typing import Any

from django.db import transaction

from allting.cases import deadlines
from allting.cases.actions import start_tasks
from allting.cases.automatic import BoundRule, Ruled, first_ruled, left_to_try
from allting.cases.deciding import write_decision
from allting.cases.definitions import APPLICANT, DECIDE, Process
from allting.cases.errors import Incomplete
from allting.cases.establishing import keep_closed, keep_declared
from allting.cases.events import CaseOpened
from allting.cases.known import SYSTEM, system_actor, values_in
from allting.cases.letters import promise
from allting.cases.models import Case, CaseEvent
from allting.cases.path import is_to_decide, waits_for
from allting.cases.processes import automatic_of, process_of, unit_names
from allting.catalogue.api import Board, board, parameters_of, service, services
from allting.forms.api import FormSubmitted, answers_as_values
from allting.kernel.api import SWEDEN, add, announce, insert, next_number, rows
from allting.packages.api import Edition, edition
from allting.register.api import Errand

ABOUT = "about.service"  # in the same: the service that a question is about
OFFER = "offer.situation"  # in what is known beside the answers, where an offer was accepted
_KNOWN = "SELECT id FROM cases_case WHERE submission = %s"


def receive(event: FormSubmitted) -> int:
    """The case of a submission, by its id; the one there is, if it has one already."""
    known = rows(_KNOWN, [event.submission])
    if known:
        return int(known[0][0])
    held = edition(event.edition)
    process = process_of(event.edition, event.service)
    day = event.came_on or event.submitted_at.astimezone(SWEDEN).date()
    ruled = automatic_decision(held, process, event, day)
    case_id, number = _opened(held, process, event, day)
    if ABOUT not in event.context:  # whoever asks may be nobody that the register knows
        keep_declared(event, number)
    if ruled is not None and _decided(case_id, process, ruled, event):
        return case_id
    if any(task.at == process.first.id for task in process.tasks):
        start_tasks(case_id, process, process.first.id, event.submitted_at)
    if process.confirmation:
        promise(
            case_id,
            process.confirmation,
            f"{number}/received",
            language=event.language,
            at=event.submitted_at,
        )
    return case_id


def _opened(held: Edition, process: Process, event: FormSubmitted, day: date) -> tuple[int, str]:
    """Write the case and that it came in: its id and number."""
    clocks = deadlines.clocks_at_receipt(process, day, event.answers)
    owner = _owner(held, event)
    stage = process.first
    row = {
        "edition": event.edition,
        "service": event.service,
        "board": owner.id,
        "applicant": event.applicant,
        "subject": event.subject,
        "language": event.language,
        "submission": event.submission,
        "offer": event.context.get(OFFER, ""),
        "stage": stage.id,
        "version": 1,
        "waits_for": waits_for(process, stage.id),
        "to_decide": is_to_decide(process, stage.id),
        "received_at": event.submitted_at,
        "due": deadlines.due(process, clocks),
        "clocks": deadlines.to_json(clocks),
        "handler_name": "",
        "open": not stage.final,
    }
    # the number is taken last: others wait for it until this transaction ends
    year = event.submitted_at.astimezone(SWEDEN).year
    taken = next_number(owner.series, year)
    number = f"{owner.series}-{year}-{taken:06d}"
    case_id = int(insert("cases_case", {"number": number, **row}))
    _came_in(case_id, number, owner.id, stage.id, event)
    return case_id, number


def _owner(held: Edition, event: FormSubmitted) -> Board:
    """The board that gets the case: of the service that is asked about, where it is a question."""
    about = services(held).get(event.context.get(ABOUT, ""))
    return board(held, (about and about.board) or service(held, event.service).board)


def _came_in(case_id: int, number: str, board_id: str, stage: str, event: FormSubmitted) -> None:
    add(
        "cases_caseevent",
        {
            "case_id": case_id,
            "at": event.submitted_at,
            "move": "received",
            "name": "",
            "part": APPLICANT,
            "from_stage": "",
            "to_stage": stage,
            "version": 1,
            "text": "",
        },
    )
    announce(
        CaseOpened(
            case=case_id,
            number=number,
            service=event.service,
            board=board_id,
            applicant=event.applicant,
            subject=event.subject,
            submission=event.submission,
            at=event.submitted_at,
        )
    )


def automatic_decision(
    held: Edition, process: Process, event: FormSubmitted, day: date
) -> Ruled | None:
    """What a rule of the package decides at once (FL § 28), or None: then a person does."""
    rules = automatic_of(held, event.service)
    if rules:
        rules = left_to_try(rules, _told(held, event, rules), day)
    if not rules:
        return None
    values = _values(held, event, rules, day)
    return first_ruled(process, rules, values, day, lambda kind: unit_names(held.id, kind))


def _told(held: Edition, event: FormSubmitted, rules: tuple[BoundRule, ...]) -> dict[str, Any]:
    values = {**parameters_of(held), **event.context}
    names = (name for bound in rules if bound.told for name in bound.told.names)
    if any(name.startswith("answers.") for name in names):
        values |= answers_as_values(held, event.service, event.answers)
    return values


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
        context=event.context,
    )


def _decided(case_id: int, process: Process, ruled: Ruled, event: FormSubmitted) -> bool:
    """Decide as the rule says; False, and nothing done, where somebody who hears of it finds that
    it cannot be carried out: then a person decides."""
    try:
        with transaction.atomic():
            _decide(Case.objects.get(id=case_id), process, ruled, event)
    except Incomplete:
        return False
    return True


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
    if not case.open:
        keep_closed(case, event.submitted_at)
    CaseEvent.objects.create(
        case=case,
        at=event.submitted_at,
        move=DECIDE,
        part=SYSTEM,
        from_stage=before,
        to_stage=case.stage,
        version=case.version,
    )
