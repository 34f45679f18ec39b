"""The letter as a document: accessible, the same each time, and safe from what people write."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import page
import pypdf
import pytest

from allting.cases.markdown_parts import parts_of
from allting.cases.pdf import Appeal, Letterhead, letter_pdf

BODY = """Hej Maja!

Nils har fått en plats på förskolan **Solrosen** från *10 januari 2027*.

## Så här kommer ni i gång

1. Svara ja på [Mina sidor](https://solvik.example/sv/my/).
2. Förskolan hör av sig. Ta gärna med:
   - kläder för alla väder
   - något att somna med

| Barn | Avgift |
|---|---|
| Nils | 1 260 kr |

> Välkomna!
"""
APPEAL = Appeal("Om du inte är nöjd", "Skriv till **Förvaltningsrätten** inom tre veckor.")
SOLVIK = Letterhead(
    "Solviks kommun", "Barn- och utbildningsnämnden", ("010-555 00 00", "kontakt@solvik.example")
)


def letter(**more: Any) -> bytes:
    values: dict[str, Any] = {
        "title": "Nils har fått en plats", "markdown": BODY, "language": "sv", "sender": SOLVIK,
        "recipient": ("Maja Berg", "Storgatan 1", "999 01 Solvik"), "on": date(2026, 11, 22),
        "reference": "BUN-2026-000123", "service": "Förskoleplats",
        "signature": ("Karin Ek", "Beslutsfattare"), "appeal": APPEAL,
    }  # fmt: skip
    return letter_pdf(**(values | more))


def read(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def root_of(document: bytes) -> Any:
    return read(document).trailer["/Root"]


def uri_of(note: Any) -> str:
    return str(note.get_object()["/A"]["/URI"])


def text_of(document: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in read(document).pages).split())


def tags_of(document: bytes) -> list[str]:
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, dict) and "/S" in node:
            found.append(node["/S"])
            walk(node.get("/K"))

    walk(root_of(document)["/StructTreeRoot"]["/K"])
    return found


def pictures_of(document: bytes) -> list[str]:
    """What is said of each picture to those who do not see it."""
    every = read(document)
    parts = (every.get_object(n) for n in range(1, int(str(every.trailer["/Size"]))))
    tagged = [it for it in parts if isinstance(it, pypdf.generic.DictionaryObject)]
    return [str(it["/Alt"]) for it in tagged if it.get("/S") == "/Figure"]


def faults(document: bytes) -> list[str]:
    report = page.validate_pdf_bytes(document, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def test_the_letter_bears_the_arms_of_the_municipality() -> None:
    arms = (Path(__file__).parents[3] / "packages/solvik/arms.svg").read_text("utf-8")
    made = letter(sender=replace(SOLVIK, mark=arms))
    assert faults(made) == []
    assert pictures_of(made) == ["Kommunens vapen"]
    assert pictures_of(letter()) == ["Kommunens märke"]


def test_it_is_pdf_ua_tagged_with_title_and_language() -> None:
    made = letter()
    assert faults(made) == []
    root = root_of(made)
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = read(made).metadata
    assert metadata and metadata.title == "Nils har fått en plats"
    tags = tags_of(made)
    assert tags.count("/H1") == 1 and tags.count("/H2") == 2
    assert {"/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/BlockQuote", "/Figure"} <= set(tags)


def test_it_says_everything_that_a_letter_must() -> None:
    said = text_of(letter())
    for words in (
        "Solviks kommun", "Barn- och utbildningsnämnden", "Maja Berg", "999 01 Solvik",
        "Datum 22 november 2026", "Ärendenummer BUN-2026-000123", "Gäller Förskoleplats",
        "plats på förskolan Solrosen", "1 260 kr", "Karin Ek", "Beslutsfattare",
        "Om du inte är nöjd", "Förvaltningsrätten inom tre veckor", "kontakt@solvik.example",
        "1 (1)",
    ):  # fmt: skip
        assert words in said


def test_it_speaks_english_to_those_who_do() -> None:
    made = letter(language="en", markdown="Hello.", appeal=None)
    assert root_of(made)["/Lang"] == "en"
    assert "Date 22 November 2026 Case number BUN-2026-000123" in text_of(made)


def test_links_can_be_followed_when_they_lead_somewhere_safe() -> None:
    long = "https://solvik.example/" + "x" * 200
    body = f"[a](https://solvik.example/x) <{long}> [b](javascript:x) [c](/sv/my/) [d](file:///etc)"
    made = letter(markdown=body, appeal=None)
    links = [uri_of(note) for leaf in read(made).pages for note in leaf.get("/Annots", [])]
    assert set(links) == {"https://solvik.example/x", long}
    assert "c [d](file:" in text_of(made)  # what Markdown refuses stays as it was written


def test_the_same_letter_is_the_same_bytes() -> None:
    assert letter() == letter()


def test_page_numbers_and_reference_follow_over_pages() -> None:
    made = letter(markdown="\n\n".join(f"Stycke {n}. {'ord ' * 60}" for n in range(40)))
    assert faults(made) == []
    pages = read(made).pages
    assert len(pages) > 3
    for number, leaf in enumerate(pages, 1):
        assert f"{number} ({len(pages)})" in leaf.extract_text()
        assert "BUN-2026-000123" in leaf.extract_text()


def test_a_long_appeal_goes_over_pages_rather_than_off_them() -> None:
    long = Appeal("Överklaga", "\n\n".join(f"Punkt {n}. {'ord ' * 40}" for n in range(30)))
    said = text_of(letter(appeal=long))
    assert "Punkt 0." in said and "Punkt 29." in said


HOSTILE = [
    '#panic("x")',
    '#read("/etc/passwd")',
    "#import sys: inputs",
    "$ x^2 $ @label <label> = not a heading",
    "*unclosed _both `tick",
    "\\u{41} \\\\ \\# #",
    "<script>alert(1)</script> &amp; &#x41;",
    '"}], "injected": [{"',
    "](http://x) [](http://x) ![](x.png) ![bild](x.png)",
    "\x00\x07\x1b[31m \ud800".encode("utf-8", "replace").decode(),
    "ren\u202etxt.exe \u200e\u2066",
    "#" * 300,
    "> " * 200 + "djupt",
    "- " * 200 + "djupt",
    "a" * 5000,
    "| a |\n|---|\n| b | c | d |",
    "```\nkod # [x]\n```",
    "999999999999. långt\n\n0. noll",
    "- \n\n## \n\n***\n\n1. # rubrik i lista",
    "",
]


@pytest.mark.parametrize("written", HOSTILE)
def test_nothing_that_people_write_is_read_as_anything_but_text(written: str) -> None:
    made = letter(
        title=written or "Utan rubrik", markdown=written, recipient=(written,),
        reference=written[:200], signature=(written,), service=written[:100],
        appeal=Appeal(written, written), sender=Letterhead(written, written, (written,)),
    )  # fmt: skip
    assert faults(made) == []
    assert "root:" not in text_of(made)


def test_code_is_shown_as_it_was_written() -> None:
    said = text_of(letter(title='#read("/etc/passwd")', markdown="Se #panic() och $x$."))
    assert '#read("/etc/passwd")' in said
    assert "Se #panic() och $x$." in said


def test_letters_of_the_world_are_shown_where_the_type_has_them_and_never_stop_a_letter() -> None:
    made = letter(markdown="Łukasz Đặng Ἀθηνᾶ Мария 😀 漢字 \N{ARABIC LETTER AIN}", appeal=None)
    assert faults(made) == []
    said = text_of(made)
    assert "Łukasz Đặng" in said and "Мария" in said
    assert "\N{WHITE SQUARE}" in said and "😀" not in said
    many = "".join(chr(0x4E00 + n) for n in range(3000))
    assert faults(letter(markdown=many, appeal=None)) == []


def test_what_steers_the_direction_of_text_is_left_out() -> None:
    assert "rentxt.exe" in text_of(letter(markdown="ren\u202etxt.exe", appeal=None))


@pytest.mark.parametrize("brand", ["#ffff00", "#ffffff", "#000000"])
def test_any_colour_of_a_municipality_leaves_a_readable_letter(brand: str) -> None:
    assert faults(letter(sender=Letterhead("Solvik", brand=brand))) == []


def test_what_is_not_a_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="'teal' is not a colour; expected such as #0b5d5e"):
        letter(sender=Letterhead("Solvik", brand="teal"))


def test_heading_levels_never_skip() -> None:
    found = [
        part["level"] for part in parts_of("#### a\n\n# b\n\n##### c\n\n## d") if "level" in part
    ]
    assert found == [2, 2, 3, 2]
