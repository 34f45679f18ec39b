"""People and a municipality for the tests of this room."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.forms.tests.municipality import published
from allting.identity.testing import signed_in_client
from allting.kernel.api import clock_at
from allting.packages.api import Edition
from allting.register.looks import forget_looks
from allting.register.models import Person
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


def client_of(person: Person, *roles: tuple[str, str]) -> Client:
    """A browser in which this person has signed in."""
    name = f"{person.given_name} {person.surname}"
    client, _ = signed_in_client(person.identity_number, name, person=person.id, roles=roles)
    return client
