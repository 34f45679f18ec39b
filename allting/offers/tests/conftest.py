"""A municipality with offers in force, a family, and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from allting.kernel.api import clock_at
from allting.notifications import ports
from allting.offers.tests.town import published
from allting.packages.api import Edition, forget_editions
from allting.register.looks import forget_looks
from allting.register.testing import Family, family

MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SENT: list[Any] = []


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock_at(MORNING):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered(tmp_path: Path, settings: Any) -> None:
    settings.ALLTING_FILES = tmp_path / "files"
    forget_looks()
    forget_editions()


@pytest.fixture(autouse=True)
def mails() -> Iterator[list[Any]]:
    """Mail that was handed over."""
    before = ports._transport
    SENT.clear()
    ports.mail_through(SENT.append)
    yield SENT
    ports.mail_through(before)


@pytest.fixture
def vik(db: None, tmp_path: Path) -> Edition:
    """The small municipality, published."""
    return published(tmp_path / "town")


@pytest.fixture
def people(db: None) -> Family:
    """A mother, a father, a child of one and a half and one of four, and a stranger of 76."""
    return family()
