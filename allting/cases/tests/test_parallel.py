"""Several at once, with real connections: one decision, numbers without gaps, nothing twice."""

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from allting.cases.actions import do
from allting.cases.errors import NotDone
from allting.cases.models import Case, CaseEvent, Decision, Letter
from allting.cases.steps import Done, Given
from allting.cases.tests.people import People, a_case, people, submitted
from allting.cases.tests.town import published
from allting.identity.api import Actor
from allting.kernel.api import announce, write
from allting.register.testing import actor, person

PLACED = Given(outcome="placed", values={"unit": "solrosen", "start": "2027-01-11"})
REFUSED = Given(outcome="refused", reason="Nej.")


@pytest.fixture
def cast(transactional_db: None, tmp_path: Path) -> People:
    published(tmp_path / "town")
    return people()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each came to, a result or the exception, when all begin at the same moment."""
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(n: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            results[n] = work()
        except Exception as error:
            results[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_decide_at_once_and_one_decision_is_made(cast: People) -> None:
    other = actor(person("Eva", date(1970, 1, 1)), ("decision-maker", "education"))
    for _ in range(5):
        case = a_case(cast)
        do(cast.worker, case.id, "propose", seen_stage="received", given=PLACED)
        case.refresh_from_db()

        def decide(by: Actor, given: Given, id: int = case.id) -> Done:
            return do(by, id, "decide", seen_stage="proposed", seen_version=2, given=given)

        results = at_once(
            partial(decide, cast.chief, PLACED),
            partial(decide, other, REFUSED),
            partial(decide, cast.chief, PLACED),
        )
        made = [r for r in results if not isinstance(r, Exception)]
        lost = [r for r in results if isinstance(r, Exception)]
        assert made and all(isinstance(error, NotDone) for error in lost), results
        assert Decision.objects.filter(case=case).count() == 1
        assert Letter.objects.filter(case=case, formal=True).count() == 1
        assert CaseEvent.objects.filter(case=case, move="decide").count() == 1
        assert sum(not r.repeated for r in made) == 1


def test_deciding_while_the_applicant_withdraws(cast: People) -> None:
    for _ in range(5):
        case = a_case(cast)
        do(cast.worker, case.id, "propose", seen_stage="received", given=PLACED)
        results = at_once(
            partial(do, cast.chief, case.id, "decide", seen_stage="proposed", given=PLACED),
            partial(do, cast.mother, case.id, "withdraw", seen_stage="proposed"),
        )
        assert sum(isinstance(r, Exception) for r in results) == 1, results
        case.refresh_from_db()
        decided = Decision.objects.filter(case=case).exists()
        assert case.stage == ("decided" if decided else "withdrawn")


def test_one_submission_announced_by_many_is_one_case(cast: People) -> None:
    event = submitted(cast)

    def tell() -> None:
        with write():
            announce(event)

    results = at_once(*[tell] * 6)
    assert Case.objects.count() == 1
    # on PostgreSQL a transaction may be undone by the unique submission: then it did nothing
    assert any(result is None for result in results)
    assert Case.objects.get().number == "BUN-2026-000001"


def test_fifty_submissions_have_numbers_without_gaps(cast: People) -> None:
    events = [submitted(cast) for _ in range(50)]

    def tell(mine: list[Any]) -> None:
        for event in mine:
            with write():
                announce(event)

    results = at_once(*(partial(tell, events[n::10]) for n in range(10)))
    assert results == [None] * 10
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"BUN-2026-{n:06d}" for n in range(1, 51)]
