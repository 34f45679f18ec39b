"""Many at once, over real connections: one offer, one answer, one case."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from allting.cases.models import Case
from allting.forms.models import Submission
from allting.kernel.api import clock_at, work_off
from allting.offers.answering import Answer, NotOpen, accept, decline
from allting.offers.ending import expire, withdraw_fallen
from allting.offers.making import Came, make
from allting.offers.models import Offer
from allting.offers.tests.making import DAY, situation, to_family
from allting.offers.tests.town import published
from allting.packages.api import Edition
from allting.register.models import Person
from allting.register.testing import Family, family

ROUNDS = 5


@pytest.fixture
def town(transactional_db: None, tmp_path: Path) -> Iterator[Edition]:
    """In force, and seen by every connection."""
    yield published(tmp_path / "town")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to: its value, or its exception."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n: int) -> None:
        try:
            gate.wait(30)
            found[n] = acts[n]()
        except Exception as error:
            found[n] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found


def told_apart(found: list[Any]) -> list[str]:
    """The states of those who were heard, and of those who came late."""
    for one in found:
        assert one is not None and not (
            isinstance(one, Exception) and not isinstance(one, NotOpen)
        ), found
    return [one.state for one in found]


def test_two_guardians_accept_and_decline_at_the_same_moment(town: Edition) -> None:
    for _ in range(ROUNDS):
        people = family()
        offer = to_family(town, people)
        states = told_apart(
            at_once(
                partial(accept, offer.id, Answer(people.mother.id, "sv")),
                partial(decline, offer.id, Answer(people.father.id, "sv")),
            )
        )
        offer.refresh_from_db()
        assert states == [offer.state, offer.state]
        cases = Case.objects.filter(subject=people.baby.id).count()
        assert cases == (offer.state == "accepted")


def test_all_who_may_accept_at_the_same_moment_and_twice(town: Edition) -> None:
    for _ in range(ROUNDS):
        people = family()
        offer = to_family(town, people)
        parents = (people.mother, people.father)
        acts = [
            partial(accept, offer.id, Answer(one.id, "sv")) for one in parents for _ in range(3)
        ]
        assert set(told_apart(at_once(*acts))) == {"accepted"}
        assert Case.objects.filter(subject=people.baby.id).count() == 1
        assert Submission.objects.filter(source=f"offer:{offer.id}").count() == 1


def test_one_offer_however_many_make_it(town: Edition) -> None:
    planned = situation(town)
    for _ in range(ROUNDS):
        people = family()
        acts = [partial(make, town, planned, people.baby.id, as_of=DAY) for _ in range(4)]
        came = at_once(*acts)
        assert sorted(came) == [Came.ALREADY] * 3 + [Came.MADE]
        work_off()
        assert Offer.objects.filter(person=people.baby.id).count() == 1


def test_accepted_as_it_closes(town: Edition) -> None:
    people = family()
    offer = to_family(town, people)
    with clock_at(datetime(2026, 11, 16, 22, 59, tzinfo=UTC)):
        found = at_once(
            lambda: accept(offer.id, Answer(people.mother.id, "sv")),
            lambda: expire(date(2026, 11, 17)),
        )
    offer.refresh_from_db()
    late = isinstance(found[0], NotOpen)
    assert offer.state == ("expired" if late else "accepted")
    assert Case.objects.count() == (not late)


def test_accepted_as_the_situation_ends(town: Edition) -> None:
    for _ in range(ROUNDS):
        people: Family = family()
        offer = to_family(town, people)
        Person.objects.filter(id=people.baby.id).update(municipality_code="0180")
        at_once(
            partial(accept, offer.id, Answer(people.mother.id, "sv")),
            partial(withdraw_fallen, [people.baby.id]),
        )
        offer.refresh_from_db()
        assert offer.state == "withdrawn"
        assert not Case.objects.filter(subject=people.baby.id).exists()
