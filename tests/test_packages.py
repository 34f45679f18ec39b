"""The two packages that come with the house: whole, in both languages, and nobody's real code."""

import csv
from functools import cache
from pathlib import Path

import pytest

from allting.packages.api import CheckResult, check
from tests.shared import shared

PACKAGES = Path(__file__).resolve().parent.parent / "packages"
SERVICES = {
    "preschool-place",
    "childcare-fee",
    "civil-wedding",
    "building-permit",
    "new-construction-map",
}


@cache
def checked(name: str) -> CheckResult:
    return check(PACKAGES / name)


@pytest.mark.parametrize("name", ["sverige", "solvik"])
def test_the_package_has_neither_errors_nor_warnings(name: str) -> None:
    assert [str(problem) for problem in checked(name).problems] == []


def test_every_service_is_a_whole_product() -> None:
    definition = checked("solvik").definition
    assert definition is not None
    services = definition.all("service")
    assert set(services) == SERVICES
    for id_, service in services.items():
        ways = {channel.kind for channel in service.channels}
        assert {"e-service", "phone", "visit", "paper"} <= ways, id_
        assert service.produces and (service.law or id_ == "new-construction-map"), id_
        assert definition.find("form", id_) and definition.find("process", id_), id_
        assert len(definition.one("examples", id_).examples) >= 2, id_


def test_solvik_says_only_what_differs() -> None:
    def written(name: str) -> int:
        files = (PACKAGES / name / "services").rglob("*.yaml")
        return sum(len(f.read_text().splitlines()) for f in files)

    assert written("solvik") < written("sverige") / 10


def test_solviks_code_is_no_municipalitys_and_its_preschools_suffice() -> None:
    definition = checked("solvik").definition
    assert definition is not None
    code = definition.parameters["municipality-code"]
    with shared("municipalities/kommuner.csv").open(encoding="utf-8") as file:
        assert code not in {row["code"] for row in csv.DictReader(file)}
    units = definition.one("units", "preschools").units
    assert len(units) == 14
    # fifteen thousand residents have some 880 children from one to five
    assert 650 <= sum(unit.capacity for unit in units) <= 900
    assert len({(unit.position.lat, unit.position.lon) for unit in units}) == 14
