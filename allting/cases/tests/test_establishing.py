"""What a case leaves in the register: declared when it is sent, established when it is decided."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.cases.actions import do, finish_task
from allting.cases.errors import Incomplete
from allting.cases.models import Case
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, a_case, client_of, people, refused
from allting.cases.tests.town import FORM, PROCESS, PROCESS_FILE, checked, published
from allting.kernel.api import clock_at
from allting.register.api import facts
from allting.register.models import DeclaredFact
from allting.register.testing import actor

OPEN = "open_case_preschool_place"
FORM_FILE = "services/preschool-place/form.yaml"
PAY = """
      - {id: pay, kind: money, declares: household.income_month, known_from: household.income_month,
         label: {sv: Lön, en: Pay}}
"""
FACTS = """
facts:
  - {id: starts, about: person, type: date, says: {sv: Börjar, en: Starts}}
  - {id: place, about: person, type: text, says: {sv: Plats, en: Place}}
  - {id: asked-for, about: person, type: date, says: {sv: Ville börja, en: Wanted to start}}
"""
KNOWN = (
    "    establishes: {in_childcare: 'true', starts: decision.start, place: decision.unit,"
    " child.asked_for: answers.start}\n"
)
ASKS = "    produces: [preschool-placement]\n"
TOWN: dict[str, str | None] = {
    "facts.yaml": FACTS,
    FORM_FILE: FORM.rstrip() + PAY,
    PROCESS_FILE: PROCESS.replace(ASKS, ASKS + KNOWN),
}
GIVEN = {"start": "2027-01-11", "unit": ["solrosen"], "pay": "52000.50"}
PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-02-01"})


@pytest.fixture
def who(db: None, tmp_path: Path) -> People:
    published(tmp_path / "town", TOWN)
    return people()


def sent(who: People, **more: Any) -> Case:
    return a_case(who, answers={"child": str(who.family.baby.id), **GIVEN} | more)


def kept() -> dict[str, tuple[str, str, date]]:
    found = DeclaredFact.objects.exclude(name=OPEN).order_by("id")
    return {f.name: (f.value, f.source, f.at) for f in found}


def decided(who: People, case: Case) -> None:
    do(who.worker, case.id, "take", seen_stage="received")
    finish_task(who.worker, case.id, "hear")
    with clock_at(MORNING + timedelta(days=3)):
        do(who.chief, case.id, "decide", seen_stage="investigation", given=PLACED)


def test_declared_when_it_is_sent(who: People) -> None:
    case = sent(who)
    assert kept() == {"income_month": ("52000.50", case.number, MORNING.date())}


def test_established_when_it_is_decided(who: People) -> None:
    case = sent(who)
    decided(who, case)
    day = MORNING.date() + timedelta(days=3)
    facts = kept()
    assert facts["in_childcare"] == ("true", case.number, day)
    assert facts["starts"] == ("2027-02-01", case.number, day)
    assert facts["place"] == ("solrosen", case.number, day)
    assert facts["asked_for"] == ("2027-01-11", case.number, day)
    assert {f.person_id for f in DeclaredFact.objects.exclude(person=None)} == {case.subject}


def test_a_refusal_establishes_nothing_and_so_does_one_who_may_not_decide(who: People) -> None:
    case = sent(who)
    do(who.worker, case.id, "take", seen_stage="received")
    finish_task(who.worker, case.id, "hear")
    with refused(Exception):
        do(who.stranger, case.id, "decide", seen_stage="investigation", given=PLACED)
    with refused(Incomplete):
        wrong = Given(outcome="placed", values={"unit": "nowhere"})
        do(who.chief, case.id, "decide", seen_stage="investigation", given=wrong)
    no = Given(outcome="refused", reason="Nej")
    do(who.chief, case.id, "decide", seen_stage="investigation", given=no)
    assert list(kept()) == ["income_month"]


def test_declaring_costs_nothing_beside_that_there_is_a_case(
    who: People, tmp_path: Path, settings: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000

    def statements() -> int:
        sent(who)
        with CaptureQueriesContext(connection) as asked:
            sent(who)
        return len(asked)

    declares = statements()
    published(tmp_path / "plain", {**TOWN, FORM_FILE: FORM})
    assert statements() == declares  # all facts are one statement, with one job


def test_that_a_case_is_open_is_known_until_the_last_is_closed(who: People) -> None:
    def known() -> list[tuple[str, str, str]]:
        return list(
            DeclaredFact.objects.filter(name=OPEN, person=who.family.baby)
            .order_by("id")
            .values_list("value", "source", "purpose")
        )

    one, other = sent(who), sent(who)
    assert known() == [("true", it.number, "preschool-place") for it in (one, other)]
    decided(who, one)
    assert len(known()) == 2, "another one is open"
    decided(who, other)
    assert known()[2:] == [("false", other.number, "preschool-place")]
    told = facts(
        actor(who.family.mother), applicant=who.family.mother.id, subject=who.family.baby.id,
        names=[OPEN, f"child.{OPEN}"], as_of=date(2027, 1, 1), purpose="own case",
    )  # fmt: skip
    assert told == {OPEN: False, f"child.{OPEN}": False}


def test_the_next_form_knows_it_with_its_day(who: People) -> None:
    sent(who)
    with clock_at(MORNING + timedelta(days=30)):
        client = client_of(who.mother)
        begun = client.post("/sv/apply/preschool-place/")["Location"]
        client.post(begun + "child/", {"seen": "", "shown": "child", "child": who.family.baby.id})
        page = client.get(begun + "place/").content.decode()
    assert "Det här vet vi redan" in page
    assert "52" in page and "Ert hushåll har lämnat uppgiften, 2 november 2026" in page


WRONG = [
    (FORM_FILE, "declares: household.income_month", "declares: household.income",
     "'household.income' is not a fact that can be declared", "household.income_month"),
    (FORM_FILE, "declares: household.income_month", "declares: in_childcare",
     "'in_childcare' is a boolean, but the question is of kind money", "yes-no"),
    (PROCESS_FILE, "in_childcare: 'true'", "phone: 'true'",
     "there is no fact that can be declared 'phone'", "in_childcare"),
    (PROCESS_FILE, "starts: decision.start", "starts: decision.strat", "decision.strat", "start"),
    (PROCESS_FILE, "starts: decision.start", "starts: decision.unit", "date", ""),
    (PROCESS_FILE, "starts: decision.start", "starts: birth_date", "birth_date", ""),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "what", "mend"), WRONG)
def test_what_is_wrong_is_said(
    tmp_path: Path, file: str, right: str, wrong: str, what: str, mend: str
) -> None:
    text = TOWN[file] or ""
    assert right in text
    problems = checked(tmp_path / "town", {**TOWN, file: text.replace(right, wrong)}).problems
    assert any(what in str(p) and mend in str(p) and file in str(p) for p in problems), [
        str(p) for p in problems
    ]
