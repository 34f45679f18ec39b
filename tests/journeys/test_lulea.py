"""A real city: Luleå's preschools, a population of its size, and one case all the way."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.house import House, house
from tests.journeys.preschool import answers, child_offered, send, to_the_check_page
from tests.journeys.towns import package, preschools, town
from tests.mailbox import mailbox
from tests.visitor import Visitor

LULEA = "2580"
MAJA, ANNA, STEFAN = "199204032388", "198403262382", "197808022391"  # of the demonstration's cast


def signed_in(one: House, number: str) -> Visitor:
    visitor = Visitor(one.url)
    assert visitor.sign_in(number).url.path == "/sv/my/"
    return visitor


@pytest.mark.slow
@pytest.mark.database
def test_a_place_in_one_of_luleas_preschools(tmp_path: Path) -> None:
    place, units = town(LULEA), preschools(LULEA)
    assert (place.name, len(units)) == ("Luleå", 61)
    folder = package(tmp_path / "packages", place, units)
    with mailbox() as post:
        settings = {"ALLTING_SMTP": post.address}
        home = tmp_path / "home"
        home.mkdir()
        with house(home, package=str(folder), people=place.people, environment=settings) as one:
            one.start()
            _play(one, units)
            post.wait_for(2)


def _play(one: House, units: list[dict[str, Any]]) -> None:
    parent = signed_in(one, MAJA)
    wished = (units[3]["id"], units[40]["id"])
    said = answers(child_offered(parent, "Nils"), wished)
    receipt = send(parent, to_the_check_page(parent, said))
    found = re.search(r"BUN-\d{4}-000001", receipt.text)
    assert found
    case = f"/sv/desk/cases/{found[0]}/"

    anna = signed_in(one, ANNA)
    assert found[0] in anna.get("/sv/desk/").text
    taken = anna.send(anna.get(case), action="/do/take/")
    assert units[3]["name"] in taken.text
    proposing = anna.get(f"{case}do/propose/")
    places = anna.main_form(proposing).offered["placed-unit"] - {""}
    assert len(places) == 61
    start = {f"placed-{name}": said[name] for name in ("start_year", "start_month", "start_day")}
    placed = {"outcome": "placed", "placed-unit": wished[0], "reason": "Förstahandsvalet."}
    assert anna.fill(proposing, **placed, **start).url.path == case

    stefan = signed_in(one, STEFAN)
    decided = stefan.fill(stefan.get(f"{case}do/decide/"))
    assert decided.url.path == case
    mine = parent.get(f"/sv/my/cases/{found[0]}/")
    assert units[3]["name"] in mine.text

    stranger = signed_in(one, "199511282387")  # Fatima, a parent of another child
    assert stranger.get(f"/sv/my/cases/{found[0]}/").status_code in (403, 404)
    assert stranger.get(case).status_code == 403
