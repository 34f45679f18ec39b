"""The list of changes: every write adds to it, and nobody who follows it misses one."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from allting.kernel.api import write
from allting.register.api import changed_since, save_contact, touched
from allting.register.changes import latest_mark, note_changes, note_everyone
from allting.register.models import Membership, Relation
from allting.register.testing import actor, family, person

pytestmark = pytest.mark.django_db


def test_who_follows_gets_each_person_once_and_a_mark_to_go_on_from() -> None:
    people = family()
    with write():
        note_changes([people.baby.id, people.mother.id, people.baby.id], "import")
        note_changes([people.baby.id], "import")
    first, mark = changed_since(0, 2)
    assert set(first) == {people.baby.id, people.mother.id}
    assert changed_since(mark)[0] == (people.baby.id,)
    assert changed_since(changed_since(mark)[1]) == ((), latest_mark())


def test_saving_contact_is_a_change() -> None:
    people = family()
    mark = latest_mark()
    save_contact(actor(people.mother), phone="")
    assert changed_since(mark)[0] == (people.mother.id,)


def test_a_population_and_a_cast_are_changes_in_bulk() -> None:
    call_command("people", size=300, cast=Path("packages/solvik/demo.yaml"), verbosity=0)
    everyone, _ = changed_since(0, 10_000)
    assert len(everyone) > 300
    mark = latest_mark()
    call_command("people", cast=Path("packages/solvik/demo.yaml"), verbosity=0)
    assert 0 < len(changed_since(mark)[0]) < 40
    with write():
        note_everyone("once more")
    assert set(changed_since(mark)[0]) == set(everyone)


def test_whose_facts_follow_from_those_of_others() -> None:
    people = family()
    assert touched([people.stranger.id]) == {people.stranger.id}
    near = {people.mother.id, people.father.id, people.baby.id, people.sister.id}
    assert touched([people.baby.id]) == near
    assert touched([people.father.id]) == {people.father.id, people.baby.id, people.sister.id}
    Relation.objects.create(
        person=people.stranger, other=people.father, kind="spouse", since=date(2000, 1, 1)
    )
    assert people.father.id in touched([people.stranger.id])
    lodger = person("Bo", date(1990, 1, 1))
    Membership.objects.create(
        person=lodger, household=Membership.objects.get(person=people.father).household,
        since=date(2020, 1, 1), until=date(2021, 1, 1),
    )  # fmt: skip
    assert lodger.id in touched([people.father.id])
    assert touched([]) == frozenset()
