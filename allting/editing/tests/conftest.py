"""Solvik in force, with an editor, an approver and others."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.identity.api import Actor
from allting.identity.testing import signed_in_client
from allting.packages.api import Edition, forget_editions, publish
from tests.floors import ROOT

BOARDS = ("education", "executive", "building")


@dataclass(frozen=True)
class Person:
    """Someone with a browser."""

    client: Client
    actor: Actor


@dataclass(frozen=True)
class Staff:
    """Who works with the texts, and who does not."""

    amir: Person  # editor
    siv: Person  # editor too
    birgitta: Person  # approver
    anna: Person  # a caseworker of the education board
    maja: Person  # a resident


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
    return people()


def people() -> Staff:
    """Everyone, signed in."""
    return Staff(
        _person("198907022398", "Amir Rahimi", [("editor", one) for one in BOARDS]),
        _person("197001012399", "Siv Ek", [("editor", one) for one in BOARDS]),
        _person("197010192384", "Birgitta Nilsson", [("approver", one) for one in BOARDS]),
        _person("198403262387", "Anna Berglund", [("administrator", "education")]),
        _person("199204032386", "Maja Lindgren", []),
    )


def _person(number: str, name: str, roles: list[tuple[str, str]]) -> Person:
    return Person(*signed_in_client(number, name, roles=tuple(roles)))
