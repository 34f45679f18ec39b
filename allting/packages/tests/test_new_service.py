"""A new service passes the check as it is written, in whatever languages a package has."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allting.packages.api import check
from allting.packages.testing import written
from allting.packages.tests.folders import ORGANISATION, PACKAGE


@pytest.fixture
def solvik(tmp_path: Path) -> Path:
    files = {"package.yaml": PACKAGE, "organisation.yaml": ORGANISATION}
    return written(tmp_path / "solvik", files)


def begin(place: Path, id: str, *titles: str) -> None:
    options = [f"--title={title}" for title in titles]
    call_command("new", "service", str(place), id, *options)


def test_it_passes_the_check(solvik: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(solvik, "parking-permit", "sv=Parkeringstillstånd", "en=Parking permit")
    assert (
        capsys.readouterr()
        .out.splitlines()[-1]
        .startswith("The new service 'parking-permit': no errors")
    )
    result = check(solvik)
    assert not result.errors
    assert result.definition is not None
    service = result.definition.one("service", "parking-permit")
    assert dict(service.title) == {"sv": "Parkeringstillstånd", "en": "Parking permit"}
    assert not [one for one in result.warnings if "lacks" in one.what]


@pytest.mark.parametrize("kind", ["form", "process"])
def test_it_is_complete(solvik: Path, kind: str) -> None:
    begin(solvik, "parking-permit", "sv=Parkeringstillstånd", "en=Parking permit")
    definition = check(solvik).definition
    assert definition is not None
    assert definition.find(kind, "parking-permit")


@pytest.mark.parametrize("languages", ["[sv]", "[en]", "[en, sv]", "[fi]", "[fi, sv]"])
def test_in_the_languages_of_the_package(solvik: Path, languages: str) -> None:
    for name, text in {"package.yaml": PACKAGE, "organisation.yaml": ORGANISATION}.items():
        text = text.replace("languages: [sv, en]", f"languages: {languages}")
        (solvik / name).write_text(_lone(text), encoding="utf-8")
    begin(solvik, "parking-permit", "Tillstånd")
    assert [str(one) for one in check(solvik).errors] == []


def _lone(text: str) -> str:
    """Texts without a language: in the package's first."""
    return re.sub(r"\{sv: ([^,}]*), en: [^}]*\}", lambda found: f'"{found[1]}"', text)


def test_it_never_writes_over_what_is_there(solvik: Path) -> None:
    begin(solvik, "parking-permit", "Tillstånd")
    with pytest.raises(CommandError, match="there is a service 'parking-permit' already"):
        begin(solvik, "parking-permit", "Tillstånd")


def test_nor_over_what_the_package_below_has(solvik: Path) -> None:
    begin(solvik, "parking-permit", "Tillstånd")
    over = written(solvik.parent / "ovanby", {"package.yaml": PACKAGE + "builds_on: solvik\n"})
    with pytest.raises(CommandError, match=r"already, in solvik\. Try: another id; to change"):
        begin(over, "parking-permit", "Tillstånd")
    begin(over, "bus-pass", "Busskort")
    assert not check(over).errors


@pytest.mark.parametrize(
    ("id", "title", "reason"),
    [
        ("Parkering för alla", "x", "Try: parkering-for-alla"),
        ("bus-pass", "de=Karte", "'de' is not one of the package's languages: sv, en"),
        ("bus-pass", "en=Bus pass", "the title in 'sv' is missing"),
    ],
)
def test_what_cannot_be_begun(solvik: Path, id: str, title: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        begin(solvik, id, title)
    assert not (solvik / "services").exists()


def test_it_needs_a_board_and_roles(solvik: Path) -> None:
    (solvik / "organisation.yaml").unlink()
    with pytest.raises(CommandError, match="write boards and roles there first"):
        begin(solvik, "bus-pass", "Busskort")
    with pytest.raises(CommandError, match="is it a package"):
        begin(solvik.parent, "bus-pass", "Busskort")
