"""What a service means for the one who reads."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allting.catalogue.testing import changed, town
from allting.identity.testing import signed_in_client
from allting.packages.api import Edition, publish
from allting.portal.tests.conftest import client_of
from allting.register.testing import Family

PRESCHOOL = "/en/services/preschool-place/"


def test_a_parent_sees_each_child(solvik: Edition, people: Family) -> None:
    page = client_of(people.mother).get(PRESCHOOL).text
    assert "Nils can have this" in page
    assert "Elsa can have this" in page


def test_someone_without_children_is_told_so(solvik: Edition, people: Family) -> None:
    page = client_of(people.stranger).get(PRESCHOOL).text
    assert "You have no children in the register" in page


def test_no_says_which_condition(solvik: Edition, people: Family) -> None:
    people.baby.municipality_code = "0180"
    people.baby.save()
    page = client_of(people.mother).get(PRESCHOOL).text
    assert "As it looks, Nils cannot have this" in page
    assert "Elsa can have this" in page


def test_cannot_tell_says_what_is_missing(solvik: Edition, people: Family) -> None:
    people.baby.municipality_code = ""
    people.baby.save()
    page = client_of(people.mother).get(PRESCHOOL).text
    assert "We cannot tell yet for Nils" in page
    assert "We do not know: " in page


def test_someone_the_register_does_not_know_can_read_the_page(solvik: Edition) -> None:
    client, _ = signed_in_client("200001012384", "Kim Ek", person=None)
    page = client.get(PRESCHOOL)
    assert page.status_code == 200
    assert "Kim Ek" in page.text
    assert "The child has turned one" in page.text


def test_an_employee_sees_the_way_to_the_workplace(solvik: Edition, people: Family) -> None:
    employee = client_of(people.stranger, ("administrator", "education"))
    assert "/en/desk/" in employee.get(PRESCHOOL).text
    assert "/en/desk/" not in client_of(people.mother).get(PRESCHOOL).text


def test_a_name_is_laid_in_safely(solvik: Edition, people: Family) -> None:
    client, _ = signed_in_client("200001012384", "<b>Kim</b>\x02token\x03", person=None)
    page = client.get(PRESCHOOL).text
    assert "&lt;b&gt;Kim&lt;/b&gt;" in page
    assert "<b>Kim" not in page


@pytest.mark.parametrize("who", ["mother", "stranger"])
def test_queries_do_not_depend_on_how_often_one_looks(
    solvik: Edition, people: Family, who: str
) -> None:
    client = client_of(getattr(people, who))
    client.get(PRESCHOOL)
    with CaptureQueriesContext(connection) as first:
        client.get(PRESCHOOL)
    with CaptureQueriesContext(connection) as second:
        client.get(PRESCHOOL)
    assert len(first) == len(second) <= 9  # the session, the children, and three for each


def test_a_new_edition_is_shown_at_once(
    db: None, tmp_path: Path, settings: object, people: Family
) -> None:
    folder = town(tmp_path)
    publish(folder, by="Anna", why="first")
    visitor = Client()
    before = visitor.get("/sv/services/preschool-place/")
    changed(folder, "services/preschool-place/service.yaml", "Plats i förskola", "Förskoleplats")
    publish(folder, by="Anna", why="a better name")
    after = visitor.get(
        "/sv/services/preschool-place/", headers={"if-none-match": before.headers["ETag"]}
    )
    assert after.status_code == 200
    assert "<h1>Förskoleplats</h1>" in after.text
