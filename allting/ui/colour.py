"""Colour as arithmetic: contrast by WCAG, shades in OKLCH where equal steps look equal."""

import re
from collections.abc import Iterable
from functools import lru_cache
from math import atan2, cbrt, cos, degrees, hypot, radians, sin

HEX = re.compile(r"#[0-9a-fA-F]{6}")
Triple = tuple[float, float, float]


def contrast(a: str, b: str) -> float:
    """The contrast of two colours by WCAG 2.2, 1 to 21. Raises ValueError for what is no colour.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def shade(colour: str, *, lightness: float, chroma: float | None = None) -> str:
    """The hue of `colour` at another lightness (0 to 1) and, at most, that chroma.

    >>> shade("#0b5d5e", lightness=1.0)
    '#ffffff'
    """
    _, own, hue = _to_oklch(colour)
    return _from_oklch(lightness, own if chroma is None else min(own, chroma), hue)


def tone(hue: float, *, lightness: float, chroma: float) -> str:
    """A colour of the house itself: hue in degrees."""
    return _from_oklch(lightness, chroma, hue)


def lightness(colour: str) -> float:
    """How light a colour looks, 0 to 1."""
    return _to_oklch(colour)[0]


def reach(colour: str, wanted: float, on: Iterable[str], *, darker: bool) -> str:
    """`colour`, made darker or lighter only as far as `wanted` contrast on every ground needs.

    Gives the nearest there is (black or white) when even that does not reach.
    """
    grounds = tuple(on)
    start, chroma, hue = _to_oklch(colour)
    steps = 100
    end = 0.0 if darker else 1.0
    for step in range(steps + 1):
        found = _from_oklch(start + (end - start) * step / steps, chroma, hue) if step else colour
        if all(contrast(found, ground) >= wanted for ground in grounds):
            return found
    return "#000000" if darker else "#ffffff"


def first(candidates: Iterable[str], wanted: float, on: Iterable[str]) -> str:
    """The first candidate that reaches `wanted` on every ground; if none does, the nearest."""
    grounds = tuple(on)
    worst = {c: min(contrast(c, ground) for ground in grounds) for c in candidates}
    return next(
        (c for c, ratio in worst.items() if ratio >= wanted), max(worst, key=worst.__getitem__)
    )


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    r, g, b = _linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linear(colour: str) -> Triple:
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour; expected six hexadecimal digits, #0b5d5e")
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def _to_oklch(colour: str) -> Triple:
    r, g, b = _linear(colour)
    long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    mid = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    light = 0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    c = 0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short
    return light, hypot(a, c), degrees(atan2(c, a)) % 360


def _from_oklch(light: float, chroma: float, hue: float) -> str:
    """The nearest colour a screen can show: chroma gives way, hue and lightness stay."""
    for part in range(21):
        found = _rgb(light, chroma * (1 - part / 20), hue)
        if all(-0.0005 <= channel <= 1.0005 for channel in found):
            break
    return "#" + "".join(f"{round(255 * _companded(channel)):02x}" for channel in found)


def _rgb(light: float, chroma: float, hue: float) -> Triple:
    a, c = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * c) ** 3
    mid = (light - 0.1055613458 * a - 0.0638541728 * c) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * c) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
    )


def _companded(channel: float) -> float:
    c = min(1.0, max(0.0, channel))
    return 12.92 * c if c <= 0.0031308 else float(1.055 * c ** (1 / 2.4) - 0.055)
