"""Who is in a round, by which list, and where they stand."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from allting.conditions.api import FactType
from allting.packages.api import Edition
from allting.placements.gather import Waiting as Listed
from allting.placements.gather import gather
from allting.placements.keys import key_of, lines_of
from allting.placements.models import Place
from allting.placements.nearness import metres
from allting.placements.ordering import Rows, keys_of
from allting.placements.ports import Applicant
from allting.placements.tests.town import SERVICE, START, Waiting, seat
from allting.placements.vocabulary import words_of
from allting.register.models import Person

DAY = date(2026, 11, 1)


def lists(town: Edition) -> dict[str, Listed]:
    names = dict(Person.objects.values_list("id", "given_name"))
    return {names[it.applicant.subject]: it for it in gather(town, SERVICE, START, DAY).waiting}


def test_wishes_come_first_and_then_the_nearest(town: Edition, waiting: Waiting) -> None:
    waiting.child("Ada", "ash", north=0)
    waiting.child("Bo", north=1)
    waiting.child("Cleo", "oak", "elm", "ash", "gone", north=0)
    found = lists(town)
    assert found["Ada"].units == ("ash", "oak") and found["Ada"].wished == 1
    assert found["Bo"].units == ("elm", "oak", "ash") and found["Bo"].wished == 0
    assert found["Cleo"].units == ("oak", "elm", "ash", "gone") and found["Cleo"].wished == 4


def test_an_independent_unit_can_be_wished_for_but_is_never_near(
    town: Edition, waiting: Waiting
) -> None:
    waiting.child("Ada", "own", north=0)
    waiting.child("Bo", north=0)
    found = lists(town)
    assert found["Ada"].units == ("own", "oak")
    assert "own" not in found["Bo"].units


def test_one_whose_home_is_not_known_has_only_its_wishes(town: Edition, waiting: Waiting) -> None:
    waiting.child("Ada", "oak")
    waiting.child("Bo")
    waiting.at.clear()
    assert {name: it.units for name, it in lists(town).items()} == {"Ada": ("oak",)}


def test_a_child_waits_once_by_its_earliest_wish(town: Edition, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak", since="2026-10-01")
    waiting.wait(ada, "elm", since="2026-09-01")
    waiting.wait(ada, "ash", since="")
    (it,) = gather(town, SERVICE, START, DAY).waiting
    assert it.units[0] == "elm"


def test_one_who_has_a_place_is_moved_only_to_a_better_one(town: Edition, waiting: Waiting) -> None:
    seat(waiting.child("Ada", "ash", "oak", "elm"), "oak")
    seat(waiting.child("Bo", "oak", "elm"), "oak")
    assert {name: it.units for name, it in lists(town).items()} == {"Ada": ("ash",)}


def test_one_who_has_an_offer_is_left_out(town: Edition, waiting: Waiting) -> None:
    kept = seat(waiting.child("Ada", "ash"), "oak", START)
    kept.taken = False
    kept.save()
    assert lists(town) == {}


def test_a_unit_that_was_declined_is_not_on_the_list_again(town: Edition, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak", "elm", north=0)
    Place.objects.create(
        service=SERVICE,
        kind="preschool",
        subject=ada.id,
        source="",
        start=START,
        unit="oak",
        state="declined",
        changed_at="2026-10-20T08:00:00Z",
    )
    assert lists(town)["Ada"].units == ("elm", "ash")


def test_keys_tell_sibling_distance_hours_and_day(town: Edition, waiting: Waiting) -> None:
    ada = waiting.child("Ada", "oak", north=1, since="2026-10-02", **{"answers.hours": 30})
    sister = waiting.child("Alma", "elm", north=1)
    waiting.no_longer(sister)
    from allting.register.models import Guardianship, Membership

    mother = Guardianship.objects.get(child=ada).guardian
    Guardianship.objects.filter(child=sister).update(guardian=mother)
    Membership.objects.filter(person=sister).delete()
    seat(sister, "oak")
    (it,) = gather(town, SERVICE, START, DAY).waiting
    lines = lines_of(town, SERVICE)
    told = [line.value(n) for line, n in zip(lines, it.keys[0], strict=True)]
    assert told == [True, Decimal("1.112"), Decimal(30), date(2026, 10, 2)]
    other = [line.value(n) for line, n in zip(lines, it.keys[1], strict=True)]
    assert it.units[1] == "elm" and other[:2] == [False, Decimal("0")]
    assert waiting.asked[-1].names == {"answers.hours"}


def test_a_sibling_that_comes_later_or_has_left_gives_no_priority(
    town: Edition, waiting: Waiting
) -> None:
    ada = waiting.child("Ada", "oak", "elm")
    from allting.register.models import Guardianship

    mother = Guardianship.objects.get(child=ada).guardian
    for name, unit, since, until in (
        ("Alma", "oak", date(2027, 8, 16), None),
        ("Axel", "elm", date(2025, 8, 18), START),
    ):
        child = waiting.child(name)
        waiting.no_longer(child)
        Guardianship.objects.filter(child=child).update(guardian=mother)
        one = seat(child, unit, since)
        one.until = until
        one.save()
    (it,) = gather(town, SERVICE, START, DAY).waiting
    assert [key[0] for key in it.keys] == [1] * len(it.keys)


def test_columns_and_one_child_at_a_time_come_to_the_same_keys(town: Edition) -> None:
    lines = lines_of(town, SERVICE)
    types = {n: f.type for n, f in words_of(town.definition, SERVICE).facts.items()}
    chance = random.Random(7)
    values: list[dict[str, Any]] = [
        {"answers.hours": chance.choice([None, 0, 15, Decimal("37.5"), 40])} for _ in range(200)
    ]
    since = [
        chance.choice([None, DAY - timedelta(days=chance.randint(0, 900))]) for _ in range(200)
    ]
    away = [chance.choice([None, chance.randint(0, 40_000)]) for _ in range(200)]
    sibling = [chance.random() < 0.3 for _ in range(200)]
    rows = Rows(list(range(200)), ["oak"] * 200, away, sibling, values, since)
    found = keys_of(lines, types, rows, {}, DAY)
    assert types["answers.hours"] is FactType.NUMBER
    for n in range(200):
        one = {
            **values[n],
            "unit.id": "oak",
            "unit.distance_km": None if away[n] is None else Decimal(away[n]) / 1000,  # type: ignore[arg-type]
            "unit.sibling_here": sibling[n],
            "wish.since": since[n],
        }
        assert found[n] == key_of(lines, one, DAY)


def test_distance_is_that_of_the_crow() -> None:
    """Beside the formula of the sphere's cosines, which another hand would use."""
    from math import acos, cos, radians, sin

    for here, there in [((59.33, 18.06), (55.6, 13.0)), ((58.1, 16.2), (58.1, 16.21))]:
        (a, b), (c, d) = [[radians(x) for x in p] for p in (here, there)]
        sphere = acos(sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d)) * 6_371_008.8
        assert abs(int(metres(here, there)) - sphere) <= 1


def test_without_anyone_waiting_there_is_nobody(town: Edition) -> None:
    assert gather(town, SERVICE, START, DAY).waiting == ()


@pytest.mark.parametrize("wishes", [(), ("oak",)])
def test_applicants_may_have_no_wish_day(
    town: Edition, waiting: Waiting, wishes: tuple[str, ...]
) -> None:
    ada = waiting.child("Ada")
    waiting.all = [Applicant(ada.id, wishes)]
    (it,) = gather(town, SERVICE, START, DAY).waiting
    assert it.units
