"""What the register says to conditions and forms, and at what price."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.register.api import Errand, contact_of, facts, find_person, save_contact
from allting.register.models import DeclaredFact, Household, Membership, Person
from allting.register.testing import Family, actor, family, guard, person

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)
EVERYTHING = {
    prefix + name
    for prefix in ("", "child.", "applicant.")
    for name in (
        "birth_date", "municipality_code", "postcode", "protected", "has_guardian_here",
        "email", "phone", "address", "civil_status",
    )
} | {f"household.{n}" for n in ("income_month", "adults", "children", "child_order")}  # fmt: skip


@pytest.fixture
def people() -> Family:
    return family()


def known(people: Family, names: set[str], **more: object) -> dict[str, object]:
    asked = {"applicant": people.mother.id, "subject": people.baby.id, "here": "2599"} | more
    return dict(
        facts(actor(people.mother), names=names, as_of=ON, purpose="form", **asked)  # type: ignore[arg-type]
    )


def household_of(someone: Person) -> Household:
    return Membership.objects.get(person=someone).household


def declare(household: Household, name: str, value: str, at: date) -> None:
    DeclaredFact.objects.create(
        household=household, name=name, type="number", value=value, source="declared", at=at
    )


def test_facts_are_keyed_by_the_names_conditions_use(people: Family) -> None:
    declare(household_of(people.mother), "income_month", "52000", date(2026, 1, 5))
    found = known(people, EVERYTHING)
    assert found["birth_date"] == found["child.birth_date"] == date(2025, 5, 20)
    assert found["applicant.birth_date"] == date(1992, 4, 3)
    assert found["applicant.address"] == "Storgatan 1, 999 01 Solvik"
    assert found["applicant.email"] == "maja@epost.example"
    assert found["protected"] is False and found["has_guardian_here"] is True
    assert (found["household.adults"], found["household.children"]) == (1, 2)
    assert found["household.income_month"] == 52_000
    assert "email" not in found  # the baby has none: left out, so that it is unknown


def test_only_what_is_asked_for_is_given(people: Family) -> None:
    assert set(known(people, {"applicant.phone", "birth_date"})) == {
        "applicant.phone",
        "birth_date",
    }


def test_without_a_subject_only_the_applicant_and_the_household_are_known(people: Family) -> None:
    found = known(people, EVERYTHING, subject=None)
    assert {name.split(".")[0] for name in found} == {"applicant", "household"}
    assert "household.child_order" not in found


def test_the_youngest_child_in_childcare_is_the_first(people: Family) -> None:
    assert known(people, {"household.child_order"}) == {"household.child_order": 1}
    DeclaredFact.objects.create(
        person=people.baby, name="in_childcare", type="boolean", value="true", source="p", at=ON
    )
    sister = {"subject": people.sister.id}
    assert known(people, {"household.child_order"}, **sister) == {"household.child_order": 2}


def test_the_latest_declaration_before_the_day_holds(people: Family) -> None:
    home = household_of(people.mother)
    for at, income in ((date(2026, 9, 1), "48000"), (date(2025, 9, 1), "40000"),
                       (date(2026, 12, 1), "99000")):  # fmt: skip
        declare(home, "income_month", income, at)
    assert known(people, {"household.income_month"}) == {"household.income_month": 48_000}


def test_has_guardian_here_looks_at_where_the_guardians_are_registered(people: Family) -> None:
    assert known(people, {"has_guardian_here"}, here="0114") == {"has_guardian_here": False}
    people.father.municipality_code = "0114"
    people.father.save()
    assert known(people, {"has_guardian_here"}, here="0114") == {"has_guardian_here": True}
    assert known(people, {"has_guardian_here"}, here=None) == {}


def test_a_guardian_elsewhere_is_not_told_where_a_protected_child_is() -> None:
    people = family(protection="mark")
    whereabouts = {"address", "postcode", "municipality_code", "has_guardian_here", "protected"}
    assert set(known(people, whereabouts)) == whereabouts
    father = facts(
        actor(people.father), applicant=people.father.id, subject=people.baby.id, here="2599",
        names=whereabouts | {"birth_date"}, as_of=ON, purpose="form",
    )  # fmt: skip
    assert set(father) == {"birth_date", "protected"}


@pytest.mark.parametrize("names", [{"birth_date"}, EVERYTHING])
def test_at_most_three_queries_whatever_is_asked(people: Family, names: set[str]) -> None:
    with CaptureQueriesContext(connection) as queries:
        known(people, names)
    assert len(queries) <= 3


def test_as_many_queries_for_a_large_family(people: Family) -> None:
    with CaptureQueriesContext(connection) as few:
        known(people, EVERYTHING)
    home = household_of(people.mother)
    for year in range(2010, 2022):
        child = person("Barn", date(year, 3, 3))
        Membership.objects.create(person=child, household=home, since=child.birth_date)
        guard(child, people.mother)
    with CaptureQueriesContext(connection) as many:
        assert known(people, EVERYTHING)["household.children"] == 14
    assert len(many) == len(few)


def test_an_employee_reads_the_facts_of_a_case(people: Family) -> None:
    clerk = actor(people.stranger, ("administrator", "education"))
    found = facts(
        clerk, applicant=people.mother.id, subject=people.baby.id, names={"address"},
        as_of=ON, purpose="case", errand=Errand("education", "BUN-2026-000001"),
    )  # fmt: skip
    assert found == {"address": "Storgatan 1, 999 01 Solvik"}


def test_contact_is_saved_and_found_again(people: Family) -> None:
    mother = actor(people.mother)
    save_contact(mother, email="ny@epost.example", phone="070-174 06 06", language="en")
    contact = contact_of(people.mother.id)
    assert contact is not None
    assert (contact.email, contact.phone, contact.language, contact.protected) == (
        "ny@epost.example", "+46701740606", "en", False,
    )  # fmt: skip
    save_contact(mother, phone="")
    contact = contact_of(people.mother.id)
    assert contact is not None and contact.phone is None and contact.email == "ny@epost.example"
    assert contact_of(Person().id) is None


@pytest.mark.parametrize("wrong", [{"email": "maja@"}, {"phone": "12"}, {"phone": "ring mig"}])
def test_contact_that_cannot_be_right_is_refused(people: Family, wrong: dict[str, str]) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        save_contact(actor(people.mother), **wrong)


def test_a_person_is_found_by_number(people: Family) -> None:
    found = find_person(people.mother.identity_number)
    assert found is not None and (found.person, found.name) == (people.mother.id, "Maja Berg")
    assert find_person("198501139995") is None
