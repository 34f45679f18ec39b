"""A real city: Luleå's preschools, a population of its size, and one case all the way."""

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.house import ROOT, House, house
from tests.journeys.preschool import answers, child_offered, send, to_the_check_page
from tests.mailbox import mailbox
from tests.shared import shared
from tests.visitor import Visitor

LULEA, PEOPLE = "2580", 78_000
MAJA, ANNA, STEFAN = "199204032388", "198403262382", "197808022391"  # of the demonstration's cast


def preschools() -> list[dict[str, Any]]:
    """Luleå's preschools as units of a package, as the register of schools has them."""
    with shared("preschools/preschools.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Kommunkod"] == LULEA]
    return [_unit(row) for row in rows]


def _unit(row: dict[str, str]) -> dict[str, Any]:
    letters = row["Namn"].lower().translate(str.maketrans("åäöéü", "aaoeu"))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    unit: dict[str, Any] = {
        "id": f"{slug}-{row['skolverkets_id']}",
        "name": row["Namn"],
        "organiser": "municipal" if row["Huvudman"] == "Kommunal" else "independent",
    }
    if row["Adress"] and row["Postnummer"]:
        code = f"{float(row['Postnummer']):.0f}"
        unit["address"] = {
            "street": row["Adress"],
            "postcode": f"{code[:3]} {code[3:]}",
            "city": "Luleå",
        }
    if row["Latitud"] and row["Longitud"]:
        unit["position"] = {"lat": float(row["Latitud"]), "lon": float(row["Longitud"])}
    if row["Antal barn"].strip().isdigit():
        unit["capacity"] = int(row["Antal barn"])
    return unit


def package(folder: Path, units: list[dict[str, Any]]) -> Path:
    """Luleå as a package: sverige as it is, Solvik's offices and cast, and its own preschools."""
    shutil.copytree(ROOT / "packages/sverige", folder / "sverige")
    lulea = folder / "lulea"
    (lulea / "units").mkdir(parents=True)
    for name in ("organisation.yaml", "demo.yaml"):
        text = (ROOT / "packages/solvik" / name).read_text("utf-8")
        text = text.replace("Solviks", "Luleå").replace("Solvik", "Luleå")
        (lulea / name).write_text(text.replace("arms: arms.svg\n", ""))
    yaml = YAML()
    manifest = yaml.load((ROOT / "packages/solvik/package.yaml").read_text("utf-8"))
    manifest["id"] = "lulea"
    manifest["title"] = {"sv": "Luleå kommun", "en": "Municipality of Luleå"}
    manifest["parameters"] = {"municipality-code": {"value": LULEA}}
    yaml.dump(manifest, lulea / "package.yaml")
    yaml.dump({"units": units}, lulea / "units/preschools.yaml")
    return lulea


def signed_in(one: House, number: str) -> Visitor:
    visitor = Visitor(one.url)
    assert visitor.sign_in(number).url.path == "/sv/my/"
    return visitor


@pytest.mark.slow
@pytest.mark.database
def test_a_place_in_one_of_luleas_preschools(tmp_path: Path) -> None:
    units = preschools()
    assert len(units) == 61
    folder = package(tmp_path / "packages", units)
    with mailbox() as post:
        settings = {"ALLTING_SMTP": post.address}
        home = tmp_path / "home"
        home.mkdir()
        with house(home, package=str(folder), people=PEOPLE, environment=settings) as one:
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
