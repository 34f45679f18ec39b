"""Who waits no longer is given no place, and what those who have died had is free for others."""

from datetime import date
from pathlib import Path

import pytest

from allting.cases.api import Given, do
from allting.cases.models import Case
from allting.kernel.api import work_off, write
from allting.offers.following import follow
from allting.offers.models import Offer
from allting.offers.placing import waiting
from allting.offers.tests.making import DAY
from allting.offers.tests.test_placing import START, asked, child, lives, placed, seats
from allting.offers.tests.test_seating import WITH_REFUSAL, applied, decided, town_with, worker
from allting.packages.api import Edition
from allting.placements.api import give, open_round, settle
from allting.placements.models import Place
from allting.register.changes import note_changes
from allting.register.models import DeclaredFact, Person
from allting.register.testing import Family, actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    return town_with(tmp_path / "town", WITH_REFUSAL)


def dies(someone: Person) -> None:
    assert follow(DAY) >= 0
    with write():
        Person.objects.filter(id=someone.id).update(died=date(2026, 11, 1))
        note_changes([someone.id], "test")
    assert follow(DAY) >= 1
    work_off()


def in_a_round(town: Edition, people: Family) -> Case:
    """An application that stands in a round which is being prepared."""
    lives(people.sister, 58.2)
    case = applied(town, people.sister, people.mother)
    open_round(service="preschool", start=START, by=None, as_of=DAY)
    assert Place.objects.filter(source=case.number, state="waiting").exists()
    return case


def test_an_application_that_is_withdrawn_leaves_the_round(town: Edition, people: Family) -> None:
    case = in_a_round(town, people)
    lives(people.baby, 58.1)
    do(actor(people.mother), case.id, "withdraw", seen_stage="received")
    assert not Place.objects.filter(source=case.number).exists()
    assert not Place.objects.filter(subject=people.sister.id).exists()


def test_one_that_is_refused_or_granted_leaves_it_too(town: Edition, people: Family) -> None:
    case = in_a_round(town, people)
    parent, other = child("Ada", lat=58.2)
    Person.objects.filter(id=other.id).update(birth_date=date(2022, 6, 1))
    no = Given(outcome="refused", reason="Barnet bor inte här.")
    do(worker(), case.id, "decide", seen_stage="received", given=no)
    assert not Place.objects.filter(subject=people.sister.id).exists()
    second = applied(town, other, parent)
    decided(second, "solrosen")
    assert seats() == [("solrosen", True)]


def test_granted_while_the_round_is_prepared_it_is_not_offered_another(
    town: Edition, people: Family
) -> None:
    case = in_a_round(town, people)
    round = Place.objects.get(source=case.number).round_id
    decided(case, "solrosen")
    assert round is not None
    settle(round, by=None)
    assert ("blaklockan", False) not in seats() and ("solrosen", True) in seats()
    assert not Place.objects.filter(subject=people.sister.id, state="offered").exists()


def test_an_offered_place_is_free_when_the_child_has_died(town: Edition, people: Family) -> None:
    lives(people.baby, 58.1)
    [offer] = placed(town)
    assert seats() == [("solrosen", False)]
    dies(people.baby)
    assert (Offer.objects.get(id=offer.id).state, seats()) == ("withdrawn", [])


def test_a_place_that_was_had_is_free_from_then_on(town: Edition, people: Family) -> None:
    give(
        service="preschool", unit="solrosen", subject=people.sister.id, start=date(2026, 8, 17),
        source="desk",
    )  # fmt: skip
    dies(people.sister)
    assert Person.objects.get(id=people.sister.id).died is not None
    assert [it.unit for it in Place.objects.filter(state="taken")] == ["solrosen"]
    parent, small = child("Ada")
    again = give(service="preschool", unit="solrosen", subject=small.id, start=START, source="desk")
    assert again and parent
    latest = DeclaredFact.objects.filter(person=people.sister.id).latest("id")
    assert (latest.name, latest.value) == ("place_preschool", "false")


def test_an_application_for_somebody_who_has_died_is_in_no_round(
    town: Edition, people: Family
) -> None:
    applied(town, people.sister, people.mother)
    lives(people.sister, 58.2)
    assert people.sister.id in {it.subject for it in waiting(asked(town))}
    Person.objects.filter(id=people.sister.id).update(died=date(2026, 11, 1))
    assert people.sister.id not in {it.subject for it in waiting(asked(town))}
