"""Letters: promised with the act, written in the applicant's language, sent once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from allting.cases.actions import do, finish_task
from allting.cases.jobs import write_letter
from allting.cases.models import Case, Letter
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, a_case, people, refused
from allting.cases.tests.town import PRESCHOOL, published
from allting.kernel.api import clock_at, dead_letters, work_off
from allting.notifications.api import inbox, message
from allting.notifications.models import Message
from allting.register.models import AccessLog

PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})


@pytest.fixture(autouse=True)
def the_day_after() -> Iterator[None]:
    with clock_at(MORNING + timedelta(days=1)):
        yield


def decided(cast: People, given: Given, *, language: str = "sv") -> Letter:
    case = a_case(cast, language=language)
    do(cast.worker, case.id, "take", seen_stage="received")
    finish_task(cast.worker, case.id, "hear")
    do(cast.chief, case.id, "decide", seen_stage="investigation", given=given)
    work_off()
    assert dead_letters() == ()
    return Letter.objects.get(case=case, formal=True)


def test_the_confirmation_is_in_the_inbox(cast: People) -> None:
    case = a_case(cast)
    assert inbox(cast.mother).rows == ()
    work_off()
    [row] = inbox(cast.mother).rows
    assert (row.subject, row.number) == ("Vi har tagit emot din ansökan", case.number)
    found = message(cast.mother, row.id)
    assert found is not None
    assert "Hej Maja Berg" in found.body and case.number.replace("-", "\\-") in found.body
    assert found.url == f"/sv/my/cases/{case.number}/"


def test_a_letter_is_written_and_sent_once_however_often_the_job_runs(cast: People) -> None:
    a_case(cast)
    letter = Letter.objects.get()
    for _ in range(3):
        write_letter.func(str(letter.id))
    first = Letter.objects.get()
    work_off()
    assert Letter.objects.get().written_at == first.written_at
    assert len(inbox(cast.mother).rows) == 1


def test_an_act_undone_promises_nothing(cast: People) -> None:
    class Fails(Exception):
        pass

    case = a_case(cast)
    with refused(Fails), transaction.atomic():
        given = Given(text="Vad?")
        do(cast.worker, case.id, "ask-for-supplement", seen_stage="received", given=given)
        raise Fails
    assert [letter.name for letter in Letter.objects.all()] == ["received"]
    assert Case.objects.get().stage == "received"


def test_a_decision_letter_in_swedish(cast: People) -> None:
    letter = decided(cast, PLACED)
    assert letter.subject == "Plats på Solrosen"
    assert "Nils Berg börjar 11 januari 2027" in letter.body
    assert "1\\\u00a0260" in letter.body or "1\u00a0260" in letter.body
    # the letter does not say how to have it tested, so that is added
    assert "## Så får du beslutet prövat\n\nBeslutet kan prövas" in letter.body


def test_a_decision_letter_in_english_says_it_once(cast: People) -> None:
    reason = "Nils does **not** live here <b>, see [this](https://bad.example)\n\nSecond part"
    letter = decided(cast, Given(outcome="refused", reason=reason), language="en")
    assert (letter.language, letter.subject) == ("en", "Decision about preschool")
    assert letter.body.count("The administrative court can test the decision") == 1
    assert "\\*\\*not\\*\\*" in letter.body and "\\[this\\]" in letter.body
    assert "\n\nSecond part" in letter.body


def test_what_a_caseworker_wrote_reaches_the_applicant_as_it_stands(cast: People) -> None:
    case = a_case(cast)
    text = "Hur många timmar?\n- måndag\n- tisdag"
    given = Given(text=text)
    do(cast.worker, case.id, "ask-for-supplement", seen_stage="received", given=given)
    work_off()
    letter = Letter.objects.get(name="supplement")
    assert "Hur många timmar?".replace("?", "\\?") in letter.body
    assert "\\- måndag" in letter.body


def test_the_log_says_that_a_letter_needed_the_names(cast: People) -> None:
    case = a_case(cast)
    work_off()
    read = AccessLog.objects.filter(purpose="letter", case=case.number)
    assert {row.person_id for row in read} == {case.applicant, case.subject}


def test_mails_say_nothing_of_what_is_discreet(transactional_db: None, tmp_path: Path) -> None:
    for n, (hidden, said) in enumerate((("", "Plats i förskola"), ("discreet: true\n", ""))):
        changed = PRESCHOOL.replace("subject: child\n", f"subject: child\n{hidden}")
        published(tmp_path, {"services/preschool-place/service.yaml": changed})
        a_case(people())
        work_off()
        assert Message.objects.order_by("id")[n].service == said
