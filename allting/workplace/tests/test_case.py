"""A case at the desk: what is shown, what can be done there, and who is refused."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.cases.actions import do, finish_task
from allting.cases.models import Case, CaseEvent, Decision, Letter, Proposal, Supplement, Task
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, a_case, client_of, people
from allting.cases.tests.town import published
from allting.kernel.api import clock_at, work_off
from allting.register.access import NAMED_HANDLER
from allting.register.models import AccessLog
from allting.register.testing import actor, person

PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})
PAGE = {"outcome": "placed", "placed-unit": "solrosen", "placed-start_year": "2027",
        "placed-start_month": "1", "placed-start_day": "11", "reason": ""}  # fmt: skip


@pytest.fixture(autouse=True)
def the_day_after() -> Iterator[None]:
    with clock_at(MORNING + timedelta(days=1)):
        yield


@pytest.fixture
def real(transactional_db: None, tmp_path: Path) -> People:
    """The cast where refusals undo real transactions."""
    published(tmp_path / "town")
    return people()


def desk(case: Case, rest: str = "") -> str:
    return f"/sv/desk/cases/{case.number}/{rest}"


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(client: Client, case: Case, move: str, **given: str) -> Any:
    """A move's form as a browser sends it, from the case as it is now."""
    case.refresh_from_db()
    seen = {"seen_stage": case.stage, "seen_version": str(case.version)}
    return client.post(desk(case, f"do/{move}/"), {**seen, **given})


def test_everything_on_one_page(cast: People) -> None:
    case = a_case(cast)
    client = client_of(cast.worker)
    html = page_of(client, desk(case))
    people = ("Nils Berg", "Maja Berg", "Storgatan 1", "11 januari 2027", "1. Solrosen")
    rules = ("Barnet är folkbokfört i Vik", "2 mars 2027", "Ärendet kom in", "Ta ärendet")
    for words in people + rules:
        assert words in html, words
    assert "Besluta</span>" not in html  # not an administrator's to do
    logged = AccessLog.objects.filter(account__isnull=False, case=case.number, purpose="case")
    assert set(logged.values_list("person", flat=True)) == {case.applicant, case.subject}


def test_from_taking_to_the_decision(cast: People) -> None:
    case = a_case(cast)
    worker, chief = client_of(cast.worker), client_of(cast.chief)
    assert sent(worker, case, "take").status_code == 302
    assert "Hör andra vårdnadshavaren" in page_of(worker, desk(case))
    assert worker.post(desk(case, "tasks/hear/")).status_code == 302
    assert Task.objects.get().done_by == "Anna Handläggare"

    asking = page_of(worker, desk(case, "do/ask-for-supplement/"))
    assert "Vad du behöver veta" in asking
    assert sent(worker, case, "ask-for-supplement", text="Vad?").status_code == 302
    case.refresh_from_db()
    do(cast.mother, case.id, "supplement", seen_stage="waiting", given=Given(text="Det här."))

    begun = page_of(worker, desk(case, "do/propose/"))
    assert '<option value="solrosen" selected>' in begun  # the first wish
    assert 'value="2027"' in begun
    assert "Solrosen – 72 platser, 0 tilldelade" in begun
    assert sent(worker, case, "propose", **PAGE).status_code == 302
    assert Proposal.objects.get().values == {"unit": "solrosen", "start": "2027-01-11"}

    assert "Förslag:" in page_of(chief, desk(case))
    preview = sent(chief, case, "decide", **PAGE, preview="yes")
    assert "Plats på Solrosen" in preview.content.decode()
    assert not Decision.objects.exists()
    assert sent(chief, case, "decide", **PAGE).status_code == 302
    assert Decision.objects.get().name == "Bo Chef"
    html = page_of(chief, desk(case))
    assert "Plats erbjuds" in html and "Det här." in html
    assert sent(chief, case, "note", text="Klart").status_code == 302
    again = page_of(worker, desk(case))
    assert "Klart" in again


def test_a_letter_is_read_at_the_desk(cast: People) -> None:
    case = a_case(cast)
    do(cast.worker, case.id, "take", seen_stage="received")
    finish_task(cast.worker, case.id, "hear")
    do(cast.chief, case.id, "decide", seen_stage="investigation", given=PLACED)
    work_off()
    letter = Letter.objects.get(formal=True)
    client = client_of(cast.worker)
    assert letter.subject in page_of(client, desk(case))
    assert client.get(desk(case, f"letters/{letter.id}/"))["Content-Type"] == "application/pdf"
    refused = client_of(cast.builder).get(desk(case, f"letters/{letter.id}/"))
    assert refused.status_code == 403


