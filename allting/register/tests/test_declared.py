"""What people declare and decisions establish: kept, never overwritten, the newest counts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allting.kernel.api import subscribe, write
from allting.packages.api import forget_editions, publish
from allting.register.api import Errand, Facts, changed_since, declare, facts, latest_mark
from allting.register.events import FactsDeclared
from allting.register.looks import forget_looks
from allting.register.models import DeclaredFact
from allting.register.testing import Family, actor, family, person

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)
MANIFEST = "id: vik\ntitle: Vik\nversion: 1.0.0\nlicence: EUPL-1.2\nlanguages: [sv]\n"
OWN = """
facts:
  - {id: works-shifts, about: person, type: boolean, says: Skift}
  - {id: moved-on, about: person, type: date, says: Flyttade in}
  - {id: rent-month, about: household, type: number, money: true, says: Hyra}
  - {id: nickname, about: person, type: text, says: Namn}
"""
heard: list[FactsDeclared] = []


@subscribe(FactsDeclared)
def _hear(event: FactsDeclared) -> None:
    heard.append(event)


@pytest.fixture(autouse=True)
def _looks() -> Iterator[None]:
    forget_looks()
    heard.clear()
    yield


def package(folder: Path, facts_yaml: str = OWN) -> Path:
    (folder / "package.yaml").write_text(MANIFEST)
    (folder / "facts.yaml").write_text(facts_yaml)
    return folder


@pytest.fixture
def vik(tmp_path: Path) -> None:
    forget_editions()
    publish(package(tmp_path), by="test", why="test")


def told(who: Family, stated: dict[str, Any], source: str = "BUN-1", at: date = ON) -> None:
    with write():
        declare(stated, applicant=who.mother.id, subject=who.baby.id, source=source, at=at)


def known(who: Family, *names: str, as_of: date = ON, **more: Any) -> Facts:
    matter = {"applicant": who.mother.id, "subject": who.baby.id, "here": "2599", **more}
    reader = matter.pop("reader", actor(who.mother))
    return facts(reader, names=set(names), as_of=as_of, purpose="form", **matter)


def test_each_is_about_whom_its_name_says(vik: None) -> None:
    who = family()
    everything = {
        "in_childcare": True,
        "applicant.works_shifts": False,
        "child.moved_on": date(2025, 5, 1),
        "household.rent_month": Decimal("9500.50"),
        "household.income_month": 52000,
        "nickname": "0180",
        "applicant.nickname": None,
    }
    with CaptureQueriesContext(connection) as asked:
        told(who, everything)
    assert sum("INTO register_declaredfact" in q["sql"] for q in asked) == 1
    assert {f.person_id for f in DeclaredFact.objects.exclude(person=None)} == {
        who.baby.id,
        who.mother.id,
    }
    found = known(who, *everything)
    assert found == {name: value for name, value in everything.items() if value is not None}
    assert set(found.since.values()) == {ON}
    assert heard[0].source == "BUN-1" and "in_childcare" in heard[0].names


def test_the_newest_as_of_the_day_counts_and_all_are_kept(vik: None) -> None:
    who = family()
    told(who, {"household.income_month": 40000}, "BUN-1", date(2026, 1, 5))
    told(who, {"household.income_month": 50000}, "BUN-2", date(2026, 8, 1))
    told(who, {"household.income_month": 51000}, "BUN-3", date(2026, 8, 1))
    told(who, {"household.income_month": 99000}, "BUN-4", date(2027, 1, 1))
    income = known(who, "household.income_month")
    assert (income["household.income_month"], income.since["household.income_month"]) == (
        51000,
        date(2026, 8, 1),
    )
    before = known(who, "household.income_month", as_of=date(2026, 3, 1))
    assert before["household.income_month"] == 40000
    assert known(who, "household.income_month", as_of=date(2025, 12, 1)) == {}
    assert DeclaredFact.objects.count() == 4


def test_a_place_counts_in_the_order_of_the_children(vik: None) -> None:
    who = family()
    assert known(who, "household.child_order", subject=who.sister.id)["household.child_order"] == 1
    told(who, {"in_childcare": True})
    assert known(who, "household.child_order", subject=who.sister.id)["household.child_order"] == 2


def test_without_a_home_that_we_know_nothing_is_kept_and_nothing_fails(vik: None) -> None:
    alone = person("Ensam", date(1990, 1, 1))
    with write():
        given = {"household.income_month": 1, "applicant.works_shifts": True}
        declare(given, applicant=alone.id, subject=alone.id, source="BUN-1", at=ON)
    assert [f.name for f in DeclaredFact.objects.all()] == ["works_shifts"]


def test_who_follows_changes_hears_of_everyone_it_is_about(vik: None) -> None:
    who = family()
    mark = latest_mark()
    told(who, {"child.moved_on": date(2026, 1, 1)})
    people, mark = changed_since(mark)
    assert set(people) == {who.baby.id}
    told(who, {"household.rent_month": 1})
    assert set(changed_since(mark)[0]) == {who.mother.id, who.baby.id, who.sister.id}


@pytest.mark.parametrize("protection", ["mark", "registration", "new-identity"])
def test_of_someone_protected_they_are_withheld(vik: None, protection: str) -> None:
    who = family(protection=protection)
    told(who, {"in_childcare": True, "applicant.works_shifts": True})
    names = ("in_childcare", "applicant.works_shifts")
    assert set(known(who, *names)) == set(names)  # the mother lives with the child
    father = known(who, "in_childcare", reader=actor(who.father), applicant=who.father.id)
    assert father == {}
    worker = actor(person("Anna", date(1980, 1, 1)), ("administrator", "education"))
    errand = Errand("education", "BUN-1")
    assert set(known(who, *names, reader=worker, errand=errand)) == {"applicant.works_shifts"}


def test_a_stranger_is_told_nothing(vik: None) -> None:
    who = family()
    told(who, {"household.income_month": 52000})
    with pytest.raises(PermissionDenied):
        known(who, "household.income_month", reader=actor(who.stranger))


def test_three_queries_at_most_with_them_too(vik: None, settings: Any) -> None:
    settings.ALLTING_EDITION_LOOK = 1000
    who = family()
    told(who, {"in_childcare": True, "household.rent_month": 1})
    known(who, "household.rent_month")
    forget_looks()
    with CaptureQueriesContext(connection) as asked:
        known(who, "in_childcare", "works_shifts", "household.rent_month", "birth_date")
    assert len(asked) <= 3
