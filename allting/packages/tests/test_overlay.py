"""A municipality states only what differs, and every value knows who said it."""

from pathlib import Path

import pytest

from allting.packages.api import Definition, check
from allting.packages.coverage import in_part
from allting.packages.testing import written
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
        written(place / name, files)
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
    written(tmp_path / "nordic", {"services/a/page.sv.md": "## Norden\n"})
    written(tmp_path / "sverige", {"services/a/page.sv.md": "## Sverige\n"})
    definition = built(tmp_path, nordic=SHOP)
    page = definition.markdown("page", "a", None, "en")
    assert page == "## Sverige\n"
    assert page is not None
    assert page.language == "sv"
    assert definition.markdown("page", "b", None, "en") is None


def test_a_value_of_another_form_replaces(tmp_path: Path) -> None:
    shop = built(tmp_path, nordic=SHOP, solvik="title: Butiken\n").one("shop", "a")
    assert dict(shop.title) == {"sv": "Butiken"}


PARTLY = {
    "sverige": "{id: sverige, title: {sv: S, en: S}, version: 1.0.0, licence: EUPL-1.2, "
    "languages: [sv, en], also: [fi]}\n",
    "solvik": "{id: solvik, title: {sv: T, en: T}, version: 1.0.0, licence: MIT, "
    "languages: [sv, en], builds_on: sverige}\n",
}


def partly(place: Path, below: dict[str, str], over: dict[str, str], **own: str) -> Definition:
    """Solvik on Sverige, which has Finnish in part."""
    packages = {**PARTLY, **own}
    written(place / "sverige", {"package.yaml": packages["sverige"], **below})
    written(place / "solvik", {"package.yaml": packages["solvik"], **over})
    with town():
        result = check(place / "solvik")
    assert result.definition, result.errors
    assert not [warning for warning in result.warnings if "fi" in warning.what]
    return result.definition


def test_a_language_in_part_is_handed_on(tmp_path: Path) -> None:
    definition = partly(tmp_path, {"services/a/shop.yaml": SHOP}, {})
    assert definition.languages == ("sv", "en", "fi")
    assert definition.whole_languages == ("sv", "en")
    shop = definition.one("shop", "a")
    assert shop.title["fi"] == "Kauppa"
    assert shop.things[0].label.pick("fi") == ("sv", "Bröd")


def test_what_is_said_anew_leaves_its_old_translation_behind(tmp_path: Path) -> None:
    over = "title: {sv: Butik, en: Store}\n"
    shop = partly(tmp_path, {"services/a/shop.yaml": SHOP}, {"services/a/shop.yaml": over})
    assert dict(shop.one("shop", "a").title) == {"sv": "Butik", "en": "Store"}


def test_only_the_translation_can_be_said_anew(tmp_path: Path) -> None:
    over = "title: {fi: Puoti}\n"
    shop = partly(tmp_path, {"services/a/shop.yaml": SHOP}, {"services/a/shop.yaml": over})
    assert shop.one("shop", "a").title["fi"] == "Puoti"
    assert shop.one("shop", "a").title["sv"] == "Affär"


def test_a_page_written_anew_leaves_its_old_translation_behind(tmp_path: Path) -> None:
    pages = {f"services/a/page.{code}.md": code for code in ("sv", "en", "fi")}
    below = {"services/a/shop.yaml": SHOP, **pages}
    kept = partly(tmp_path / "kept", below, {})
    assert str(kept.markdown("page", "a", None, "fi")) == "fi"
    over = {"services/a/page.sv.md": "nytt", "services/a/page.en.md": "new"}
    page = partly(tmp_path / "anew", below, over).markdown("page", "a", None, "fi")
    assert page is not None
    assert (str(page), page.language) == ("nytt", "sv")


def test_a_municipality_can_have_whole_what_was_in_part(tmp_path: Path) -> None:
    own = PARTLY["solvik"].replace("[sv, en]", "[sv, en, fi]")
    written(tmp_path / "sverige", {"package.yaml": PARTLY["sverige"], "services/a/shop.yaml": SHOP})
    written(tmp_path / "solvik", {"package.yaml": own})
    with town():
        result = check(tmp_path / "solvik")
    assert result.definition
    assert result.definition.whole_languages == ("sv", "en", "fi")
    assert any("lacks 'fi'" in it.what or "lacks fi" in it.what for it in result.warnings)


def test_a_wrong_language_is_still_an_error(tmp_path: Path) -> None:
    shop = SHOP.replace("fi: Kauppa", "fj: Kauppa")
    written(tmp_path / "sverige", {"package.yaml": PARTLY["sverige"], "services/a/shop.yaml": shop})
    with town():
        (error,) = check(tmp_path / "sverige").errors
    assert "'fj' is not one of the package's languages" in error.what
    assert "fi" in (error.expected or "")


def test_how_far_a_language_has_come(tmp_path: Path) -> None:
    whole = "title: {sv: Affär, en: Shop, fi: Kauppa}\nstaff: 1\n"
    definition = partly(tmp_path, {"services/a/shop.yaml": SHOP, "services/b/shop.yaml": whole}, {})
    assert [str(one) for one in in_part(definition)] == [
        "fi: 1 of 2 services in full, 1 in part; 2 of 6 texts and pages"
    ]
