"""Header and footer of a page come from the published package."""

import re
from pathlib import Path

import pytest
from django.test import Client

from allting.packages.api import forget_editions, publish
from allting.portal.frame import municipality_frame
from allting.ui.api import UNNAMED
from tests.floors import ROOT

PACKAGE = """
id: bergvik
title: {sv: Bergviks kommun, en: Municipality of Bergvik}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
theme: {brand: "#7a2048", accent: "#e3b23c", surface: "#ffffff"}
"""
ORGANISATION = """
name: {sv: Bergviks kommun, en: Municipality of Bergvik}
contact:
  phone: "+46 10 555 00 00"
  address: {sv: "Torget 1, Bergvik", en: "1 Market Square, Bergvik"}
  hours: [{days: mon-fri, opens: "08:00", closes: "16:30"}]
boards:
  - {id: education, name: {sv: Barnnämnden, en: Education board}, series: BUN}
"""


@pytest.mark.django_db
def test_before_anything_is_published_there_is_a_frame_without_a_name() -> None:
    assert municipality_frame() is UNNAMED


@pytest.mark.django_db
def test_the_municipality_names_itself_and_says_how_to_reach_it(tmp_path: Path) -> None:
    folder = tmp_path / "bergvik"
    folder.mkdir()
    (folder / "package.yaml").write_text(PACKAGE)
    (folder / "organisation.yaml").write_text(ORGANISATION)
    publish(folder, by="test", why="to look at its frame")
    swedish = Client().get("/sv/nowhere").content.decode()
    english = Client().get("/en/nowhere").content.decode()
    assert "<title>Vi hittar inte den sidan – Bergviks kommun</title>" in swedish
    assert "We cannot find that page – Municipality of Bergvik" in english
    assert "Torget 1, Bergvik" in swedish
    assert "1 Market Square" in english
    assert "+46 10 555 00 00" in swedish
    assert "Mån–fre 08:00–16:30" in swedish
    assert "Mon–Fri 08:00–16:30" in english
    frame = municipality_frame()
    assert municipality_frame() is frame
    assert Client().get(frame.theme_url).content.count(b"#7a2048")


@pytest.mark.django_db
def test_a_package_brings_its_own_coat_of_arms() -> None:
    made = publish(ROOT / "packages/solvik", by="test", why="to look at its arms")
    forget_editions()  # what was stored, and not what was read
    page = Client().get("/sv/about/").content.decode()
    assert "Solviks kommun" in page
    (address,) = set(re.findall(r'src="(/arms-[0-9a-f]{12}\.svg)"', page))
    drawing = Client().get(address).content.decode()
    assert drawing == (ROOT / "packages/solvik/arms.svg").read_text("utf-8")
    assert made.definition.drawings["arms.svg"] == drawing
