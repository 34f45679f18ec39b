"""Packages come from strangers: nothing outside is read, nothing grows."""

import os
import time
from pathlib import Path

import pytest

from allting.packages import folder as disk
from allting.packages.api import CheckResult, check
from allting.packages.testing import written
from allting.packages.tests.folders import PACKAGE
from allting.packages.tests.kinds import town


def checked(path: Path) -> CheckResult:
    with town():
        return check(path)


def told(path: Path) -> list[str]:
    return [str(problem) for problem in checked(path).errors]


@pytest.fixture
def solvik(tmp_path: Path) -> Path:
    shop = {"services/a/shop.yaml": "title: {sv: Bageriet, en: The bakery}\n"}
    return written(tmp_path / "solvik", {"package.yaml": PACKAGE, **shop})


def test_a_link_to_a_file_is_not_followed(solvik: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: {sv: hemligt, en: secret}\n")
    (solvik / "services/b").mkdir()
    (solvik / "services/b/shop.yaml").symlink_to(secret)
    assert told(solvik) == [
        "solvik/services/b/shop.yaml:1:1: error: this is a link. Expected a file of the package's "
        "own; links are never followed. Try: put the file itself here; to share what another "
        "package holds, use builds_on."
    ]


def test_a_link_to_a_folder_is_not_followed(solvik: Path) -> None:
    (solvik / "services/etc").symlink_to("/etc")
    (problem,) = told(solvik)
    assert problem.startswith("solvik/services/etc:1:1: error: this is a link.")


def test_a_package_below_that_is_a_link_is_refused(solvik: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    written(tmp_path / "elsewhere/real", {"package.yaml": PACKAGE})
    (tmp_path / "sverige").symlink_to(tmp_path / "elsewhere/real")
    (solvik / "package.yaml").write_text(PACKAGE + "builds_on: sverige\n")
    (problem,) = told(solvik)
    assert "the folder 'sverige' is a link" in problem


def test_a_file_that_becomes_a_link_meanwhile_is_not_followed(
    solvik: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: {sv: hemligt, en: secret}\n")
    real = disk.files_of

    def then_swap(package: disk.PackageSource) -> list[str]:
        found = list(real(package))
        shop = solvik / "services/a/shop.yaml"
        shop.unlink()
        shop.symlink_to(secret)
        return found

    monkeypatch.setattr(disk, "files_of", then_swap)
    (problem,) = told(solvik)
    assert "the file cannot be opened" in problem


def test_a_pipe_does_not_hang_the_check(solvik: Path) -> None:
    os.mkfifo(solvik / "services/a/examples.yaml")
    (problem,) = told(solvik)
    assert "this is not an ordinary file" in problem


def test_an_over_large_file_is_not_read(solvik: Path) -> None:
    (solvik / "services/a/shop.yaml").write_text("title: " + "x" * disk.LARGEST_FILE)
    assert told(solvik) == [
        "solvik/services/a/shop.yaml:1:1: error: the file is larger than 1,024 kB. "
        "Expected at most 1,024 kB. Try: divide it into several files."
    ]


def test_an_over_large_folder_is_not_read(solvik: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LARGEST_FOLDER", 100)
    assert any("the folder holds more than" in problem for problem in told(solvik))


def test_too_many_files_are_not_read(solvik: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "MOST_FILES", 1)
    assert any("the folder holds 2 files" in problem for problem in told(solvik))


def test_folders_nested_too_deeply_are_not_read(solvik: Path) -> None:
    written(solvik, {"a/b/c/d/e/f/g/x.yaml": ""})
    (problem,) = told(solvik)
    assert "folders are nested too deeply" in problem


def test_an_unreadable_file_is_a_problem(solvik: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: Path, flags: int) -> int:
        if str(path).endswith("shop.yaml"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    (problem,) = told(solvik)
    assert "the file cannot be opened: Permission denied" in problem


def test_an_alias_bomb_is_refused_at_once(solvik: Path) -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    (solvik / "services/a/shop.yaml").write_text("\n".join(layers) + "\n")
    began = time.process_time()
    (problem,) = told(solvik)
    assert "YAML anchor" in problem
    assert time.process_time() - began < 2


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_at_once(solvik: Path, sign: str) -> None:
    (solvik / "services/a/shop.yaml").write_text("title: x\nthings:\n  " + sign * 50_000 + "\n")
    began = time.process_time()
    assert len(told(solvik)) >= 1
    assert time.process_time() - began < 5


def test_a_long_key_or_number_is_refused_at_once(solvik: Path) -> None:
    (solvik / "services/a/shop.yaml").write_text(
        f"title: x\n{'k' * 5000}: 1\nstaff: {'9' * 9000}\n"
    )
    began = time.process_time()
    assert len(told(solvik)) >= 1
    assert time.process_time() - began < 2


def test_what_the_version_control_and_people_keep_beside_is_left_alone(solvik: Path) -> None:
    beside = {".gitignore": "x", ".git/config": "\x00", "README.md": "# Solvik", "LICENSE": "EUPL"}
    written(solvik, beside)
    assert told(solvik) == []
