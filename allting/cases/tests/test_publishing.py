"""What is told before an edition is published on which cases and drafts stand."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from allting.cases.models import Case
from allting.cases.tests.people import MORNING, People, a_case, refused
from allting.cases.tests.town import FILES, PROCESS_FILE, write_town
from allting.forms.models import Draft
from allting.kernel.api import new_id
from allting.packages.api import current
from allting.packages.models import PackageVersion

SERVICE = "services/preschool-place/service.yaml"
WITHOUT = {name: None for name in FILES if name.startswith("services/preschool-place/")}
Told = Callable[..., list[str]]


@pytest.fixture
def told(cast: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """What the command says of the town with some files changed."""

    def say(changed: dict[str, str | None], *more: str, why: str = "test") -> list[str]:
        folder = write_town(tmp_path / "later", changed)
        capsys.readouterr()
        call_command("publish", str(folder), *more, why=why)
        return capsys.readouterr().out.splitlines()

    return say


def drafts(service: str, number: int, **more: Any) -> None:
    Draft.objects.bulk_create(
        Draft(
            person=new_id(), service=service, edition=current().id, language="sv",
            created_at=MORNING, changed_at=MORNING, **more,
        )
        for _ in range(number)
    )  # fmt: skip


def changed(file: str, *pairs: tuple[str, str]) -> dict[str, str | None]:
    text = FILES[file]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {file: text}


def test_cases_and_drafts_keep_to_their_edition(cast: People, told: Told) -> None:
    for _ in range(2):
        a_case(cast)
    drafts("preschool-place", 3)
    drafts("map", 5)
    drafts("preschool-place", 1, submitted_at=MORNING)
    assert told(changed(SERVICE, ('"1260"', '"1300"'))) == [
        "Preschool place (preschool-place)",
        "  ~ cost 'fee': amount 1260 → 1300",
        "  = 3 unfinished drafts keep to the edition they were begun under",
        "  = 2 open cases go on under the edition they began under, with its stages and letters",
        "Edition 2 of vik 1.0.0 is in force",
    ]


def test_a_service_that_goes_with_cases_open(cast: People, told: Told) -> None:
    a_case(cast)
    drafts("preschool-place", 1)
    assert told(dict(WITHOUT), "--try", why="") == [
        "Preschool place (preschool-place) is removed",
        "  ! 1 unfinished draft can no longer be sent in, for the service is removed; "
        "whoever opens it is told whom to ask",
        "  ! the service is removed while 1 case is open",
        "  ! 1 open case waits for 'administrator', who has no part in any process any more",
        "  = 1 open case goes on under the edition it began under, with its stages and letters",
        "Nothing is published",
    ]
    assert PackageVersion.objects.count() == 1


def test_a_service_that_closes(told: Told) -> None:
    drafts("map", 2)
    map_ = "services/map/service.yaml"
    assert told(changed(map_, ("board: building", "board: building\nstatus: closed"))) == [
        "New-construction map (map)",
        "  ~ status closed (new)",
        "  ! 2 unfinished drafts can no longer be sent in, for the service is closed; "
        "whoever opens it is told whom to ask",
        "Edition 2 of vik 1.0.0 is in force",
    ]


def test_a_stage_that_goes_with_cases_in_it(cast: People, told: Told) -> None:
    case = a_case(cast)
    Case.objects.filter(id=case.id).update(stage="waiting", waits_for="applicant")
    a_case(cast)
    assert told(changed(PROCESS_FILE, ("waiting", "halted")))[:-2] == [
        "Preschool place (preschool-place)",
        "  - stage 'waiting'",
        "  + stage 'halted'",
        "  ~ move 'ask-for-supplement': to waiting → halted",
        "  ~ move 'supplement': from with halted, without waiting",
        "  ~ move 'withdraw': from with halted, without waiting",
        "  ! 1 open case stands in 'waiting', a stage that is removed",
    ]


def test_a_board_that_hands_a_service_on(cast: People, told: Told) -> None:
    a_case(cast)
    said = told(changed(SERVICE, ("board: education", "board: building")))
    assert "  ~ board education → building" in said
    assert "  ! 1 open case stays with 'education', and new ones come to 'building'" in said


def test_one_query_a_room(
    cast: People, told: Told, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """Two for what is in force, two for the rooms, and what it takes to store an edition."""
    for service in ("preschool-place", "map"):
        drafts(service, 20)
    for _ in range(5):
        a_case(cast)
    with django_assert_max_num_queries(5):
        told(changed(SERVICE, ('"1260"', '"1300"')), "--try")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("says", "published"), [("yes\n", 2), ("n\n", 1), ("", 1)])
def test_whoever_sits_there_is_asked(
    told: Told, monkeypatch: pytest.MonkeyPatch, says: str, published: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(says))
    try:
        told(changed(SERVICE, ('"1260"', '"1300"')))
    except CommandError as refused:
        assert "it was not confirmed" in str(refused)
    assert PackageVersion.objects.count() == published


def test_yes_is_not_asked_again(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    said = told(changed(SERVICE, ('"1260"', '"1300"')), "--yes")
    assert said[-1] == "Edition 2 of vik 1.0.0 is in force"


def test_what_was_seen_is_what_is_published(
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Another edition comes in force while somebody reads what theirs would change."""

    class Slow(Terminal):
        def readline(self, *_: Any) -> str:  # type: ignore[override]
            monkeypatch.setattr(sys, "stdin", Terminal("yes\n"))
            other = write_town(tmp_path / "other", changed(SERVICE, ('"1260"', '"1"')))
            call_command("publish", str(other), why="quicker")
            return "yes\n"

    monkeypatch.setattr(sys, "stdin", Slow())
    with refused(CommandError):
        told(changed(SERVICE, ('"1260"', '"1300"')))
    assert "edition 2 was published while you looked" in capsys.readouterr().err
