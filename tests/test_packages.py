"""The two packages that come with the house: whole, in both languages, and nobody's real code."""

import csv
from functools import cache
from pathlib import Path

import pytest

from allting.packages.api import CheckResult, check
from tests.shared import shared

PACKAGES = Path(__file__).resolve().parent.parent / "packages"
# no act says that the municipality must have these
OWN_CHOICE = {
    "new-construction-map", "plot-queue", "book-a-hall", "association-grant", "allotment",
    "youth-centre", "business-advice",
}  # fmt: skip
SITUATIONS = {
    "preschool-place": ["child-soon-one", "general-preschool"],
    "school-start": ["starts-school"],
    "upper-secondary-choice": ["year-nine"],
    "welcome": ["new-here"],
    "coming-of-age": ["turning-eighteen"],
    "childcare-fee": ["income-changed", "several-children"],
    "home-visit": ["eighty-and-alone"],
    "after-a-death": ["relative-died"],
    "building-permit": ["permit-lapses"],
    "civil-wedding": ["certificate-expires"],
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
    assert set(SITUATIONS) <= set(services)
    for id_, service in services.items():
        assert service.topics and service.life_events and service.reviewed, id_
        assert set(service.keywords) >= {"sv", "en"}, id_
        if service.done_by:
            continue
        ways = {channel.kind for channel in service.channels}
        assert {"phone", "visit"} <= ways, id_
        assert service.law or id_ in OWN_CHOICE, id_
        for language in ("sv", "en"):
            assert definition.markdown("page", id_, None, language), id_
        assert len(definition.one("examples", id_).examples) >= 2, id_


def test_an_e_service_goes_all_the_way_and_stands_beside_paper() -> None:
    definition = checked("solvik").definition
    assert definition is not None
    services = definition.all("service")
    with_forms = definition.ids("form")
    assert with_forms and set(with_forms) < set(services)
    for id_ in with_forms:
        ways = {channel.kind for channel in services[id_].channels}
        assert {"e-service", "paper"} <= ways and services[id_].produces, id_
        assert definition.find("process", id_), id_


def test_every_situation_has_its_words_its_law_and_examples_for_and_against() -> None:
    definition = checked("sverige").definition
    assert definition is not None
    offers = definition.all("offer")
    found = {id_: [it.id for it in file.situations] for id_, file in offers.items()}
    assert found == {id_: SITUATIONS[id_] for id_ in sorted(SITUATIONS)}
    assert sum(map(len, found.values())) >= 12
    for id_, file in offers.items():
        expected = [e.expect.get("offered") for e in definition.one("examples", id_).examples]
        for situation in file.situations:
            assert [situation.id] in expected, f"{id_}: nobody in an example is offered it"
            for words in (situation.sms, situation.because):
                assert {"sv", "en"} <= set(words), situation.id
        assert [] in expected, f"{id_}: everybody in the examples is offered something"


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
