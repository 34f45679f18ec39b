"""The drawing as it is written: the same in words and in the picture, lean, and nothing inline."""

import re
from datetime import date
from typing import Any, cast

import pytest
from django.test import Client

from allting.catalogue.api import read_offset
from allting.journeys.choosing import Asked
from allting.journeys.graph import GoalNode, Graph, Need, Node
from allting.journeys.rules import plan
from allting.journeys.showing import shown
from allting.journeys.telling import Teller
from allting.packages.api import Edition
from allting.ui.api import date as in_words
from allting.ui.api import fragment

HOUSE = "day_year=2027&day_month=8&day_day=2&builds=house"
TODAY = date(2027, 1, 11)


class Names:
    """A teller of steps that no package has."""

    def title(self, id: str) -> str:
        return f"Something that has to be done, number {id}"

    def day(self, day: date) -> str:
        return in_words("sv", day)


def long_plan(size: int) -> dict[str, Any]:
    """Steps that each wait for one or two of those before."""
    nodes = [
        Node(
            f"s{n}",
            tuple(Need(f"e{it}") for it in {n - 1, n - 4} if it >= 0),
            (f"e{n}",),
            7 + n % 5,
        )
        for n in range(size)
    ]
    goals = (GoalNode(f"s{size - 1}", by=read_offset("on the day")),)
    made = plan(Graph.of(nodes), Asked(goals, TODAY, date(2029, 1, 1)))
    found = shown(made, cast(Teller, Names()), "sv")
    assert found is not None and len(found["rows"]) == size
    return found


def test_sixty_steps_are_lean() -> None:
    said = fragment("sv", "journeys/drawn.html", {"drawn": long_plan(60)})
    assert len(said.encode()) < 65_000
    assert "style=" not in said  # the page's own policy lets none through


@pytest.mark.django_db
def test_every_row_leads_to_its_step(solvik: Edition, client: Client) -> None:
    page = client.get(f"/en/plans/building/?{HOUSE}").content.decode()
    drawn = page[page.index('<figure class="days"') : page.index("</figure>")]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', drawn)
    assert [title for _, title in links] == ["New-construction map", "Building permit"]
    assert all(page.count(f'id="{place}"') == 1 for place, _ in links)
    assert "11 Jan–1 Feb" in drawn and "begin by 3 May" in drawn
    assert "Your day, 2 Aug" in drawn


@pytest.mark.django_db
def test_missing_days_are_said_in_the_drawing_too(solvik: Edition, client: Client) -> None:
    page = client.get(f"/sv/plans/building/?{HOUSE.replace('month=8', 'month=3')}").content.decode()
    assert "dagar för sent" in page
    assert "Dagar som fattas" in page
