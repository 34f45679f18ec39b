"""The demonstration municipality: each life event has a plan that can be read, in each language."""

import re
from pathlib import Path

import pytest
from django.test import Client

from allting.catalogue.api import life_events
from allting.packages.api import Edition, current, publish

SOLVIK = Path(__file__).resolve().parents[3] / "packages" / "solvik"


@pytest.fixture
def edition(db: None) -> Edition:
    publish(SOLVIK, by="Anna", why="the first version")
    return current()


@pytest.mark.one_database
def test_every_life_event_has_a_plan(edition: Edition, client: Client) -> None:
    for id in life_events(edition):
        for language in edition.definition.languages:
            answer = client.get(f"/{language}/plans/{id}/?day_year=2028&day_month=6&day_day=10")
            assert answer.status_code == 200, (language, id)
            assert 'class="path ' in answer.content.decode(), (language, id)


def test_every_life_event_asks_something(edition: Edition) -> None:
    wanted = {
        "moving", "moving-within", "marrying", "having-a-child", "starting-school",
        "choosing-upper-secondary", "coming-of-age", "building", "starting-business",
        "losing-work", "becoming-ill", "caring-for-a-parent", "growing-old", "divorce",
        "losing-someone", "fleeing-to-sweden",
    }  # fmt: skip
    found = life_events(edition)
    assert set(found) == wanted
    assert [id for id, it in found.items() if not it.asks] == []


@pytest.mark.parametrize("language", ["sv", "en", "fi"])
def test_what_an_answer_would_change_is_said_in_sentences(
    edition: Edition, client: Client, language: str
) -> None:
    page = client.get(f"/{language}/plans/starting-business/").content.decode()
    changes = re.findall(r"<li>\s*([“”][^<]*)</li>", page)
    assert any(len(re.findall(r"\. \w", each)) for each in changes)
    assert [each for each in changes if re.search(r"\. [a-zåäö]", each)] == []


def test_what_only_another_life_event_asks_is_left_alone(edition: Edition, client: Client) -> None:
    query = "day_year=2028&day_month=8&day_day=1&builds=new-house&has-own-well=no"
    page = client.get(f"/sv/plans/building/?{query}").content.decode()
    assert "Vad vill du bygga?” En tillbyggnad" in page
    assert "Vad ska företaget göra?" not in page
    page = client.get("/sv/plans/fleeing-to-sweden/").content.decode()
    assert "rätt att bo i Sverige?” Ja" in page
    assert "Flyttar du hit från ett annat land?" not in page


def test_what_is_too_late_says_what_its_time_is_counted_from(
    edition: Edition, client: Client
) -> None:
    query = "day_year=2020&day_month=1&day_day=1&from-abroad=no"
    page = client.get(f"/sv/plans/moving/?{query}").content.decode()
    assert "men Anmäl flytten ska påbörjas inom en viss tid från dagen" in page
    page = client.get(f"/en/plans/moving/?{query}").content.decode()
    assert "but Report the move must be begun within a certain time of the day" in page


def test_the_map_comes_first_where_a_house_is_built(edition: Edition, client: Client) -> None:
    query = "day_year=2028&day_month=8&day_day=1&builds=new-house"
    page = client.get(f"/sv/plans/building/?{query}").content.decode()
    steps = page[page.index('class="path ') :]
    titles = ["Nybyggnadskarta</a>", "Bygglov</a>", "Slutbesked</a>"]
    places = [steps.index(title) for title in titles]
    assert places == sorted(places)
