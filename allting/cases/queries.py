"""Reads of one case and its people; each states who may, and raises PermissionDenied."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from allting.cases import access, deadlines, guards, path, rules
from allting.cases.definitions import APPLICANT, Deadline, Move, Process
from allting.cases.models import (
    Case,
    CaseEvent,
    Decision,
    Letter,
    Proposal,
    Supplement,
    SupplementFile,
    Task,
)
from allting.cases.processes import process_of
from allting.catalogue.api import Service, service
from allting.forms.api import FORM, Form, Submission, submission
from allting.identity.api import Actor, person_of
from allting.kernel.api import SWEDEN, as_date, as_moment, marks, rows, today
from allting.packages.api import Edition, edition
from allting.register.api import card, is_guardian

LATELY = timedelta(days=365)


@dataclass(frozen=True)
class Opened:
    """One case and what belongs to it, for someone who may read it. Parts are read when used."""

    case: Case
    process: Process
    parts: frozenset[str] = field(default_factory=frozenset)  # what the reader is in it

    @cached_property
    def edition(self) -> Edition:
        """The edition that the case follows."""
        return edition(self.case.edition)

    @cached_property
    def service(self) -> Service:
        """What was applied for."""
        return service(self.edition, self.case.service)

    @cached_property
    def events(self) -> list[CaseEvent]:
        """All that has been done, the first first."""
        return list(CaseEvent.objects.filter(case=self.case).order_by("id"))

    @cached_property
    def supplements(self) -> list[Supplement]:
        """What more has been asked for."""
        found = Supplement.objects.filter(case=self.case).order_by("asked_at")
        return list(found.prefetch_related("files"))

    @property
    def question(self) -> Supplement | None:
        """What the applicant has been asked for and has not answered."""
        return next((s for s in self.supplements if s.answered_at is None), None)

    @cached_property
    def decision(self) -> Decision | None:
        """The decision, if there is one."""
        return Decision.objects.filter(case=self.case).first()

    @cached_property
    def proposal(self) -> Proposal | None:
        """The latest proposal."""
        return Proposal.objects.filter(case=self.case).order_by("-id").first()

    @cached_property
    def letters(self) -> list[Letter]:
        """Letters that have been written."""
        found = Letter.objects.filter(case=self.case, written_at__isnull=False)
        return list(found.order_by("promised_at"))

    @cached_property
    def tasks(self) -> list[Task]:
        """What is to be done, and has been."""
        return list(Task.objects.filter(case=self.case).order_by("id"))

    @cached_property
    def submission(self) -> Submission | None:
        """What was submitted."""
        return submission(self.case.submission)

    @cached_property
    def wishes(self) -> dict[str, list[str]]:
        """The units that the application wishes for, by kind of unit, the most wanted first."""
        form: Form | None = self.edition.definition.find(FORM, self.case.service)
        answers = self.submission.answers if self.submission else {}
        found: dict[str, list[str]] = {}
        for question in (q for page in form.pages for q in page.questions) if form else ():
            answer = answers.get(question.id)
            if question.units and answer:
                wanted = answer if isinstance(answer, list) else [answer]
                found.setdefault(question.units, []).extend(wanted)
        return found

    @property
    def clocks(self) -> deadlines.Clocks:
        """The deadlines' times."""
        return deadlines.from_json(self.case.clocks)

    @property
    def pressing(self) -> Deadline | None:
        """The deadline by which the case is due."""
        return deadlines.pressing(self.process, self.clocks)

    @property
    def stations(self) -> tuple[path.Station, ...]:
        """The way of the case: behind, here, ahead."""
        visited = [
            (e.to_stage, e.at.astimezone(SWEDEN).date())
            for e in self.events
            if e.to_stage != e.from_stage
        ]
        return path.stations(self.process, visited)

    @property
    def standing(self) -> rules.Standing:
        """The case as its rules see it."""
        undone = frozenset(t.kind for t in self.tasks if t.done_at is None)
        return rules.Standing(self.case.stage, self.clocks, undone)

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the reader can do now."""
        return rules.moves_open_to(self.process, self.standing, self.parts)


def case_for_applicant(actor: Actor, number: str) -> Opened:
    """A case for whoever applied; for the child's other guardian, who may follow but not act.

    Raises PermissionDenied for everyone else, and for a number that there is not.
    """
    case = _by_number(number)
    process = process_of(case.edition, case.service)
    matter = guards.matter_of(case, process)
    if access.is_applicant(actor, matter):
        return Opened(case, process, frozenset({APPLICANT}))
    person = person_of(actor)
    guardian = case.subject != case.applicant and is_guardian(person, case.subject, today())
    hidden = guardian and guards.is_protected(case)
    if not access.may_follow(actor, matter, is_guardian=guardian, protected=hidden):
        raise PermissionDenied
    card(actor, case.subject, purpose="the other guardian's case")  # writes the access log
    return Opened(case, process)


def case_for_employee(actor: Actor, number: str) -> Opened:
    """A case for those who have a part in its process on its board; protected people only for
    named handlers, and nobody's own case. Raises PermissionDenied."""
    case = _by_number(number)
    process = process_of(case.edition, case.service)
    return Opened(case, process, guards.roles_in(actor, case, process))


