"""Every mistake in an offer is told with its place, what was expected and how to mend it."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from allting.offers.parts import OFFERS
from allting.offers.tests.packages import OFFER, OfferCase
from allting.packages.schemas import overlay_schema_of, schema_of

RAW: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).resolve().parent / "broken.yaml").read_text("utf-8")
)
ALL = [OfferCase(one["name"], tuple(one["says"].splitlines()), one) for one in RAW]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_broken_offer(case: OfferCase, tmp_path: Path) -> None:
    assert case.found(tmp_path) == case.says


def test_names_are_told_apart() -> None:
    assert len({case.name for case in ALL}) == len(ALL) >= 40


def test_the_schema_agrees_with_the_check() -> None:
    right = YAML(typ="safe").load(OFFER)
    assert Draft202012Validator(schema_of(OFFERS)).is_valid(right)
    assert not Draft202012Validator(schema_of(OFFERS)).is_valid({"situations": []})
    away = {"situations": [{"id": "turning-eighteen", "remove": True}]}
    assert Draft202012Validator(overlay_schema_of(OFFERS)).is_valid(away)
