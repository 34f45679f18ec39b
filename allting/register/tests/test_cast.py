"""The well-known people of the demonstration: always there, always the same."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from allting.identity.models import Assignment
from allting.kernel.api import clock_at, today
from allting.packages.api import check
from allting.register.api import children_of, demonstration_people, facts
from allting.register.definitions import CAST, Cast
from allting.register.generator.cast import cast_id, load_cast
from allting.register.generator.load import load
from allting.register.generator.population import generate
from allting.register.models import CastMember, Guardianship, Membership, Person
from allting.register.rules import is_adult, years_after
from allting.register.testing import actor, person

ON = date(2026, 11, 22)
DEMO = Path(__file__).resolve().parents[3] / "packages" / "solvik" / "demo.yaml"
pytestmark = pytest.mark.django_db


MANIFEST = "id: test\ntitle: Test\nversion: 1.0.0\nlicence: EUPL-1.2\n"


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    """The cast of Solvik, in a package of nothing else."""
    (tmp_path / "package.yaml").write_text(MANIFEST + "languages: [sv, en]\n")
    shutil.copy(DEMO, tmp_path)
    checked = check(tmp_path)
    assert checked.definition is not None, checked.problems
    read = checked.definition.one(CAST)
    load_cast(read, municipality="2599", on=ON)
    return read


def one(key: str) -> Person:
    return Person.objects.get(id=cast_id("2599", key))


def test_everyone_is_there_once_with_valid_numbers_and_loading_again_changes_nothing(
    cast: Cast,
) -> None:
    before = set(Person.objects.values_list("id", "identity_number", "birth_date", "street"))
    for someone in Person.objects.all():
        someone.full_clean()
    load_cast(cast, municipality="2599", on=ON)
    assert (
        set(Person.objects.values_list("id", "identity_number", "birth_date", "street")) == before
    )
    assert CastMember.objects.count() == Membership.objects.count() == len(cast.people)


def test_the_ages_of_the_stories_hold_on_the_day_of_loading(cast: Cast) -> None:
    ages = {p.birth_date.year for p in (one("nils-lindgren"), one("alma-lindgren"))}
    assert ages == {2025, 2022}
    adults = {p.key for p in CastMember.objects.all() if is_adult(p.person.birth_date, ON)}
    assert set(Guardianship.objects.values_list("child__castmember__key", flat=True)).isdisjoint(
        adults
    )


def test_a_parent_sees_both_children_and_a_grandparent_none(cast: Cast) -> None:
    mine = children_of(actor(one("maja-lindgren")), as_of=ON)
    assert [c.given_name for c in mine] == ["Alma", "Nils"]
    assert children_of(actor(one("kerstin-lindgren")), as_of=ON) == ()
    found = facts(
        actor(one("maja-lindgren")),
        applicant=one("maja-lindgren").id,
        subject=one("nils-lindgren").id,
        names={"household.income_month", "household.child_order"},
        as_of=ON,
        purpose="form",
    )
    assert found == {"household.income_month": 68_000, "household.child_order": 1}


def test_employees_hold_their_roles(cast: Cast) -> None:
    held = set(Assignment.objects.values_list("account__name", "role", "board"))
    assert ("Anna Berglund", "administrator", "education") in held
    assert ("Stefan Öberg", "decision-maker", "education") in held
    assert ("Lena Sandström", "administrator", "building") in held


def test_protected_registration_keeps_no_address(cast: Cast) -> None:
    assert one("sara-holm").street == one("ture-holm").street == ""


def test_people_to_sign_in_as_the_cast_first(cast: Cast) -> None:
    load(generate(300, seed=1, municipality="2599", city="Solvik", on=ON,
                  taken=set(Person.objects.values_list("identity_number", flat=True))))  # fmt: skip
    assert [p.given_name for p in demonstration_people()][:2] == ["Maja", "Johan"]
    small = {p.id for p in Person.objects.filter(castmember__isnull=False) if _age(p) < 13}
    assert len(demonstration_people()) == len(cast.people) - len(small) and small
    assert demonstration_people("lindgren maja")[0].says["en"].startswith("Parent of Nils")
    assert demonstration_people("195708143101")[0].surname == "Lindgren"
    assert [p.employee for p in demonstration_people("anna berglund")][:1] == [True]
    assert 0 < len(demonstration_people("an", limit=5)) < 15
    assert demonstration_people("nobody-is-called-this") == []


def _age(someone: Person) -> int:
    return next(n for n in range(130) if years_after(someone.birth_date, n + 1) > today())


def test_nobody_below_thirteen_has_an_eid_and_adults_come_first(db: None) -> None:
    with clock_at(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        person("Ada", date(2013, 11, 23))  # thirteen tomorrow
        person("Bea", date(2013, 11, 22))
        person("Cia", date(2008, 11, 23))  # eighteen tomorrow
        person("Dea", date(2008, 11, 22))
        person("Eva", date(1950, 1, 1))
        found = [p.given_name for p in demonstration_people("berg")]
        assert found == ["Dea", "Eva", "Bea", "Cia"]
        child = Person.objects.get(given_name="Ada")
        assert demonstration_people(child.identity_number) == []


def test_nobody_can_be_picked_outside_a_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        demonstration_people("maja")


def test_what_is_wrong_in_a_cast_is_said_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "package.yaml").write_text(MANIFEST + "languages: [sv]\n")
    (tmp_path / "demo.yaml").write_text(
        "people:\n  - {id: a, says: A, given_name: A, surname: B, sex: f, born: 1990-01-01,"
        ' identity_number: "199001010000"}\n'
        "homes:\n  - {id: h, street: S, postcode: P, city: C, members: [b]}\n"
    )
    said = [str(problem) for problem in check(tmp_path).problems]
    assert any("'b' is not in the cast" in s for s in said), said
    assert any("a lives in 0 homes" in s for s in said)
    assert any("'199001010000' is no identity number" in s for s in said)