def test_what_is_missing_is_said_at_its_field(real: People) -> None:
    case = a_case(real)
    client = client_of(real.worker)
    wrong = sent(client, case, "propose", **{**PAGE, "placed-start_month": "13", "placed-unit": ""})
    html = wrong.content.decode()
    assert wrong.status_code == 422
    for href in ('href="#placed-unit"', 'href="#placed-start"'):
        assert href in html
    assert 'value="13"' in html  # as it was written
    none = sent(client, case, "propose", reason="Ja")
    assert none.status_code == 422 and 'href="#outcome"' in none.content.decode()
    reason = sent(client, case, "propose", outcome="refused")
    assert 'href="#reason"' in reason.content.decode()
    day = sent(client, case, "ask-for-supplement", text="Vad?", answer_by_day="31",
               answer_by_month="2", answer_by_year="2027")  # fmt: skip
    assert day.status_code == 422 and 'href="#answer_by"' in day.content.decode()
    missing = sent(client, case, "propose", outcome="refused", preview="yes")
    assert "Skriv skälen" in missing.content.decode()
    assert not Proposal.objects.exists() and not Supplement.objects.exists()


def test_someone_else_was_first(real: People) -> None:
    case = a_case(real)
    client = client_of(real.worker)
    seen = {"seen_stage": "received", "seen_version": "1"}
    do(real.mother, case.id, "withdraw", seen_stage="received")
    late = client.post(desk(case, "do/take/"), seen)
    assert late.status_code == 409
    assert "Maja Berg har redan gjort något annat" in late.content.decode()
    assert CaseEvent.objects.filter(move="take").count() == 0


def test_pressing_twice(real: People) -> None:
    case = a_case(real)
    client = client_of(real.worker)
    seen = {"seen_stage": "received", "seen_version": "1"}
    for _ in range(2):
        assert client.post(desk(case, "do/take/"), seen).status_code == 302
    assert CaseEvent.objects.filter(move="take").count() == 1


def test_a_colleague_takes_over_a_case(real: People) -> None:
    case, chief = a_case(real), client_of(real.chief)
    mine = client_of(real.worker)
    sent(mine, case, "take")
    take = f'action="{desk(case, "do/take/")}"'
    assert take not in page_of(mine, desk(case))  # one has it already
    other = client_of(actor(person("Eva", date(1970, 1, 1)), ("administrator", "education")))
    assert take in page_of(other, desk(case))
    assert sent(other, case, "take").status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.handler_name.split()[0]) == ("investigation", "Eva")
    assert take in page_of(mine, desk(case))
    assert take not in page_of(chief, desk(case)) and sent(chief, case, "take").status_code == 403
    do(real.mother, case.id, "withdraw", seen_stage="investigation")
    assert take not in page_of(mine, desk(case))  # nobody takes what is closed
    assert sent(mine, case, "take").status_code == 409


@pytest.mark.parametrize("who", ["builder", "mother", "father", "stranger"])
def test_refused(cast: People, who: str) -> None:
    case = a_case(cast)
    client = client_of(getattr(cast, who))
    for rest in ("", "do/take/", "do/note/"):
        assert client.get(desk(case, rest)).status_code == 403
    assert client.get("/sv/desk/cases/BUN-2026-999999/").status_code == 403
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("who", ["builder", "mother", "stranger", "chief"])
def test_refused_to_act(real: People, who: str) -> None:
    case = a_case(real)
    client = client_of(getattr(real, who))
    assert sent(client, case, "take").status_code == 403
    assert client.post(desk(case, "tasks/hear/")).status_code == 403
    assert CaseEvent.objects.count() == 1


def test_nobody_opens_their_own_childs_case(cast: People) -> None:
    case = a_case(cast)
    for parent in (cast.family.mother, cast.family.father):
        employed = client_of(actor(parent, ("administrator", "education")))
        assert employed.get(desk(case)).status_code == 403


def test_protected_people_are_for_named_handlers(transactional_db: None, tmp_path: Path) -> None:
    published(tmp_path / "town")
    cast = people(protection="mark")
    case = a_case(cast)
    client = client_of(cast.worker)
    assert client.get(desk(case)).status_code == 403
    assert sent(client, case, "take").status_code == 403
    eva = person("Eva", date(1970, 1, 1))
    named = client_of(actor(eva, ("administrator", "education"), (NAMED_HANDLER, "education")))
    assert "Skyddade uppgifter" in page_of(named, desk(case))
    assert sent(named, case, "take").status_code == 302
    letter = Letter.objects.get(name="received")
    assert letter.case_id == case.id


def test_the_page_takes_as_many_queries_however_much_has_happened(
    cast: People, settings: Any
) -> None:
    settings.ALLTING_EDITION_LOOK = 1000
    case = a_case(cast)
    client = client_of(cast.worker)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(client, desk(case))
        return len(asked)

    page_of(client, desk(case))
    few = queries()
    for n in range(20):
        do(cast.worker, case.id, "note", seen_stage="received", given=Given(text=str(n)))
    assert queries() == few <= 24


def test_the_move_page_shows_only_what_can_be_done(cast: People) -> None:
    case = a_case(cast)
    client = client_of(cast.worker)
    for move in ("take", "decide", "withdraw", "nothing"):
        assert client.get(desk(case, f"do/{move}/")).status_code == 302
    assert not re.search(r'name="outcome"', page_of(client, desk(case, "do/note/")))
