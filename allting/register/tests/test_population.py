"""The made-up municipality: the same for everyone, and like the country it is drawn from."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from uuid import UUID

import pytest

from allting.register.generator.figures import ages, households, shares
from allting.register.generator.load import PERSON, load
from allting.register.generator.population import Population, generate
from allting.register.models import Guardianship, Person
from allting.register.numbers import is_number

ON = date(2026, 11, 22)


@cache
def town(size: int = 15_000, seed: int = 1) -> Population:
    return generate(size, seed=seed, municipality="2599", city="Solvik", on=ON)


def age(born: object) -> int:
    assert isinstance(born, date)
    return ON.year - born.year - ((ON.month, ON.day) < (born.month, born.day))


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    again = generate(2_000, seed=7, municipality="2599", city="Solvik", on=ON)
    assert again == generate(2_000, seed=7, municipality="2599", city="Solvik", on=ON)
    assert again != generate(2_000, seed=8, municipality="2599", city="Solvik", on=ON)


def test_ages_are_those_of_the_country() -> None:
    made = Counter((str(p[5]), age(p[4])) for p in town().people)
    assert made == Counter({cell: n for cell, n in shares(15_000).items() if n})
    whole = sum(ages().values())
    for low in range(0, 100, 10):
        here = sum(n for (_, a), n in made.items() if low <= a < low + 10) / 15_000
        there = sum(n for (_, a), n in ages().items() if low <= a < low + 10) / whole
        assert abs(here - there) < 0.002


def test_households_are_those_of_the_country_within_a_few_points() -> None:
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for person, home, *_ in town().memberships:
        members[home].append(person)  # type: ignore[index,arg-type]
    alone = sum(len(m) == 1 for m in members.values()) / len(members)
    figures = households()
    assert abs(alone - figures["alone"] / sum(figures.values())) < 0.05
    assert 2.0 < 15_000 / len(members) < 2.4
    born = {p[0]: p[4] for p in town().people}
    young = {h for h, m in members.items() if any(age(born[p]) < 18 for p in m)}
    assert 0.18 < len(young) / len(members) < 0.30


def test_every_child_has_a_guardian_of_a_believable_age_and_nobody_has_three() -> None:
    born = {p[0]: p[4] for p in town().people}
    guardians: dict[object, list[object]] = defaultdict(list)
    for child, guardian, since, until in town().guardianships:
        guardians[child].append(guardian)
        assert since == born[child] and isinstance(until, date) and until > ON
    assert {p for p, day in born.items() if age(day) < 18} == set(guardians)
    assert {len(g) for g in guardians.values()} == {1, 2}
    for child, them in guardians.items():
        assert all(17 <= age(born[g]) - age(born[child]) <= 65 for g in them)
    alone = sum(len(g) == 1 for g in guardians.values()) / len(guardians)
    assert 0.04 < alone < 0.15


def test_some_guardians_live_apart_and_a_few_people_are_protected() -> None:
    home = {m[0]: m[1] for m in town().memberships}
    apart = {c for c, g, *_ in town().guardianships if home[c] != home[g]}
    children = {c for c, *_ in town().guardianships}
    assert 0.08 < len(apart) / len(children) < 0.25
    protected = [p for p in town().people if p[11] != "none"]
    assert 0.0005 < len(protected) / 15_000 < 0.006
    assert all(p[7] == "" for p in protected if p[11] != "mark")


def test_names_suit_the_birth_year() -> None:
    girls = Counter(str(p[2]) for p in town().people if p[5] == "f" and age(p[4]) < 10)
    elders = Counter(str(p[2]) for p in town().people if p[5] == "f" and age(p[4]) > 75)
    assert not girls.keys() & {"Birgitta", "Kerstin", "Gun", "Ulla"}
    assert not elders.keys() & {"Saga", "Molly", "Wilma", "Nova"}
    assert len(girls) > 40 and Counter(str(p[3]) for p in town().people)["Andersson"] > 200


def test_numbers_are_valid_and_each_persons_own() -> None:
    numbers = [str(p[1]) for p in town().people]
    assert len(set(numbers)) == 15_000 and all(is_number(n) for n in numbers)
    assert all(
        (int(n[10]) % 2 == 1) == (p[5] == "m") for n, p in zip(numbers, town().people, strict=True)
    )
    assert not any(n.startswith("17") for n in numbers)  # the official series suffice
    assert {n[8:11] for n in numbers} == {"238", "239"}


def test_contact_points_reach_nobody_real() -> None:
    for person in town().people:
        assert person[12] == "" or str(person[12]).endswith("@epost.example")
        assert person[13] == "" or str(person[13]).startswith("+467017406")


def test_too_small_a_population_is_refused_with_what_to_ask_for() -> None:
    with pytest.raises(ValueError, match="at least 200"):
        generate(12, seed=1, municipality="2599", city="Solvik", on=ON)
    assert len(generate(200, seed=1, municipality="2599", city="Solvik", on=ON).people) == 200


@pytest.mark.django_db
def test_a_population_is_loaded_whole() -> None:
    made = generate(500, seed=3, municipality="2580", city="Luleå", on=ON)
    load(made)
    assert Person.objects.count() == 500
    assert Guardianship.objects.count() == len(made.guardianships)
    one = made.people[0]
    kept = Person.objects.get(identity_number=str(one[1]))
    kept.full_clean()
    assert (kept.birth_date, kept.given_name, kept.city) == (one[4], one[2], "Luleå")


def test_there_is_somebody_in_every_situation_of_life() -> None:
    made = generate(
        15_000, seed=1, municipality="2599", city="Solvik", on=ON, centres=[(58.13, 16.21)]
    )
    people = {p[0]: dict(zip(PERSON, p, strict=True)) for p in made.people}
    living = [p for p in people.values() if p["died"] is None]
    assert 60 < len(people) - len(living) < 250
    assert sum((ON - p["registered_since"]).days < 60 for p in living) > 100  # type: ignore[operator]
    assert all(p["registered_since"] >= p["birth_date"] for p in living)  # type: ignore[operator]
    positions = [p for p in living if p["lat"] is not None]
    assert all(abs(float(str(p["lat"])) - 58.13) < 0.06 for p in positions)
    assert {p["protection"] for p in living if p["lat"] is None} <= {"registration", "new-identity"}
    spouses = [r for r in made.relations if r[2] == "spouse"]
    assert all(people[r[0]]["civil_status"] in ("married", "widowed") for r in spouses)
    assert any(r[4] is not None for r in spouses) and made.mandates
    assert any(r[2] == "parent" and people[r[1]]["died"] for r in made.relations)
    stated = Counter(str(fact[2]) for fact in made.facts)
    assert stated["building_permit_lapses"] > 20 and stated["wedding_day"] > 20
    incomes = Counter(fact[1] for fact in made.facts if fact[2] == "income_month")
    assert sum(count > 1 for count in incomes.values()) > 20


def test_without_a_centre_nobody_knows_where_homes_lie() -> None:
    assert {p[-2:] for p in town().people} == {(None, None)}
