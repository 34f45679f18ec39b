"""Of several that give the same, what one may not use is not chosen, and it is said why."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from allting.catalogue.testing import changed, town
from allting.identity.testing import signed_in_client
from allting.journeys.choosing import Asked, Choice
from allting.journeys.graph import GoalNode, Graph, Need, Node, Underway
from allting.journeys.rules import plan
from allting.journeys.tests.conftest import MAP, MORNING, PERMIT
from allting.journeys.tests.test_checks import FILES
from allting.kernel.api import clock_at
from allting.packages.api import Edition, current, publish
from allting.packages.testing import written
from allting.register.models import AccessLog
from allting.register.testing import Family

TODAY = date(2027, 1, 11)
SCHOOL = Graph.of(
    [
        Node("quick", gives=("place",), length=3),
        Node("slow", gives=("place",), length=30),
        Node("bus", (Need("place"),), length=5),
    ]
)
YOUNG = """\
conditions:
  - id: old-enough
    holds: age(birth_date) >= 90
    says: {sv: Du har fyllt nittio, en: You are ninety or more}
board: building"""


def choice(**more: object) -> Choice:
    asked = Asked((GoalNode("bus"),), TODAY, **more)  # type: ignore[arg-type]
    [found] = plan(SCHOOL, asked).choices
    return found


def test_what_may_not_be_used_is_not_chosen() -> None:
    assert choice() == Choice("place", "quick", ("slow",))
    no = {"quick": ("pupil",)}
    assert choice(barred=no) == Choice("place", "slow", (), (("quick", ("pupil",)),))


def test_where_none_may_be_used_it_is_told_of_the_one_that_was_taken() -> None:
    no = {"quick": ("pupil",), "slow": ("six",)}
    assert choice(barred=no) == Choice("place", "quick", ("slow",), tuple(no.items()))


def test_what_is_begun_is_gone_on_with() -> None:
    begun = {"quick": Underway(TODAY.toordinal())}
    assert choice(barred={"quick": ("pupil",)}, underway=begun).taken == "quick"


@pytest.fixture
def two_maps(db: None, tmp_path: Path) -> Iterator[Edition]:
    """A map for those who are ninety, at once; and the ordinary one, in three weeks."""
    where = written(town(tmp_path), FILES)
    (where / "life-events/building.examples.yaml").unlink()
    changed(where, MAP, "board: building", "board: building\nprocessing_time: {typical: 3 weeks}")
    ordinary = (where / MAP).read_text("utf-8")
    quick = where / MAP.replace("new-construction-map", "map-at-once")
    quick.parent.mkdir()
    quick.write_text(ordinary.replace("typical: 3 weeks", "typical: 1 day"), "utf-8")
    changed(where, str(quick.relative_to(where)), "board: building", YOUNG)
    named = "title: {sv: Nybyggnadskarta, en: New-construction map}"
    once = "title: {sv: Karta genast, en: Map at once}"
    changed(where, str(quick.relative_to(where)), named, once)
    changed(where, PERMIT, "board: building", "board: building\nprocessing_time: {legal: 10 weeks}")
    with clock_at(MORNING):
        publish(where, by="Anna", why="the first version")
        yield current()


def test_the_page_says_which_one_may_not_use_and_why(
    two_maps: Edition, people: Family, client: Client
) -> None:
    mother = people.mother
    mine, _ = signed_in_client(mother.identity_number, "Maja Berg", person=mother.id)
    page = mine.get("/en/plans/building/").content.decode()
    assert "You may not use Map at once. What does not hold: You are ninety or more." in page
    assert AccessLog.objects.filter(person_id=mother.id, purpose="plan").exists()
    unknown = client.get("/en/plans/building/").content.decode()
    assert "You may not use" not in unknown  # of whoever is not known nothing is said
    assert "Instead of this you can use: New-construction map." in unknown
