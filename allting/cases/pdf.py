"""A letter as an accessible PDF (PDF/UA-1): tagged, with title and language, and good to look at.

A pure function: the same letter gives the same bytes. What people have written reaches Typst only
as data, never as source. Characters that the letter's type cannot show become □; the same letter
in the inbox shows them as they are.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from allting.cases.markdown_parts import parts_of
from allting.ui.api import contrast, later, translator
from allting.ui.api import date as date_in_words

HERE = Path(__file__).parent / "typeset"
READABLE = 4.5  # WCAG 2.2, 1.4.3
INK = "#16211f"
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LONG_APPEAL = 1500  # characters: a longer one may go over two pages
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
BOX = "\N{WHITE SQUARE}"
EUROPE = "–—‘’“”„•…€"
TOO_LONG = re.compile(r"(\S{50})(?=\S)")  # wider than the page: may be broken


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes. `contact` is a few short texts; `mark` is an SVG, or the house's own."""

    municipality: str
    board: str = ""
    contact: tuple[str, ...] = ()
    brand: str = "#0b5d5e"
    accent: str = "#f2b441"
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """How to have the decision tested: shown in a box of its own."""

    title: str
    markdown: str


def letter_pdf(
    *,
    title: str,
    markdown: str,
    language: str,
    sender: Letterhead,
    recipient: tuple[str, ...],
    on: date,
    reference: str,
    service: str = "",
    signature: tuple[str, ...] = (),
    appeal: Appeal | None = None,
) -> bytes:
    """The letter as PDF/UA-1.

    `title` is its subject; headings of `markdown` come below it. `recipient` is the name and the
    lines of an address, `signature` a name and what that person is. Raises ValueError for a colour
    that is not #rrggbb.
    """
    letter = {
        "title": _title(title),
        "language": language,
        "day": {"year": on.year, "month": on.month, "day": on.day},
        "municipality": _plain(sender.municipality),
        "board": _plain(sender.board),
        "contact": [_plain(part) for part in sender.contact],
        "recipient": [_plain(line) for line in recipient],
        "reference": _plain(reference),
        "facts": _facts(language, on, reference, service),
        "body": parts_of(_plain(markdown)),
        "signature": [_plain(line) for line in signature],
        "appeal": appeal and _appeal(appeal),
    }
    looks = _looks(sender)
    own = later("The municipality's mark")
    arms = later("The municipality's coat of arms")
    looks["mark_says"] = translator(language)(arms if sender.mark else own)
    return _typeset(letter, looks, on)


def _facts(language: str, on: date, reference: str, service: str) -> list[dict[str, str]]:
    _ = translator(language)
    facts = [
        (_("Date"), date_in_words(language, on)),
        (_("Case number"), reference),
        (_("It is about"), service),
    ]
    return [{"label": label, "value": _plain(value)} for label, value in facts if value]


def _title(title: str) -> str:
    """A heading that is never empty: an accessible document may not have one."""
    return " ".join(_plain(title).split()) or "–"


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "title": _title(appeal.title),
        "body": parts_of(_plain(appeal.markdown), above=2),
        "long": len(appeal.markdown) > LONG_APPEAL,
    }


def _looks(sender: Letterhead) -> dict[str, str]:
    for colour in (sender.brand, sender.accent):
        if not COLOUR.fullmatch(colour):
            raise ValueError(f"'{colour}' is not a colour; expected such as #0b5d5e")
    readable = contrast(sender.brand, "#ffffff") >= READABLE
    drawn = sender.mark or _own_mark().replace("BRAND", sender.brand).replace(
        "ACCENT", sender.accent
    )
    return {
        "brand": sender.brand if readable else INK,
        "tint": _tint(sender.brand),
        "mark": drawn,
    }


def _tint(colour: str) -> str:
    """One part in sixteen of the colour on white: ink stays readable on it, whatever it is."""
    mixed = (255 - (255 - int(colour[at : at + 2], 16)) // 16 for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mixed)


# ---- Typst


def _typeset(letter: dict[str, Any], looks: dict[str, str], on: date) -> bytes:
    shown = _cleaned(letter, {})
    try:
        return _compile(shown | looks, on)
    except typst.TypstError as error:
        lacking = _characters_in(error)
        if not lacking:
            raise
    for _ in range(3):  # the message may not name all at once
        shown = _cleaned(letter, dict.fromkeys(lacking, BOX))
        try:
            return _compile(shown | looks, on)
        except typst.TypstError as error:
            lacking |= _characters_in(error)
    return _compile(_cleaned(letter, None) | looks, on)


def _compile(values: dict[str, Any], on: date) -> bytes:
    made = typst.compile(
        _template(),
        root=HERE,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"letter": json.dumps(values)},
        timestamp=datetime.combine(on, time(), UTC),
    )
    return bytes(made)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (HERE / "letter.typ").read_bytes()


@lru_cache(maxsize=1)
def _own_mark() -> str:
    return (HERE / "mark.svg").read_text("utf-8")


@lru_cache(maxsize=1)
def _fonts() -> Any:
    # only those inside Typst: a letter looks the same on every machine
    return typst.Fonts(include_system_fonts=False)


def _characters_in(error: Exception) -> set[str]:
    """The characters that no font could show, as the error lists them."""
    told = "".join(UNSHOWN.findall(f"{error}\n{getattr(error, 'diagnostic', '')}"))
    told = ESCAPED.sub(lambda found: chr(int(found[1], 16)), told)
    return set(told) - set("\\")


def _cleaned(value: Any, instead: dict[str, str] | None) -> Any:
    """The same value with texts that can be shown; `None` keeps Europe's letters alone."""
    if isinstance(value, str):
        return _shown(value, instead)
    if isinstance(value, dict):
        # an address is followed, not shown
        return {k: v if k == "to" else _cleaned(v, instead) for k, v in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, instead) for inner in value]
    return value


def _shown(text: str, instead: dict[str, str] | None) -> str:
    if instead is None:
        kept = "".join(c if ord(c) < 0x530 or c in EUROPE else BOX for c in text)
    else:
        kept = "".join(instead.get(c, c) for c in text)
    return TOO_LONG.sub("\\1\N{ZERO WIDTH SPACE}", kept)


def _plain(text: str) -> str:
    """Without what steers rather than shows: controls, and overrides of the text's direction."""
    return "".join(
        c for c in unicodedata.normalize("NFC", text)
        if c in "\n\t\xad" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )  # fmt: skip
