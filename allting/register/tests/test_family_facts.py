"""Facts that look across the family, for one person."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from allting.register.api import facts
from allting.register.models import DeclaredFact, Membership, Person, Relation
from allting.register.testing import Family, actor, family, guard, home, person

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)


@pytest.fixture
def people() -> Family:
    return family()


def of(
    someone: Person, *names: str, reader: Person | None = None, on: date = ON
) -> dict[str, object]:
    """What someone's guardian, or they themselves, may know where nobody applies."""
    return dict(
        facts(
            actor(reader or someone),
            applicant=None,
            subject=someone.id,
            names=names,
            as_of=on,
            purpose="offer",
            here="2599",
        )
    )


def say(name: str, type_: str, value: str, at: date = ON, **about: object) -> None:
    DeclaredFact.objects.create(name=name, type=type_, value=value, source="s", at=at, **about)


def test_where_nobody_applies_the_household_is_the_subjects(people: Family) -> None:
    names = ("household.size", "household.children", "household.youngest_birth_date", "birth_date")
    assert of(people.baby, *names, reader=people.father) == {
        "birth_date": date(2025, 5, 20),
        "household.size": 3,
        "household.children": 2,
        "household.youngest_birth_date": date(2025, 5, 20),
    }


def test_a_stranger_may_not_ask(people: Family) -> None:
    with pytest.raises(PermissionDenied):
        of(people.baby, "household.size", reader=people.stranger)


def test_the_relations_of_a_protected_child_are_told_at_its_home_only() -> None:
    people = family(protection="mark")
    names = ("household.size", "lives_alone", "moved_in", "guarded_children", "school_year")
    there = of(people.baby, *names, reader=people.father)
    assert there == {"school_year": -5}
    at_home = of(people.baby, *names, reader=people.mother)
    assert at_home == {
        "school_year": -5, "household.size": 3, "lives_alone": False, "guarded_children": 0,
    }  # fmt: skip


def test_who_lives_alone(people: Family) -> None:
    assert of(people.stranger, "lives_alone") == {"lives_alone": True}
    assert of(people.mother, "lives_alone") == {"lives_alone": False}
    assert of(person("Utan", date(1990, 1, 1)), "lives_alone", "household.size") == {}
    lodger = person("Bo", date(1960, 1, 1), sex="m")
    Membership.objects.create(
        person=lodger, household=Membership.objects.get(person=people.stranger).household,
        since=date(2026, 1, 1), until=date(2026, 6, 1),
    )  # fmt: skip
    assert of(people.stranger, "lives_alone") == {"lives_alone": True}
    assert of(people.stranger, "lives_alone", on=date(2026, 3, 1)) == {"lives_alone": False}


def test_the_dead_and_those_who_left_do_not_count_at_home(people: Family) -> None:
    Person.objects.filter(id=people.sister.id).update(died=date(2026, 10, 1))
    assert of(people.baby, "household.size", reader=people.mother) == {"household.size": 2}
    Person.objects.filter(id=people.mother.id).update(left=ON)
    assert of(people.baby, "lives_alone", reader=people.father) == {"lives_alone": True}
    assert of(people.baby, "has_guardian_here", reader=people.father) == {"has_guardian_here": True}
    Person.objects.filter(id=people.father.id).update(died=ON)
    told = of(people.baby, "has_guardian_here", reader=people.mother)
    assert told == {"has_guardian_here": False}


def test_children_one_answers_for_on_the_day(people: Family) -> None:
    assert of(people.father, "guarded_children") == {"guarded_children": 2}
    assert of(people.father, "guarded_children", on=date(2040, 3, 1)) == {"guarded_children": 1}
    Person.objects.filter(id=people.sister.id).update(died=date(2026, 10, 1))
    assert of(people.father, "guarded_children") == {"guarded_children": 1}


