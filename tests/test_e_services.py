"""Every e-service of the demonstration goes all the way: each outcome is decided and told whole."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from allting.cases.actions import do, finish_task
from allting.cases.definitions import (
    APPLICANT,
    ASK_FOR_SUPPLEMENT,
    DECIDE,
    PROCESS,
    AskOption,
    Move,
    OutcomeKind,
    Process,
)
from allting.cases.models import Case, Letter
from allting.cases.steps import Given
from allting.cases.writing import write as worded
from allting.forms.api import FormSubmitted
from allting.forms.models import Draft, Submission
from allting.kernel.api import announce, clock_at, new_id, write
from allting.packages.api import Edition
from allting.packages.testing import in_force
from allting.register.testing import Family, actor, family

SOLVIK = Path(__file__).resolve().parent.parent / "packages/solvik"
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOLD = {"text": "Så här", "number": "3", "money": "1200", "date": "2027-01-11", "yes-no": "yes"}
ANSWERED: Mapping[str, Any] = {
    "text": "Ekbacken",
    "long-text": "Ekbacken",
    "date": "2027-01-11",
    "number": "3",
    "money": "52000",
    "yes-no": True,
    "address": {"street": "Storgatan 1", "postcode": "999 01", "city": "Solvik"},
}


@pytest.fixture
def solvik(db: None, tmp_path: Path, settings: Any) -> Iterator[Edition]:
    settings.ALLTING_FILES = tmp_path / "files"
    with clock_at(MORNING):
        yield in_force(SOLVIK)


@pytest.fixture
def people(db: None) -> Family:
    return family()


def test_each_outcome_of_each_service_is_told_in_both_languages(
    solvik: Edition, people: Family
) -> None:
    services = solvik.definition.ids(PROCESS)
    assert len(services) > 30
    for service in services:
        process: Process = solvik.definition.one(PROCESS, service)
        for outcome, language in product(process.outcomes, ("sv", "en")):
            case = _received(solvik, people, service, language)
            if not process.stage(case.stage).final:  # unless a rule decided at once
                _decided(solvik, case, process, outcome)
            letters = Letter.objects.filter(case=case)
            formal = [letter.formal for letter in letters].count(True)
            assert formal == outcome.document, (service, outcome.id)
            for letter in letters:
                said = worded(letter)
                whole = f"{said.subject}\n{said.body}"
                assert "{" not in whole and "None" not in whole, (service, outcome.id, whole)


def _received(edition: Edition, people: Family, service: str, language: str) -> Case:
    """A case of the mother's, with an answer to each question that a letter can tell of."""
    about = edition.definition.one("service", service).subject
    subject = people.baby if about == "child" else people.mother
    answers: dict[str, Any] = {
        question.id: _answer(question, people)
        for page in edition.definition.one("form", service).pages
        for question in page.questions
        if question.kind in ANSWERED or question.kind in ("choice", "child")
    }
    common: dict[str, Any] = {"service": service, "edition": edition.id, "language": language}
    draft = Draft.objects.create(
        person=people.mother.id,
        created_at=MORNING,
        changed_at=MORNING,
        submitted_at=MORNING,
        **common,
    )
    id = new_id()
    sent: dict[str, Any] = {
        "applicant": people.mother.id,
        "subject": subject.id,
        "submitted_at": MORNING,
    }
    Submission.objects.create(id=id, draft=draft, answers=answers, **sent, **common)
    with write():
        announce(FormSubmitted(submission=id, answers=answers, **sent, **common))
    return Case.objects.get(submission=id)


def _answer(question: Any, people: Family) -> Any:
    if question.kind == "child":
        return str(people.baby.id)
    return question.options[-1].id if question.kind == "choice" else ANSWERED[question.kind]


def _decided(edition: Edition, case: Case, process: Process, outcome: OutcomeKind) -> None:
    """The shortest way of the table to a decision, by someone who has every part in it."""
    roles = {move.who for move in process.moves} - {APPLICANT}
    anna = actor(None, *((role, case.board) for role in sorted(roles)))
    stage = case.stage
    for move in _way(process, stage):
        for task in process.tasks:
            if task.at == stage:
                finish_task(anna, case.id, task.id)
        given = Given(
            text="Så här", reason="Därför", outcome=outcome.id, values=_told(edition, outcome)
        )
        do(anna, case.id, move.do, seen_stage=stage, given=given)
        stage = move.to or stage


def _way(process: Process, stage: str) -> tuple[Move, ...]:
    ways: list[tuple[str, tuple[Move, ...]]] = [(stage, ())]
    for at, way in ways:
        for move in process.leaving(at):
            if move.do == DECIDE:
                return (*way, move)
            if move.who != APPLICANT and move.to and move.do != ASK_FOR_SUPPLEMENT:
                ways.append((move.to, (*way, move)))
    raise AssertionError("nobody can decide")


def _told(edition: Edition, outcome: OutcomeKind) -> Mapping[str, str]:
    """Something for each thing that the decision must state."""
    files = edition.definition.all("units").values()
    first = {file.kind: file.units[0].id for file in files}
    return {
        ask.id: first[ask.units] if ask.units else _chosen(ask.options) or TOLD[ask.kind]
        for ask in outcome.asks
    }


def _chosen(options: tuple[AskOption, ...]) -> str | None:
    return options[0].id if options else None
