"""The schemas that editors use agree with the check, for whole files and for overlays."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from allting.packages.kinds import FileKind, registry
from allting.packages.schemas import all_schemas, overlay_schema_of, schema_of
from allting.packages.testing import written
from allting.packages.tests.cases import SVERIGE
from allting.packages.tests.folders import PACKAGE
from allting.packages.tests.kinds import Shop, town

SHOP = FileKind("shop", "services/{id}/shop.yaml", Shop, "town")
WHOLE: list[Any] = [
    {"title": "Bageriet"},
    {"title": {"sv": "Bageriet", "en": "The bakery"}, "staff": 3, "law": ["SkolL 8:1"]},
    {"title": "x", "things": [{"id": "bread", "label": "Bröd"}], "delivery": "10 weeks"},
    {"title": "x", "from": "bread", "where": {"web": "x"}, "open_if": True, "price": 12.5},
]
OVERLAYS: list[Any] = [
    {},
    {"staff": None},
    {"things": [{"id": "bread", "remove": True}, {"id": "cake", "label": {"en": "Cake"}}]},
    {"names": {"old": None}, "where": {"street": None}},
]
WRONG: list[Any] = [
    {"titel": "x"},
    {"title": 12},
    {"title": "x", "staff": "2"},
    {"title": "x", "delivery": "10 wekes"},
    {"title": "x", "things": [{"id": "Rye Bread", "label": "x"}]},
    {"title": "x", "things": [{"id": "bread", "label": "x", "lable": "x"}]},
]


def accepts(schema: Any, value: Any) -> bool:
    return bool(Draft202012Validator(schema).is_valid(value))


def test_every_kind_in_the_house_has_sound_schemas() -> None:
    schemas = all_schemas()
    assert set(schemas) >= {f"{kind}.json" for kind in registry().files}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("value", WHOLE)
def test_a_whole_file_is_accepted_by_both(value: Any) -> None:
    assert accepts(schema_of(SHOP), value)
    assert accepts(overlay_schema_of(SHOP), value)


@pytest.mark.parametrize("value", OVERLAYS)
def test_a_partial_file_is_accepted_as_an_overlay_only(value: Any) -> None:
    assert not accepts(schema_of(SHOP), value)
    assert accepts(overlay_schema_of(SHOP), value)


@pytest.mark.parametrize("value", WRONG)
def test_a_wrong_value_is_refused_by_both(value: Any) -> None:
    assert not accepts(schema_of(SHOP), value)
    assert not accepts(overlay_schema_of(SHOP), value)


def test_the_command_connects_packages_with_their_schemas(tmp_path: Path) -> None:
    written(tmp_path / "sverige", SVERIGE)
    written(tmp_path / "solvik", {"package.yaml": PACKAGE + "builds_on: sverige\n"})
    with town():
        call_command(
            "schema",
            tmp_path / "sverige",
            tmp_path / "solvik",
            write=tmp_path / "schemas",
            verbosity=0,
        )
    settings = json.loads((tmp_path / "schemas/yaml-schemas.json").read_text())
    here = tmp_path.as_posix()
    assert settings[f"{here}/schemas/shop.json"] == [f"{here}/sverige/services/*/shop.yaml"]
    assert settings[f"{here}/schemas/shop.overlay.json"] == [f"{here}/solvik/services/*/shop.yaml"]
    assert (tmp_path / "schemas/shop.json").exists()
