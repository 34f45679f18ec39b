"""A plan on a page: for anyone, by answers in the address; and with what the register holds."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from allting.identity.testing import signed_in_client
from allting.packages.api import Edition
from allting.register.models import AccessLog, Person
from allting.register.testing import Family

BUILDING = "/en/plans/building/"
CHILD = "/sv/plans/having-a-child/"
HOUSE = "day_year=2027&day_month=8&day_day=2&builds=house"

pytestmark = pytest.mark.django_db


def client_of(person: Person) -> Client:
    name = f"{person.given_name} {person.surname}"
    client, _ = signed_in_client(person.identity_number, name, person=person.id)
    return client


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_before_anything_is_said_the_question_is_asked(solvik: Edition, client: Client) -> None:
    said = text_of(client, BUILDING)
    assert "What do you build?" in said
    assert "May be needed" in said
    assert "“What do you build?” House: then also New-construction map." in said


def test_the_map_comes_first_and_says_by_when(solvik: Edition, client: Client) -> None:
    said = text_of(client, f"{BUILDING}?{HOUSE}")
    order = said.index("New-construction map</a>"), said.index("Building permit</a>")
    assert order[0] < order[1]
    assert "Begin by 3 May 2027 at the latest." in said
    assert "Building permit asks for New-construction map." in said
    assert "What takes longest: New-construction map → Building permit." in said


def test_days_that_cannot_hold_are_said(solvik: Edition, client: Client) -> None:
    said = text_of(client, f"{BUILDING}?{HOUSE.replace('month=8', 'month=3')}")
    assert "This does not hold together" in said
    assert "New-construction map cannot be in time, by" in said
    # the list says of each step what the drawing shows of it
    assert re.search(r"It must begin by \d+ \w+ \d{4}: \d+ days too late\.", said)


def test_who_does_not_know_is_not_asked_again(solvik: Edition, client: Client) -> None:
    said = text_of(client, f"{BUILDING}?builds=unknown")
    assert "May be needed" in said
    assert "There is more to ask" not in said


@pytest.mark.parametrize(
    "wrong", ["day_year=2027&day_month=2&day_day=30", "day_year=x&day_month=1"]
)
def test_a_day_that_does_not_exist_is_told(solvik: Edition, client: Client, wrong: str) -> None:
    said = text_of(client, f"{BUILDING}?{wrong}", 422)
    assert "Write a day that exists" in said


def test_an_answer_that_is_no_option_is_none(solvik: Edition, client: Client) -> None:
    assert "May be needed" in text_of(client, f"{BUILDING}?builds=castle")


def test_there_is_no_plan_for_what_is_no_life_event(solvik: Edition, client: Client) -> None:
    assert client.get("/en/plans/flying/").status_code == 404


def test_the_register_answers_for_ones_own_child(solvik: Edition, people: Family) -> None:
    child = people.sister
    said = text_of(client_of(people.mother), f"{CHILD}?child={child.id}")
    assert "Kan behövas" not in said
    assert AccessLog.objects.filter(person_id=child.id, purpose="plan").exists()


def test_nothing_is_read_of_somebody_elses_child(solvik: Edition, people: Family) -> None:
    said = text_of(client_of(people.stranger), f"{CHILD}?child={people.sister.id}")
    assert "Kan behövas" in said
    assert people.sister.given_name not in said
    assert not AccessLog.objects.filter(person_id=people.sister.id).exists()


def test_nothing_is_known_of_a_child_not_signed_in(solvik: Edition, client: Client) -> None:
    assert "Kan behövas" in text_of(client, CHILD)


def test_answers_survive_the_sign_in_even_if_it_came_late(solvik: Edition, client: Client) -> None:
    """Whoever was signed out while answering comes back to the plan, with all the answers."""
    answer = client.post(f"{BUILDING}keep/?{HOUSE}")
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert back == f"{BUILDING}keep/?{HOUSE}"


def test_whoever_comes_back_from_the_sign_in_meets_their_plan(
    solvik: Edition, people: Family
) -> None:
    mother = client_of(people.mother)
    assert mother.get(f"{BUILDING}keep/?{HOUSE}")["Location"] == f"{BUILDING}?{HOUSE}"
