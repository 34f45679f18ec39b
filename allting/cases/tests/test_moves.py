"""The table of moves, made: what changes, and what is kept."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from allting.cases.actions import NOTHING_GIVEN, do, finish_task
from allting.cases.errors import Incomplete, NotNow, Overtaken
from allting.cases.events import CaseDecided, CaseMoved
from allting.cases.models import Case, CaseEvent, Decision, Letter, Proposal, Supplement, Task
from allting.cases.steps import File, Given
from allting.cases.tests.people import MORNING, People, a_case, refused
from allting.kernel import events
from allting.kernel.api import clock_at, new_id, subscribe

PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})
REFUSED = Given(outcome="refused", reason="Barnet bor inte här.")


@pytest.fixture
def case(cast: People) -> Case:
    return a_case(cast)


@pytest.fixture(autouse=True)
def the_day_after() -> Iterator[None]:
    with clock_at(MORNING + timedelta(days=1)):
        yield


def moved(
    cast: People, case: Case, move: str, given: Given = NOTHING_GIVEN, *, by: str = "worker"
) -> Case:
    """The case after a move made by someone who has just looked at it."""
    case.refresh_from_db()
    do(getattr(cast, by), case.id, move, seen_stage=case.stage, given=given)
    case.refresh_from_db()
    return case


def ready(cast: People, case: Case) -> Case:
    """The case, looked into, with its task done."""
    moved(cast, case, "take")
    finish_task(cast.worker, case.id, "hear")
    return case


def test_taking_a_case(cast: People, case: Case) -> None:
    moved(cast, case, "take")
    assert (case.stage, case.handler, case.handler_name) == (
        "investigation",
        cast.worker.account,
        "Anna Handläggare",
    )
    assert [task.kind for task in Task.objects.filter(case=case)] == ["hear"]
    last = CaseEvent.objects.filter(case=case).latest("id")
    assert (last.move, last.name, last.part, last.from_stage, last.to_stage) == (
        "take",
        "Anna Handläggare",
        "administrator",
        "received",
        "investigation",
    )


def test_whoever_works_first_with_a_case_has_it(cast: People, case: Case) -> None:
    assert moved(cast, case, "propose", PLACED).handler == cast.worker.account


def test_a_supplement_is_asked_for_answered_and_restarts_the_clock(
    cast: People, case: Case
) -> None:
    moved(
        cast,
        case,
        "ask-for-supplement",
        Given(text=" Vad tjänar du? ", answer_by=date(2026, 12, 24)),
    )
    asked = Supplement.objects.get(case=case)
    assert (asked.text, asked.answer_by) == ("Vad tjänar du?", date(2026, 12, 28))
    assert (case.stage, case.waits_for) == ("waiting", "applicant")
    letter = Letter.objects.get(case=case, name="supplement")
    assert letter.message == "Vad tjänar du?" and not letter.formal

    with clock_at(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        file = File("inkomst.pdf", "application/pdf", 12, "a" * 64)
        moved(cast, case, "supplement", Given(text="Se filen", files=[file]), by="mother")
    asked.refresh_from_db()
    assert asked.answer == "Se filen" and asked.answered_at is not None
    assert [f.name for f in asked.files.all()] == ["inkomst.pdf"]
    assert (case.stage, case.due) == ("investigation", date(2027, 4, 1))


@pytest.mark.parametrize(
    ("move", "given", "field"),
    [
        ("ask-for-supplement", Given(text="  "), "text"),
        ("ask-for-supplement", Given(text="Vad?", answer_by=date(2026, 11, 3)), "answer_by"),
        ("propose", Given(), "outcome"),
        ("propose", Given(outcome="maybe"), "outcome"),
        ("propose", Given(outcome="refused", reason=" "), "reason"),
        ("propose", Given(outcome="placed", values={"unit": "solrosen"}), "value-start"),
        (
            "propose",
            Given(outcome="placed", values={"unit": "x", "start": "2027-01-11"}),
            "value-unit",
        ),
        ("note", Given(text=""), "text"),
        ("note", Given(text="x" * 10_001), "text"),
    ],
)
def test_what_is_missing_is_said(
    cast: People, case: Case, move: str, given: Given, field: str
) -> None:
    with refused(Incomplete) as found:
        do(cast.worker, case.id, move, seen_stage="received", given=given)
    assert [fault.field for fault in found.value.faults] == [field]
    case.refresh_from_db()
    assert case.stage == "received" and case.version == 1


def test_the_applicant_cannot_answer_with_nothing(cast: People, case: Case) -> None:
    moved(cast, case, "ask-for-supplement", Given(text="Vad?"))
    with refused(Incomplete):
        do(cast.mother, case.id, "supplement", seen_stage="waiting")


def test_a_proposal_is_kept_sent_back_and_made_anew(cast: People, case: Case) -> None:
    moved(cast, case, "propose", PLACED)
    with refused(Incomplete):
        do(cast.chief, case.id, "send-back", seen_stage="proposed")
    moved(cast, case, "send-back", Given(text="Fråga pappan"), by="chief")
    assert case.stage == "investigation"
    moved(cast, case, "propose", REFUSED)
    kept = [
        (p.outcome, p.values, p.name) for p in Proposal.objects.filter(case=case).order_by("id")
    ]
    assert kept == [
        ("placed", {"unit": "solrosen", "start": "2027-01-11"}, "Anna Handläggare"),
        ("refused", {}, "Anna Handläggare"),
    ]


def test_a_decision(cast: People, case: Case) -> None:
    heard: list[CaseDecided] = []
    subscribe(CaseDecided)(heard.append)
    try:
        moved(cast, ready(cast, case), "decide", PLACED, by="chief")
    finally:
        events._listeners[CaseDecided].remove(heard.append)
    decision = Decision.objects.get(case=case)
    assert (decision.outcome, decision.name, decision.reason) == ("placed", "Bo Chef", "")
    assert decision.values == {"unit": "solrosen", "start": "2027-01-11"}
    assert decision.at == MORNING + timedelta(days=1)
    assert (case.stage, case.open, case.waits_for) == ("decided", False, "")
    letter = Letter.objects.get(case=case, formal=True)
    assert letter.name == "placed"
    assert [e.produces for e in heard] == [("preschool-placement",)]


def test_a_task_must_come_before_the_decision(cast: People, case: Case) -> None:
    moved(cast, case, "take")
    with refused(NotNow) as found:
        do(cast.chief, case.id, "decide", seen_stage="investigation", given=PLACED)
    assert "task" in str(found.value)
    finish_task(cast.worker, case.id, "hear")
    finish_task(cast.worker, case.id, "hear")
    told = CaseEvent.objects.filter(case=case, move="task:hear").count()
    assert told == 1
    moved(cast, case, "decide", PLACED, by="chief")


def test_a_time_is_made_longer_once_and_the_applicant_is_told(cast: People, case: Case) -> None:
    moved(cast, case, "take")
    with refused(Incomplete):
        do(cast.worker, case.id, "extend", seen_stage="investigation")
    moved(cast, case, "extend", Given(text="Vi väntar på ett läkarintyg."))
    assert (case.stage, case.due) == ("investigation", date(2027, 5, 11))
    assert Letter.objects.filter(case=case, name="extended").count() == 1
    with refused(NotNow) as found:
        do(cast.worker, case.id, "extend", seen_stage="investigation", given=Given(text="Mer"))
    assert "once" in str(found.value)


def test_notes_are_kept_and_change_nothing(cast: People, case: Case) -> None:
    moved(cast, case, "note", Given(text="Ringde mamman"))
    moved(cast, case, "note", Given(text="Ringde pappan"))
    assert (case.stage, case.version) == ("received", 1)
    texts = CaseEvent.objects.filter(case=case, move="note").order_by("id")
    assert [e.text for e in texts] == ["Ringde mamman", "Ringde pappan"]


def test_withdrawing(cast: People, case: Case) -> None:
    moved(cast, case, "withdraw", by="mother")
    assert (case.stage, case.open) == ("withdrawn", False)


def test_pressing_twice_is_pressing_once(cast: People, case: Case) -> None:
    ready(cast, case)
    case.refresh_from_db()
    first = do(cast.chief, case.id, "decide", seen_stage="investigation", given=PLACED,
               seen_version=case.version)  # fmt: skip
    again = do(cast.chief, case.id, "decide", seen_stage="investigation", given=REFUSED,
               seen_version=case.version)  # fmt: skip
    assert not first.repeated and again.repeated
    assert Decision.objects.get(case=case).outcome == "placed"
    assert Letter.objects.filter(case=case, formal=True).count() == 1
    for _ in range(2):
        do(cast.worker, case.id, "note", seen_stage="decided", given=Given(text="Klart"))
    assert CaseEvent.objects.filter(case=case, move="note").count() == 1


def test_someone_else_was_first(cast: People, case: Case) -> None:
    moved(cast, case, "propose", PLACED)
    with refused(Overtaken) as found:
        do(cast.mother, case.id, "withdraw", seen_stage="received")
    assert "Anna Handläggare has already" in str(found.value)
    with refused(Overtaken):
        do(cast.mother, case.id, "withdraw", seen_stage="proposed", seen_version=1)


def test_a_move_that_the_table_does_not_have(cast: People, case: Case) -> None:
    with refused(NotNow):
        do(cast.worker, case.id, "send-back", seen_stage="received")


def test_every_move_is_announced(cast: People, case: Case) -> None:
    heard: list[CaseMoved] = []
    subscribe(CaseMoved)(heard.append)
    try:
        moved(cast, case, "take")
    finally:
        events._listeners[CaseMoved].remove(heard.append)
    assert [(e.move, e.from_stage, e.to_stage) for e in heard] == [
        ("take", "received", "investigation")
    ]
    assert new_id() != new_id()
