"""`allting people`, as someone at the keyboard meets it."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allting.packages.api import forget_editions, publish
from allting.register.models import Household, Person

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[3] / "packages" / "solvik" / "demo.yaml"
MANIFEST = """
id: test
title: {sv: Test, en: Test}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
"""


@pytest.fixture(autouse=True)
def nothing_published() -> None:
    forget_editions()


def people(*options: str) -> str:
    said = StringIO()
    call_command("people", *options, stdout=said)
    return said.getvalue()


def test_it_fills_an_empty_register_once() -> None:
    assert "300 people in" in people("--size", "300")
    assert "already" in people("--size", "400")
    assert Person.objects.count() == 300


def test_the_same_seed_gives_the_same_people_when_it_starts_again() -> None:
    people("--size", "300", "--seed", "5", "--on", "2026-11-01")
    first = set(Person.objects.values_list("id", "identity_number", "surname"))
    people("--size", "300", "--seed", "5", "--on", "2026-11-01", "--replace")
    assert set(Person.objects.values_list("id", "identity_number", "surname")) == first
    assert not Household.objects.filter(membership=None).exists()


def test_the_cast_of_a_package_comes_with_its_town(tmp_path: Path) -> None:
    (tmp_path / "package.yaml").write_text(MANIFEST)
    shutil.copy(DEMO, tmp_path)
    said = people("--cast", str(tmp_path / "demo.yaml"), "--size", "300")
    assert "people of the cast" in said and "300 people in" in said
    assert set(Person.objects.exclude(city="").values_list("city", flat=True)) == {"Solvik"}


def test_the_published_package_tells_the_cast_and_the_municipality(tmp_path: Path) -> None:
    code = '  municipality-code: {value: "2598", type: text, says: {sv: Kod, en: Code}}\n'
    (tmp_path / "package.yaml").write_text(f"{MANIFEST}parameters:\n{code}")
    shutil.copy(DEMO, tmp_path)
    publish(tmp_path, by="test", why="to be read")
    people("--cast")
    assert set(Person.objects.values_list("municipality_code", flat=True)) == {"2598"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--size", "20"), "at least 200"),
        (("--size", "300", "--municipality", "Solvik"), "2599"),
        ((), "--size"),
        (("--cast",), "no demo.yaml"),
        (("--cast", "nowhere/demo.yaml"), "no folder"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(options: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        people(*options)
