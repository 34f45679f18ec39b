"""A published municipality and people for the tests of this room."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from allting.catalogue.testing import town
from allting.identity.testing import signed_in_client
from allting.kernel.api import clock_at
from allting.packages.api import Edition, current, publish
from allting.register.models import Person
from allting.register.testing import Family, family

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Sweden


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock_at(MORNING):
        yield


@pytest.fixture
def solvik(db: None, tmp_path: Path) -> Edition:
    """The small municipality, published."""
    publish(town(tmp_path), by="Anna", why="the first version")
    return current()


@pytest.fixture
def people(db: None) -> Family:
    """A mother, a father, their children and a stranger."""
    return family()


def client_of(person: Person, *roles: tuple[str, str]) -> Client:
    """A browser in which this person has signed in."""
    name = f"{person.given_name} {person.surname}"
    client, _ = signed_in_client(person.identity_number, name, person=person.id, roles=roles)
    return client
