"""Colours: whatever three a municipality picks, its pages can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allting.ui.api import contrast, theme_css, theme_pairs
from allting.ui.theme import DEFAULT_THEME

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
PAPERS = ["#ffffff", "#fbfaf7", "#f4f7fb", "#fff8ef", "#f2f2f2"]
# used as the municipality gave them: these the check of its package judges
GIVEN = {"brand on paper", "brand on raised", "on-brand on brand", "on-brand on brand-deep"}


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#fff000", "#fff000", 1.0),
    ],
)
def test_contrast_as_wcag_counts_it(a: str, b: str, ratio: float) -> None:
    assert contrast(a, b) == pytest.approx(ratio, abs=0.01)
    assert contrast(a, b) == contrast(b, a)


@pytest.mark.parametrize("wrong", ["teal", "#fff", "#0b5d5", "", "#0b5d5g", "url(x)"])
def test_what_is_no_colour_is_refused_by_name(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a colour; expected six"):
        contrast(wrong, "#ffffff")


def test_the_usual_theme_reads_well_by_day_and_by_night() -> None:
    assert [(p.name, p.mode, p.contrast) for p in theme_pairs(DEFAULT_THEME) if not p.ok] == []


@settings(max_examples=60, deadline=None)
@given(brand=colours, accent=colours, surface=st.sampled_from(PAPERS))
def test_every_colour_that_is_worked_out_can_be_read(brand: str, accent: str, surface: str) -> None:
    pairs = theme_pairs({"brand": brand, "accent": accent, "surface": surface})
    poor = [
        (p.name, p.mode, p.contrast)
        for p in pairs
        if not p.ok and not (p.name in GIVEN and p.mode == "day")
    ]
    assert poor == []


@pytest.mark.parametrize(
    ("theme", "poor"),
    [
        ({"brand": "#ffe14d"}, "brand on paper"),
        ({"brand": "#7d7d7d"}, "on-brand on brand"),
        ({"surface": "#3a3a3a"}, "ink on paper"),
    ],
)
def test_a_poor_choice_is_told_by_the_pair_it_spoils(theme: dict[str, str], poor: str) -> None:
    pairs = theme_pairs({**DEFAULT_THEME, **theme})
    assert poor in {pair.name for pair in pairs if not pair.ok}


def test_the_sheet_has_day_night_and_paper() -> None:
    css = theme_css(DEFAULT_THEME)
    assert css.startswith(":root{color-scheme:light dark;--paper:#fbfaf7;")
    assert "@media (prefers-color-scheme:dark)" in css
    assert "@media print" in css
    assert len(css) < 4000
