"""A municipality states only what differs, and every value knows who said it."""

from pathlib import Path

import pytest

from allting.packages.api import Definition, check
from allting.packages.tests.folders import folder
from allting.packages.tests.kinds import town

NAMES = {
    "nordic": "{id: nordic, title: Norden, version: 1.0.0, licence: EUPL-1.2, "
    "languages: [sv, en, fi]}\n",
    "sverige": "{id: sverige, title: Sverige, version: 1.0.0, licence: EUPL-1.2, "
    "languages: [sv, en, fi], builds_on: nordic, "
    "parameters: {fee: {value: 10, type: number, says: Avgift}}}\n",
    "solvik": "id: solvik\ntitle: Solvik\nversion: 2.0.0\nlicence: MIT\nlanguages: [sv, en]\n"
    "builds_on: sverige\nparameters:\n  fee: {value: 12.5}\n",
}
SHOP = """\
title: {sv: Affär, en: Shop, fi: Kauppa}
staff: 1
tags: [bread, cake]
things:
  - id: bread
    label: {sv: Bröd, en: Bread}
  - id: cake
    label: {sv: Tårta, en: Cake}
names:
  old: {sv: Gamla, en: Old}
"""


def built(place: Path, **shops: str) -> Definition:
    for name, package in NAMES.items():
        files = {"package.yaml": package}
        if name in shops:
            files["services/a/shop.yaml"] = shops[name]
        folder(place / name, files)
    with town():
        result = check(place / "solvik")
    assert result.definition, result.errors
    return result.definition


def test_three_packages_deep(tmp_path: Path) -> None:
    definition = built(
        tmp_path,
        nordic=SHOP,
        sverige="staff: 2\n",
        solvik="title: {en: The shop}\nnames:\n  old: null\n  new: {sv: Nya, en: New}\n",
    )
    shop = definition.one("shop", "a")
    assert dict(shop.title) == {"sv": "Affär", "en": "The shop"}
    assert shop.staff == 2
    assert list(shop.names) == ["new"]
    assert str(definition.origin("services.a.shop.title.sv")) == "nordic/services/a/shop.yaml:1:13"
    assert (
        str(definition.origin("services/a/shop.yaml.staff")) == "sverige/services/a/shop.yaml:1:8"
    )
    assert str(definition.origin("services.a.shop.title.en")) == "solvik/services/a/shop.yaml:1:13"


def test_lists_with_ids_merge_item_by_item(tmp_path: Path) -> None:
    changes = "things:\n  - {id: pie, label: {sv: Paj, en: Pie}}\n"
    changes += "  - {id: cake, label: {en: Gateau}}\n  - {id: bread, remove: true}\n"
    shop = built(tmp_path, nordic=SHOP, solvik=changes).one("shop", "a")
    assert [thing.id for thing in shop.things] == ["cake", "pie"]
    assert dict(shop.things[0].label) == {"sv": "Tårta", "en": "Gateau"}


@pytest.mark.parametrize(
    ("change", "tags"), [("tags: [pie]\n", ("pie",)), ("tags: []\n", ()), ("tags: null\n", ())]
)
def test_other_lists_replace(tmp_path: Path, change: str, tags: tuple[str, ...]) -> None:
    assert built(tmp_path, nordic=SHOP, solvik=change).one("shop", "a").tags == tags


def test_an_empty_list_replaces_a_list_with_ids(tmp_path: Path) -> None:
    assert built(tmp_path, nordic=SHOP, solvik="things: []\n").one("shop", "a").things == ()


def test_who_a_package_is_is_never_inherited(tmp_path: Path) -> None:
    definition = built(tmp_path, nordic=SHOP)
    assert (definition.id, definition.version) == ("solvik", "2.0.0")
    assert definition.package.licence == "MIT"
    assert str(definition.parameters["fee"]) == "12.5"
    says = definition.package.parameters["fee"].says
    assert dict(says) == {"sv": "Avgift"}
    assert definition.known_languages == ("sv", "en", "fi")


def test_a_page_replaces_the_one_with_the_same_path(tmp_path: Path) -> None:
    folder(tmp_path / "nordic", {"services/a/page.sv.md": "## Norden\n"})
    folder(tmp_path / "sverige", {"services/a/page.sv.md": "## Sverige\n"})
    definition = built(tmp_path, nordic=SHOP)
    page = definition.markdown("page", "a", None, "en")
    assert page == "## Sverige\n"
    assert page is not None
    assert page.language == "sv"
    assert definition.markdown("page", "b", None, "en") is None


def test_a_value_of_another_form_replaces(tmp_path: Path) -> None:
    shop = built(tmp_path, nordic=SHOP, solvik="title: Butiken\n").one("shop", "a")
    assert dict(shop.title) == {"sv": "Butiken"}
