"""The nearest places: by one's own address, for nobody else, never of a protected person."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.cases.tests.town import FILES, published
from allting.packages.api import Edition
from allting.portal.tests.conftest import client_of
from allting.register.models import AccessLog
from allting.register.testing import Family

PLAIN = "/sv/services/preschool-place/"
PAGE = f"{PLAIN}?near=yes"
UNITS = """\
kind: preschool
units:
  - {id: solrosen, name: Solrosen, position: {lat: 58.2, lon: 16.2}, capacity: 5}
  - {id: blaklockan, name: Blåklockan, position: {lat: 58.101, lon: 16.2}, capacity: 5}
  - {id: granen, name: Granen, capacity: 5}
  - {id: tallen, name: Tallen, position: {lat: 58.15, lon: 16.2}, capacity: 5}
"""
AS_LISTED = ["Solrosen", "Blåklockan", "Granen", "Tallen"]
BY_DISTANCE = ["Blåklockan", "Tallen", "Solrosen", "Granen"]


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    return published(tmp_path / "town", {**FILES, "units/preschools.yaml": UNITS})


@pytest.fixture
def at_home(people: Family) -> Family:
    people.mother.lat, people.mother.lon = 58.1, 16.2
    people.mother.save()
    return people


def places_in(page: str) -> list[str]:
    return re.findall(f"<li>({'|'.join(AS_LISTED)})", page)


def test_the_nearest_come_first_with_how_far_it_is(town: Edition, at_home: Family) -> None:
    page = client_of(at_home.mother).get(PAGE).text
    assert places_in(page) == BY_DISTANCE
    told = re.findall(r"<strong>([0-9,]+ k?m)</strong>", page)
    assert told == ["100 m", "5,6 km", "11,1 km"]
    assert "<strong>5.6 km</strong>" in client_of(at_home.mother).get(f"/en{PAGE[3:]}").text
    log = AccessLog.objects.filter(person=at_home.mother.id, purpose="nearest places")
    assert log.count() == 1
    assert "hur långt du har" in client_of(at_home.mother).get("/sv/my/reads/").text


@pytest.mark.parametrize("protection", ["mark", "registration", "new-identity"])
def test_of_somebody_protected_nothing_is_told(
    town: Edition, at_home: Family, protection: str
) -> None:
    mother = at_home.mother
    mother.protection = protection
    if protection != "mark":
        mother.lat = mother.lon = None
    mother.save()
    page = client_of(mother).get(PAGE).text
    assert places_in(page) == AS_LISTED
    assert " km</strong>" not in page
    assert not AccessLog.objects.filter(purpose="nearest places").exists()


def test_without_an_address_or_a_sign_in_they_stand_as_listed(
    town: Edition, at_home: Family
) -> None:
    for client in (Client(), client_of(at_home.father)):
        page = client.get(PAGE).text
        assert places_in(page) == AS_LISTED
        assert " km</strong>" not in page and "fågelvägen" not in page


def test_one_person_never_meets_anothers_distances(town: Edition, at_home: Family) -> None:
    at_home.stranger.lat, at_home.stranger.lon = 58.2, 16.2
    at_home.stranger.save()
    assert places_in(client_of(at_home.mother).get(PAGE).text) == BY_DISTANCE
    assert places_in(client_of(at_home.stranger).get(PAGE).text)[0] == "Solrosen"
    assert places_in(Client().get(PAGE).text) == AS_LISTED


def test_a_service_without_positions_asks_nothing(
    db: None, at_home: Family, tmp_path: Path
) -> None:
    bare = re.sub(r" position: \{[^}]*\},", "", UNITS)
    places: dict[str, str | None] = {**FILES, "units/preschools.yaml": bare}
    published(tmp_path / "town", places)
    assert positions_read(client_of(at_home.mother), PAGE) == 0


def positions_read(client: Client, where: str) -> int:
    """How often a home's position is asked for."""
    client.get(where)
    with CaptureQueriesContext(connection) as queries:
        client.get(where)
    return sum("lat, lon" in it["sql"] for it in queries)


def test_nothing_is_read_until_one_asks_and_then_once(town: Edition, at_home: Family) -> None:
    client = client_of(at_home.mother)
    assert positions_read(client, PLAIN) == 0
    page = client.get(PLAIN).text
    assert 'href="/sv/services/preschool-place/?near=yes#places"' in page
    assert not AccessLog.objects.filter(purpose="nearest places").exists()
    assert positions_read(client, PAGE) == 1
    assert "?near" not in Client().get(PLAIN).text