def test_the_latest_death_of_a_spouse_a_child_or_a_parent(people: Family) -> None:
    assert of(people.mother, "relative_died") == {}
    grandmother = person("Birgit", date(1960, 1, 1), died=date(2026, 3, 1))  # type: ignore[arg-type]
    Relation.objects.create(
        person=people.mother, other=grandmother, kind="parent", since=people.mother.birth_date
    )
    assert of(people.mother, "relative_died") == {"relative_died": date(2026, 3, 1)}
    Person.objects.filter(id=people.father.id).update(died=date(2026, 9, 1))
    assert of(people.baby, "relative_died", reader=people.mother) == {
        "relative_died": date(2026, 9, 1)
    }
    assert of(people.mother, "relative_died")["relative_died"] == date(2026, 3, 1)
    Relation.objects.create(
        person=people.father, other=people.mother, kind="spouse", since=date(2020, 1, 1),
        until=date(2026, 9, 1),
    )  # fmt: skip
    assert of(people.mother, "relative_died")["relative_died"] == date(2026, 9, 1)
    before = of(people.mother, "relative_died", on=date(2026, 8, 1))
    assert before == {"relative_died": date(2026, 3, 1)}


def test_a_spouse_divorced_before_the_death_is_no_relative(people: Family) -> None:
    Person.objects.filter(id=people.father.id).update(died=date(2026, 9, 1))
    Relation.objects.create(
        person=people.mother, other=people.father, kind="spouse", since=date(2020, 1, 1),
        until=date(2025, 1, 1),
    )  # fmt: skip
    assert of(people.mother, "relative_died") == {}


def test_an_income_has_changed_when_it_is_another_than_before(people: Family) -> None:
    where = {"household": Membership.objects.get(person=people.mother).household}
    name = "household.income_changed"
    say("income_month", "number", "40000", date(2026, 1, 1), **where)
    assert of(people.mother, name) == {}
    say("income_month", "number", "40000.00", date(2026, 2, 1), **where)
    assert of(people.mother, name) == {}
    say("income_month", "number", "47000", date(2026, 5, 1), **where)
    say("income_month", "number", "47000", date(2026, 6, 1), **where)
    assert of(people.mother, name, "household.income_month") == {
        name: date(2026, 5, 1), "household.income_month": 47_000,
    }  # fmt: skip


def test_places_in_childcare_are_counted_at_home(people: Family) -> None:
    say("in_childcare", "boolean", "true", person=people.baby)
    say("in_childcare", "boolean", "true", date(2025, 1, 1), person=people.sister)
    say("in_childcare", "boolean", "false", date(2026, 10, 1), person=people.sister)
    assert of(people.mother, "household.children_in_childcare", "guarded_children") == {
        "household.children_in_childcare": 1, "guarded_children": 2,
    }  # fmt: skip
    assert of(people.sister, "in_childcare", reader=people.mother) == {"in_childcare": False}
    assert of(people.mother, "in_childcare") == {}


def test_the_school_year_follows_the_year_of_birth_and_the_autumn_term(people: Family) -> None:
    born_2020 = person("Lo", date(2020, 12, 31))
    home(born_2020)
    guard(born_2020, people.mother)
    reader = people.mother
    for on, year in ((date(2026, 7, 31), -1), (date(2026, 8, 1), 0), (date(2036, 1, 1), 9)):
        assert of(born_2020, "school_year", reader=reader, on=on) == {"school_year": year}
    early = facts(
        actor(reader), applicant=None, subject=born_2020.id, names=["child.school_year"],
        as_of=date(2026, 7, 1), purpose="offer", autumn=7,
    )  # fmt: skip
    assert early == {"child.school_year": 0}


def test_what_a_package_lets_be_stated_is_known_under_its_name(people: Family) -> None:
    say("wedding_day", "date", "2027-05-08", person=people.mother)
    say(
        "rent",
        "number",
        "9100.50",
        household=Membership.objects.get(person=people.mother).household,
    )
    say("seat", "text", "solrosen", person=people.baby)
    assert of(people.mother, "wedding_day", "household.rent", "seat") == {
        "wedding_day": date(2027, 5, 8), "household.rent": Decimal("9100.50"),
    }  # fmt: skip
    known = facts(
        actor(people.mother), applicant=people.mother.id, subject=people.baby.id,
        names=["child.seat", "seat"], as_of=ON, purpose="form",
    )  # fmt: skip
    assert known == {"seat": "solrosen", "child.seat": "solrosen"}


def test_since_when_someone_is_registered_here(people: Family) -> None:
    Person.objects.filter(id=people.mother.id).update(registered_since=date(2026, 9, 1))
    assert of(people.mother, "moved_in", "died") == {"moved_in": date(2026, 9, 1)}
