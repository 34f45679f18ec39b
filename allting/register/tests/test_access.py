"""Who may read about whom: each rule with someone allowed and someone refused."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from allting.register.access import NAMED_HANDLER
from allting.register.api import (
    Errand,
    access_log,
    card,
    children_of,
    facts,
    is_guardian,
    other_guardians,
    people_cards,
)
from allting.register.models import AccessLog, Person
from allting.register.testing import Family, actor, family

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)
BABY: Any = {"names": {"birth_date"}, "as_of": ON, "purpose": "form"}
CASE = Errand("education", "BUN-2026-000001")


@pytest.fixture
def people() -> Family:
    return family()


def test_guardians_see_their_children_the_eldest_first(people: Family) -> None:
    for parent in (people.mother, people.father):
        found = children_of(actor(parent), as_of=ON)
        assert [c.given_name for c in found] == ["Elsa", "Nils"]


def test_others_have_no_children_and_unknown_people_are_refused(people: Family) -> None:
    assert children_of(actor(people.stranger), as_of=ON) == ()
    with pytest.raises(PermissionDenied):
        children_of(actor(None), as_of=ON)


def test_guardianship_ends_on_the_eighteenth_birthday(people: Family) -> None:
    mother, child = people.mother.id, people.baby.id
    assert is_guardian(mother, child, date(2043, 5, 19))
    assert not is_guardian(mother, child, date(2043, 5, 20))
    assert not is_guardian(people.stranger.id, child, ON)


def test_a_guardian_of_another_child_and_a_stranger_are_refused(people: Family) -> None:
    other = family()
    for refused in (other.mother, people.stranger, people.sister):
        with pytest.raises(PermissionDenied):
            card(actor(refused), people.baby.id, purpose="form")
        with pytest.raises(PermissionDenied):
            facts(actor(refused), applicant=refused.id, subject=people.baby.id, **BABY)
    assert not AccessLog.objects.exists()


def test_nobody_reads_in_the_name_of_another_applicant(people: Family) -> None:
    with pytest.raises(PermissionDenied):
        facts(actor(people.father), applicant=people.mother.id, subject=people.baby.id, **BABY)


def test_a_person_who_does_not_exist_is_refused_like_any_other(people: Family) -> None:
    with pytest.raises(PermissionDenied):
        card(actor(people.mother), Person().id, purpose="form")


def test_an_employee_reads_in_a_case_of_their_board_only(people: Family) -> None:
    clerk = actor(people.stranger, ("administrator", "education"))
    assert card(clerk, people.baby.id, purpose="case", errand=CASE).name == "Nils Berg"
    elsewhere = actor(people.stranger, ("administrator", "building"))
    for refused, errand in ((clerk, None), (elsewhere, CASE), (clerk, Errand("building", "X"))):
        with pytest.raises(PermissionDenied):
            card(refused, people.baby.id, purpose="case", errand=errand)


def test_one_forbidden_person_refuses_the_whole_list(people: Family) -> None:
    ids = [people.baby.id, people.stranger.id]
    with pytest.raises(PermissionDenied):
        people_cards(actor(people.mother), ids, purpose="list")
    assert not AccessLog.objects.exists()


def test_whereabouts_of_the_protected_are_for_those_at_home_and_named_handlers() -> None:
    people = family(protection="registration")
    at_home = card(actor(people.mother), people.baby.id, purpose="form")
    assert at_home.protected and not at_home.withheld and at_home.address
    apart = card(actor(people.father), people.baby.id, purpose="form")
    assert apart.withheld and apart.address is None and apart.municipality_code is None
    clerk = actor(people.stranger, ("administrator", "education"))
    assert card(clerk, people.baby.id, purpose="case", errand=CASE).withheld
    named = actor(people.stranger, ("administrator", "education"), (NAMED_HANDLER, "education"))
    assert card(named, people.baby.id, purpose="case", errand=CASE).address
    in_a_list = card(named, people.baby.id, purpose="list", errand=Errand("education"))
    assert in_a_list.withheld and in_a_list.address is None


def test_relations_of_the_protected_are_withheld() -> None:
    people = family()
    names = other_guardians(actor(people.mother), people.baby.id, as_of=ON)
    assert [(g.given_name, g.address, g.identity_number) for g in names] == [("Omar", None, "")]
    hidden = family(protection="mark")
    assert other_guardians(actor(hidden.mother), hidden.baby.id, as_of=ON) == ()
    with pytest.raises(PermissionDenied):
        other_guardians(actor(people.stranger), people.baby.id, as_of=ON)


def test_residents_see_who_has_read_about_them_and_their_children(people: Family) -> None:
    clerk = actor(people.stranger, ("administrator", "education"))
    card(clerk, people.baby.id, purpose="case", errand=CASE)
    card(actor(people.mother), people.mother.id, purpose="my page")
    seen = access_log(actor(people.mother))
    assert [(r.person_name, r.reader_name, r.case, r.by_yourself) for r in seen] == [
        ("Maja Berg", "Maja Berg", "", True),
        ("Nils Berg", "Gun Berg", "BUN-2026-000001", False),
    ]
    assert access_log(actor(people.stranger)) == ()
    with pytest.raises(PermissionDenied):
        access_log(actor(None))
