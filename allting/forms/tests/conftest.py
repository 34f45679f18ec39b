"""People and a municipality for the tests of this room."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from allting.forms.tests.municipality import published
from allting.kernel.api import clock_at
from allting.packages.api import Edition
from allting.register.looks import forget_looks
from allting.register.testing import Family, family

MORNING = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock_at(MORNING):
        yield


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.ALLTING_FILES = tmp_path / "files"


@pytest.fixture
def vik(db: None, tmp_path: Path) -> Edition:
    """The small municipality, published."""
    forget_looks()
    return published(tmp_path)


@pytest.fixture
def people(db: None) -> Family:
    """A mother, a father, their children and a stranger."""
    return family()


@pytest.fixture(autouse=True)
def _own_receipt(settings: Any) -> None:
    """These tests stand on this floor: the receipt is the form's own, not a case's."""
    settings.AFTER_SUBMIT_URL = ""