def _by_number(number: str) -> Case:
    found = Case.objects.filter(number=number).first()
    if found is None:
        # not to be told apart from a case that is somebody else's
        raise PermissionDenied
    return found


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list of the applicant's own."""

    number: str
    service: str
    title: Any
    stage: Any
    stage_id: str
    waits_for_you: bool
    received_at: datetime
    due: date | None
    open: bool
    stations: tuple[path.Station, ...]  # the way so far and ahead; of open cases only


_MINE = (
    "SELECT id, number, edition, service, stage, waits_for, received_at, due, open"
    " FROM cases_case WHERE applicant = %s ORDER BY id DESC LIMIT %s"
)


def cases_of(actor: Actor, *, limit: int = 50) -> list[CaseRow]:
    """The actor's own cases, the latest first: two queries, however many there are."""
    found = rows(_MINE, [person_of(actor), limit])
    visited = _visited([row[0] for row in found if row[-1]])
    return [_case_row(row[1:], visited.get(row[0], [])) for row in found]


def _visited(cases: list[int]) -> dict[int, list[tuple[str, date]]]:
    """The stages that each case has come through, with the days."""
    came: dict[int, list[tuple[str, date]]] = {}
    if not cases:
        return came
    events = rows(
        "SELECT case_id, to_stage, at FROM cases_caseevent"  # noqa: S608
        f" WHERE case_id IN ({marks(cases)}) AND from_stage <> to_stage ORDER BY id",
        cases,
    )
    for case, stage, at in events:
        came.setdefault(case, []).append((stage, as_moment(at).astimezone(SWEDEN).date()))
    return came


def _case_row(row: tuple[Any, ...], visited: list[tuple[str, date]]) -> CaseRow:
    number, edition_id, service_id, stage, waits_for, received_at, day, is_open = row
    held, process, due = edition(edition_id), process_of(edition_id, service_id), as_date(day)
    return CaseRow(
        number=number,
        service=service_id,
        title=service(held, service_id).title,
        stage=process.stage(stage).title,
        stage_id=stage,
        waits_for_you=waits_for == APPLICANT,
        received_at=as_moment(received_at),
        due=None if due == deadlines.NEVER else due,
        open=bool(is_open),
        stations=path.stations(process, visited) if visited else (),
    )


def number_of(actor: Actor, submission_id: UUID) -> str | None:
    """The number of the case that the actor's own submission became."""
    found = Case.objects.filter(submission=submission_id, applicant=person_of(actor))
    return found.values_list("number", flat=True).first()


def letter_in(opened: Opened, letter_id: UUID) -> Letter | None:
    """A letter of this case that has been written."""
    return next((letter for letter in opened.letters if letter.id == letter_id), None)


def supplement_file(opened: Opened, file_id: int) -> SupplementFile | None:
    """A file that came with an answer in this case."""
    return SupplementFile.objects.filter(supplement__case=opened.case, id=file_id).first()


def given_lately(service: str, ask: str, as_of: date) -> dict[str, int]:
    """How often each value of what decisions of a service state was given in the last year."""
    since = datetime.combine(as_of - LATELY, time(), tzinfo=SWEDEN)
    found = (
        Decision.objects.filter(service=service, at__gte=since)
        .values_list(KeyTextTransform(ask, "values"))
        .annotate(number=Count("id"))
        .order_by()
    )
    return {value: number for value, number in found if value is not None}
