"""Real municipalities as packages: their preschools as the register of schools has them.

The data lies beside the project and is read, never kept: missing positions, missing numbers of
children, codes whose first zero is lost, names with all sorts of signs are as they come.
"""

import csv
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.house import ROOT
from tests.shared import shared


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality as statistics know it."""

    code: str
    name: str  # without "kommun" and the s before it
    people: int


def town(code: str) -> Town:
    """By its four digits."""
    with shared("municipalities/kommuner.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["code"] == code)
    name = row["name"].removesuffix(" kommun")
    return Town(code, name if name[-1] in "åäö" else name.removesuffix("s"), int(row["population"]))


def preschools(code: str) -> list[dict[str, Any]]:
    """The preschools of a municipality, as units of a package."""
    with shared("preschools/preschools.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Kommunkod"].zfill(4) == code]
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
            "city": row["Kommun"],
        }
    if row["Latitud"] and row["Longitud"]:
        unit["position"] = {"lat": float(row["Latitud"]), "lon": float(row["Longitud"])}
    if row["Antal barn"].strip().isdigit():
        unit["capacity"] = int(row["Antal barn"])
    return unit


def package(folder: Path, place: Town, units: list[dict[str, Any]]) -> Path:
    """The package: sverige as it is, Solvik's offices and cast, and these preschools."""
    if not (folder / "sverige").exists():
        shutil.copytree(ROOT / "packages/sverige", folder / "sverige")
    own = folder / f"m{place.code}"
    (own / "units").mkdir(parents=True)
    for name in ("organisation.yaml", "demo.yaml"):
        text = (ROOT / "packages/solvik" / name).read_text("utf-8")
        text = text.replace("Solviks", place.name).replace("Solvik", place.name)
        (own / name).write_text(text.replace("arms: arms.svg\n", ""))
    yaml = YAML()
    manifest = yaml.load((ROOT / "packages/solvik/package.yaml").read_text("utf-8"))
    manifest["id"] = f"m{place.code}"
    title = {"sv": f"{place.name} kommun", "en": f"Municipality of {place.name}"}
    manifest["title"] = title
    manifest["parameters"] = {"municipality-code": {"value": place.code}}
    yaml.dump(manifest, own / "package.yaml")
    yaml.dump({"units": units}, own / "units/preschools.yaml")
    return own
