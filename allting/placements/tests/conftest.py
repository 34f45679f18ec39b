"""A municipality in force, and who waits there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allting.kernel.api import clock_at
from allting.packages.api import Edition
from allting.placements.ports import Ports, applicants_from, homes_from
from allting.placements.tests.town import Staff, Waiting, published, staff
from allting.register.looks import forget_looks


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_looks()


@pytest.fixture
def before_the_start() -> Iterator[None]:
    """The clock stands: a round is opened for a day to come, whatever day it is."""
    with clock_at(datetime(2026, 11, 2, 8, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    before = Ports.applicants, Ports.homes
    found = Waiting()
    applicants_from(found.applicants)
    homes_from(found.homes)
    yield found
    applicants_from(before[0])
    homes_from(before[1])


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    return published(tmp_path / "vik")


@pytest.fixture
def cast(town: Edition) -> Staff:
    return staff()
