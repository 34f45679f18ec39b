"""Who decides must have signed in lately; what they wrote is not lost on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from allting.cases.actions import do, finish_task
from allting.cases.models import Case, Decision
from allting.cases.steps import Given
from allting.cases.tests.people import MORNING, People, a_case, client_of
from allting.kernel.api import clock_at
from allting.workplace.models import Written
from allting.workplace.written import forget_old

PAGE = {"outcome": "refused", "reason": "Platserna är slut & fulla", "placed-start_year": "2027"}


@pytest.fixture
def case(cast: People) -> Case:
    made = a_case(cast)
    do(cast.worker, made.id, "take", seen_stage="received")
    finish_task(cast.worker, made.id, "hear")
    made.refresh_from_db()
    return made


def later(minutes: int) -> Any:
    return clock_at(MORNING + timedelta(minutes=minutes))


def signed_in(who: Any) -> Client:
    with later(0):
        return client_of(who)


def address(case: Case, move: str = "decide") -> str:
    return f"/sv/desk/cases/{case.number}/do/{move}/"


def sent(client: Client, case: Case, move: str = "decide", **more: str) -> Any:
    seen = {"seen_stage": case.stage, "seen_version": str(case.version)}
    return client.post(address(case, move), {**seen, **PAGE, **more})


def test_within_the_time_one_decides_at_once(case: Case, cast: People) -> None:
    chief = signed_in(cast.chief)
    with later(15):
        assert sent(chief, case)["Location"] == f"/sv/desk/cases/{case.number}/"
    assert Decision.objects.get().reason == PAGE["reason"]
    assert not Written.objects.exists()


def test_after_it_one_signs_in_anew_and_finds_what_one_wrote(case: Case, cast: People) -> None:
    chief = signed_in(cast.chief)
    with later(16):
        asked = sent(chief, case)
        assert asked["Location"].startswith("/sv/sign-in/?next=%2Fsv%2Fdesk%2Fcases")
        assert not Decision.objects.exists()
        page = chief.get(asked["Location"]).content.decode()
        assert "Visa att det är du" in page and 'name="fresh"' in page
        anew = client_of(cast.chief)
        back = anew.get(address(case)).content.decode()
        assert "Platserna är slut &amp; fulla" in back and "Det du skrev finns här" in back
        assert 'value="refused" checked' in back and 'value="2027"' in back
        assert sent(anew, case).status_code == 302
    assert Decision.objects.get().outcome == "refused"
    assert not Written.objects.exists()


def test_looking_and_other_moves_ask_for_nothing(case: Case, cast: People) -> None:
    chief, worker = signed_in(cast.chief), signed_in(cast.worker)
    with later(50):
        assert sent(chief, case, preview="yes").status_code == 200
        assert sent(worker, case, "propose")["Location"] == f"/sv/desk/cases/{case.number}/"


def test_nobody_else_finds_it_and_it_does_not_lie_for_ever(case: Case, cast: People) -> None:
    chief = signed_in(cast.chief)
    with later(16):
        sent(chief, case)
        for other in (cast.worker, cast.builder, cast.mother):
            answer = client_of(other).get(address(case))
            assert "Platserna" not in answer.content.decode()
        assert forget_old() == 0
    with later(16 + 8 * 60):
        assert "Platserna" not in client_of(cast.chief).get(address(case)).content.decode()
        assert forget_old() == 1


def test_one_who_may_not_decide_is_refused_and_nothing_is_kept(case: Case, cast: People) -> None:
    for other in (cast.builder, cast.mother):
        client = signed_in(other)
        with later(16):
            assert sent(client, case).status_code == 403
    assert not Written.objects.exists()


def test_what_happened_meanwhile_is_told(transactional_db: None, case: Case, cast: People) -> None:
    chief = signed_in(cast.chief)
    with later(16):
        sent(chief, case)
        do(
            cast.worker,
            case.id,
            "extend",
            seen_stage="investigation",
            given=Given(text="Det tar tid"),
        )
        anew = client_of(cast.chief)
        assert (
            f'name="seen_version" value="{case.version}"'
            in anew.get(address(case)).content.decode()
        )
        late = sent(anew, case)
        assert late.status_code == 409
        assert not Decision.objects.exists()
        again = anew.get(address(case)).content.decode()
        assert "Det du skrev finns här" not in again
