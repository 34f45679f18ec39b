"""A municipality in force, a family, and those who work there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from allting.cases.tests.people import People, people
from allting.cases.tests.town import published
from allting.notifications import ports
from allting.packages.api import Edition, forget_editions
from allting.register.looks import forget_looks


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_looks()
    forget_editions()


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> None:
    settings.ALLTING_FILES = tmp_path / "files"


@pytest.fixture(autouse=True)
def mail_goes_nowhere() -> Iterator[None]:
    before = ports._transport
    ports.mail_through(lambda mail: None)
    yield
    ports.mail_through(before)


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    return published(tmp_path / "town")


@pytest.fixture
def cast(town: Edition) -> People:
    return people()
