"""A municipality's three colours become every colour of its pages, by day and by night.

Brand, accent and surface are used as given by day; everything else is worked out from them so that
text reaches 7:1 (small print and links 4.5:1 at least) and the edges of controls 3:1.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from allting.ui.colour import contrast, first, lightness, reach, shade, tone

DEFAULT_THEME: Mapping[str, str] = MappingProxyType(
    {"brand": "#0b5d5e", "accent": "#f2b441", "surface": "#fbfaf7"}
)
# hues of the house: what has gone well, needs care, is wrong, is good to know
TONES = {"good": 152.0, "warn": 75.0, "bad": 25.0, "info": 245.0}
TEXT, SMALL, EDGE = 7.0, 4.5, 3.0
Tokens = dict[str, str]


@dataclass(frozen=True)
class Pair:
    """Two colours that meet on a page, and how well they must be told apart."""

    name: str
    mode: str
    front: str
    back: str
    wanted: float

    @property
    def contrast(self) -> float:
        """How well they are told apart, 1 to 21."""
        return contrast(self.front, self.back)

    @property
    def ok(self) -> bool:
        """Whether that is enough."""
        return self.contrast >= self.wanted


def tokens_by_day(theme: Mapping[str, str]) -> Tokens:
    """Every colour of a page in daylight."""
    brand, accent, paper = (theme[key].lower() for key in ("brand", "accent", "surface"))
    light = lightness(paper)
    t = {
        "paper": paper,
        "raised": "#ffffff",
        "sunk": shade(paper, lightness=light - 0.028),
        "line": shade(paper, lightness=light - 0.09),
        "brand": brand,
        "brand-deep": shade(brand, lightness=max(0.0, lightness(brand) - 0.07)),
        "brand-soft": shade(brand, lightness=light - 0.038, chroma=0.016),
        "accent": accent,
        "accent-soft": shade(accent, lightness=light - 0.035, chroma=0.05),
    }
    for name, hue in TONES.items():
        t[f"{name}-soft"] = tone(hue, lightness=light - 0.035, chroma=0.026)
    return _fronts(t, darker=True)


def tokens_by_night(theme: Mapping[str, str]) -> Tokens:
    """Every colour of a page for eyes that rest: the same hues, the light turned down."""
    brand, accent = theme["brand"].lower(), theme["accent"].lower()
    t = {
        "paper": shade(brand, lightness=0.205, chroma=0.016),
        "raised": shade(brand, lightness=0.25, chroma=0.02),
        "sunk": shade(brand, lightness=0.17, chroma=0.016),
        "line": shade(brand, lightness=0.36, chroma=0.022),
        "brand-soft": shade(brand, lightness=0.29, chroma=0.04),
        "accent": shade(accent, lightness=max(0.78, lightness(accent) - 0.04)),
        "accent-soft": shade(accent, lightness=0.31, chroma=0.045),
    }
    t["brand"] = reach(brand, 6.0, [t["raised"], t["brand-soft"]], darker=False)
    t["brand-deep"] = shade(t["brand"], lightness=min(1.0, lightness(t["brand"]) + 0.06))
    for name, hue in TONES.items():
        t[f"{name}-soft"] = tone(hue, lightness=0.29, chroma=0.035)
    return _fronts(t, darker=False)


def _fronts(t: Tokens, *, darker: bool) -> Tokens:
    """What stands on the grounds of `t`: text, links, edges, marks."""
    grounds = [t[name] for name in GROUNDS]
    ink = shade(t["brand"], lightness=0.25 if darker else 0.95, chroma=0.03 if darker else 0.012)
    t["ink"] = reach(ink, 10.0, grounds, darker=darker)
    soft = shade(t["brand"], lightness=0.43 if darker else 0.82, chroma=0.025)
    t["ink-soft"] = reach(soft, TEXT, grounds, darker=darker)
    t["edge"] = reach(shade(t["brand"], lightness=0.62, chroma=0.03), 3.3, grounds, darker=darker)
    t["link"] = reach(t["brand"], TEXT, [t["paper"], t["raised"]], darker=darker)
    t["link"] = reach(t["link"], 5.6, grounds, darker=darker)
    marks = ["#ffffff", t["ink"], "#000000"] if darker else [t["sunk"], "#000000", "#ffffff"]
    t["on-brand"] = first(marks, SMALL, [t["brand"], t["brand-deep"]])
    t["on-accent"] = first([*marks[1:], "#ffffff"], SMALL, [t["accent"]])
    for name, hue in TONES.items():
        front = tone(hue, lightness=0.48 if darker else 0.8, chroma=0.12)
        t[name] = reach(front, TEXT, [t[f"{name}-soft"], *grounds], darker=darker)
    t["on-bad"] = first(marks, SMALL, [t["bad"]])
    t["foot"] = shade(t["brand"], lightness=0.29, chroma=0.05) if darker else t["sunk"]
    t["on-foot"] = reach(
        shade(t["brand"], lightness=0.95, chroma=0.015), 9.0, [t["foot"]], darker=False
    )
    t["on-foot-soft"] = reach(
        shade(t["brand"], lightness=0.84, chroma=0.03), TEXT, [t["foot"]], darker=False
    )
    return t


GROUNDS = ("paper", "raised", "sunk", "brand-soft", "accent-soft")


def theme_pairs(theme: Mapping[str, str]) -> tuple[Pair, ...]:
    """Every pair of colours that meets on a page of this theme, by day and by night.

    >>> all(pair.ok for pair in theme_pairs(DEFAULT_THEME))
    True
    """
    modes = (("day", tokens_by_day(theme)), ("night", tokens_by_night(theme)))
    return tuple(
        Pair(f"{front} on {back}", mode, tokens[front], tokens[back], wanted)
        for mode, tokens in modes
        for front, back, wanted in _meetings()
    )


def _meetings() -> Iterator[tuple[str, str, float]]:
    for ground in GROUNDS:
        yield "ink", ground, TEXT
        yield "ink-soft", ground, TEXT
        yield "link", ground, SMALL
        yield "edge", ground, EDGE
        for name in TONES:
            yield name, ground, SMALL
    for ground in ("paper", "raised"):
        yield "brand", ground, EDGE
    for ground in ("brand", "brand-deep"):
        yield "on-brand", ground, SMALL
    for name in TONES:
        yield "ink", f"{name}-soft", TEXT
        yield name, f"{name}-soft", SMALL
    yield "on-bad", "bad", SMALL
    yield "on-accent", "accent", SMALL
    yield "on-foot", "foot", TEXT
    yield "on-foot-soft", "foot", SMALL


def theme_css(theme: Mapping[str, str]) -> str:
    """The theme's colours as custom properties, light and dark."""
    day, night = _css(tokens_by_day(theme)), _css(tokens_by_night(theme))
    return (
        f":root{{color-scheme:light dark;{day}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{night}}}}}"
        # paper is white whatever the eyes prefer
        f"@media print{{:root{{color-scheme:light;{day}--paper:#fff;--sunk:#fff}}}}"
    )


def _css(tokens: Tokens) -> str:
    return "".join(f"--{name}:{value};" for name, value in tokens.items())


_served: dict[str, str] = {}


def theme_url(theme: Mapping[str, str]) -> str:
    """Where the theme's stylesheet is served; the address changes when a colour does."""
    return f"/theme-{_mark(theme['brand'], theme['accent'], theme['surface'])}.css"


def theme_by_mark(mark: str) -> str | None:
    """The stylesheet behind an address that this process has given out."""
    return _served.get(mark)


@lru_cache(maxsize=64)
def _mark(brand: str, accent: str, surface: str) -> str:
    css = theme_css({"brand": brand, "accent": accent, "surface": surface})
    mark = hashlib.sha256(css.encode()).hexdigest()[:12]
    _served[mark] = css
    return mark


_drawings: dict[str, str] = {}


def arms_url(drawing: str) -> str:
    """Where a coat of arms is served; the address changes when the drawing does."""
    mark = hashlib.sha256(drawing.encode()).hexdigest()[:12]
    _drawings[mark] = drawing
    return f"/arms-{mark}.svg"


def arms_by_mark(mark: str) -> str | None:
    """The drawing behind an address that this process has given out."""
    return _drawings.get(mark)
