"""From submission to case: once, numbered without gaps, decided at once where a rule says so."""

from datetime import UTC, date, datetime

import pytest

from allting.cases.models import Case, CaseEvent, Decision, Letter
from allting.cases.receive import receive
from allting.cases.tests.people import People, a_case, refused, submitted
from allting.kernel.api import announce, write
from allting.register.models import AccessLog


def test_a_submission_becomes_a_case(cast: People) -> None:
    case = a_case(cast)
    assert case.number == "BUN-2026-000001"
    assert (case.stage, case.board, case.waits_for) == ("received", "education", "administrator")
    assert case.due == date(2027, 3, 2)
    assert case.open and case.handler is None
    assert [e.move for e in CaseEvent.objects.filter(case=case)] == ["received"]
    assert [letter.name for letter in Letter.objects.filter(case=case)] == ["received"]
    assert a_case(cast).number == "BUN-2026-000002"


def test_the_same_submission_twice_is_one_case(cast: People) -> None:
    event = submitted(cast)
    for _ in range(2):
        with write():
            announce(event)
    assert Case.objects.count() == 1 and Letter.objects.count() == 1


def test_nothing_remains_of_a_submission_that_failed(cast: People) -> None:
    class Fails(Exception):
        pass

    with refused(Fails), write():
        announce(submitted(cast))
        raise Fails
    # the number was given back with the rest
    assert a_case(cast).number == "BUN-2026-000001"


def test_the_year_is_the_one_in_sweden(cast: People) -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert a_case(cast, at=late).number == "BUN-2027-000001"


def test_a_rule_decides_at_once(cast: People) -> None:
    case = a_case(cast, service="map", answers={"size": 40})
    decision = Decision.objects.get(case=case)
    assert (decision.outcome, decision.values, decision.account) == (
        "granted",
        {"size": "40"},
        None,
    )
    assert (case.stage, case.open) == ("done", False)
    moves = [(e.move, e.part) for e in CaseEvent.objects.filter(case=case).order_by("id")]
    assert moves == [("received", "applicant"), ("decide", "system")]
    assert [letter.formal for letter in Letter.objects.filter(case=case)] == [True]


@pytest.mark.parametrize("answers", [{"size": 400}, {}])
def test_what_no_rule_decides_goes_to_a_person(cast: People, answers: dict[str, int]) -> None:
    case = a_case(cast, service="map", answers=answers)
    assert case.open and not Decision.objects.filter(case=case).exists()


@pytest.mark.parametrize(("size", "looks"), [(40, 1), (400, 0)])
def test_nobody_is_read_about_for_a_rule_that_cannot_hold(
    cast: People, size: int, looks: int
) -> None:
    a_case(cast, service="map", answers={"size": size})
    assert AccessLog.objects.filter(purpose="automatic decision").count() == looks


def test_receive_gives_the_case_that_there_is(cast: People) -> None:
    event = submitted(cast)
    with write():
        first = receive(event)
        assert receive(event) == first
