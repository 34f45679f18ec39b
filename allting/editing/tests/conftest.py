"""Solvik in force, with an editor, an approver and others."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from allting.editing.tests.town import Staff, people
from allting.packages.api import Edition, forget_editions, publish
from tests.floors import ROOT

BOARDS = ("education", "executive", "building")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Solvik's folder, to do with as one likes; the one below stands beside it."""
    for name in ("solvik", "sverige"):
        shutil.copytree(ROOT / "packages" / name, tmp_path / name)
    return tmp_path / "solvik"


@pytest.fixture
def town(db: Any, folder: Path, settings: Any) -> Edition:
    settings.ALLTING_EDITION_LOOK = 0
    forget_editions()
    return publish(folder, by="Eva", why="the first")


@pytest.fixture
def staff(town: Edition) -> Staff:
    return people(*BOARDS)
