"""Homes, siblings and shelter, of many at once."""

from datetime import date
from uuid import UUID

import pytest

from allting.register import families
from allting.register.families import homes, lives_with, sheltered, siblings, wards
from allting.register.models import Guardianship, Membership, Person
from allting.register.testing import family, guard, home, person

DAY = date(2026, 11, 1)
pytestmark = pytest.mark.django_db


def all_ids() -> list[UUID]:
    return list(Person.objects.values_list("id", flat=True))


def test_siblings_share_a_guardian_or_a_home() -> None:
    them = family()
    half = person("Tove", date(2024, 3, 3))  # lives with the father, who is her only guardian
    guard(half, them.father)
    foster = person("Liv", date(2023, 1, 1))
    Membership.objects.create(
        person=foster,
        household_id=Membership.objects.get(person=them.baby).household_id,
        since=date(2026, 1, 1),
    )
    found = siblings(all_ids(), as_of=DAY)
    assert {them.sister.id, half.id, foster.id} <= found[them.baby.id]
    assert them.baby.id in found[half.id]
    assert them.stranger.id not in found


def test_what_is_over_makes_no_siblings() -> None:
    them = family()
    Membership.objects.filter(person=them.sister).update(until=date(2026, 6, 1))
    Guardianship.objects.filter(child=them.sister).update(until=date(2026, 6, 1))
    assert them.sister.id not in siblings([them.baby.id], as_of=DAY)[them.baby.id]


def test_shelter_reaches_those_who_would_give_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    them = family()
    assert not sheltered(all_ids(), as_of=DAY)
    Person.objects.filter(id=them.mother.id).update(protection="mark")
    expected = {them.mother.id, them.baby.id, them.sister.id}
    assert sheltered(all_ids(), as_of=DAY) == sheltered(as_of=DAY) == expected
    assert sheltered([them.baby.id, them.father.id], as_of=DAY) == {them.baby.id}
    monkeypatch.setattr(families, "AT_A_TIME", 1)
    assert sheltered([them.baby.id, them.father.id], as_of=DAY) == {them.baby.id}


def test_whom_one_answers_for() -> None:
    them = family()
    assert set(wards(them.father.id, as_of=DAY)) == {them.baby.id, them.sister.id}
    assert wards(them.father.id, as_of=date(2045, 1, 1)) == []


def test_who_lives_with_whom() -> None:
    them = family()
    assert lives_with(them.mother.id, them.baby.id, as_of=DAY)
    assert not lives_with(them.father.id, them.baby.id, as_of=DAY)


def test_no_protected_person_has_a_home_on_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "AT_A_TIME", 1)
    open_, hidden = (
        person("Ada", date(2020, 1, 1)),
        person("Bo", date(2020, 1, 1), protection="mark"),
    )
    home(open_, hidden)
    Person.objects.update(lat=58.1, lon=16.2)
    assert homes(all_ids()) == {open_.id: (58.1, 16.2)}
    assert homes([]) == {}
