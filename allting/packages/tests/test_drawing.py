"""What a drawing may not hold, and where that is told; nothing of it reaches a browser."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allting.packages.api import check, drawing_kind
from allting.packages.drawing import LARGEST, MOST_ELEMENTS, faults_in_drawing
from allting.packages.tests.cases import Case
from allting.packages.tests.kinds import town

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12">'
RIGHT = OPEN + '<title>Vapen</title><path d="M0 0 L1 1" fill="#0b5d5e"/></svg>'


def faults(source: str) -> list[str]:
    """`line:column what` of each."""
    found = faults_in_drawing("solvik", "arms.svg", source)
    return [f"{one.where.line}:{one.where.column} {one.what}" for one in found]


def test_shapes_and_colours_are_right() -> None:
    everything = OPEN.replace(
        "<svg", "<?xml version='1.0' encoding='utf-8'?>\n<!-- å -->\n<svg"
    ) + (
        '<desc>Sol &amp; å</desc><defs><linearGradient id="g"><stop offset="10%" '
        'stop-color="rgb(1, 2, 3)"/></linearGradient><clipPath id="c"><rect width="1"/>'
        '</clipPath></defs><g clip-path="url(#c)" transform="rotate(-5.5e1 2 3)" '
        'fill="url( #g )"><circle r="1"/><polygon points="1,2 3,4"/></g></svg>'
    )
    assert faults(RIGHT) == []
    assert faults(everything) == []


WRONG = [
    ("<script>alert(1)</script>", "<script> may not stand in a drawing"),
    ("<foreignObject/>", "<foreignObject> may not stand in a drawing"),
    ('<image href="x.png"/>', "<image> may not stand in a drawing"),
    ('<use href="#a"/>', "<use> may not stand in a drawing"),
    ("<style>*{}</style>", "<style> may not stand in a drawing"),
    ('<a href="https://evil.example"/>', "<a> may not stand in a drawing"),
    ("<animate/>", "<animate> may not stand in a drawing"),
    ("<text>hej</text>", "<text> may not stand in a drawing"),
    ("<svg:script/>", "<svg:script> may not stand in a drawing"),
    ("<SCRIPT/>", "<SCRIPT> may not stand in a drawing"),
    ("<svg/>", "an <svg> stands inside another"),
    ("hej", "text may not stand in a drawing"),
    ("<?xml-stylesheet href='x'?>", "<?xml-stylesheet …?> may not stand in a drawing"),
]
WRONG_KEYS = [
    ('onload="x()"', "'onload' would run a program"),
    ('ONCLICK="x()"', "'ONCLICK' would run a program"),
    ('style="fill: red"', "'style' may not stand in a drawing"),
    ('href="#a"', "'href' may not stand in a drawing"),
    ('xlink:href="x"', "'xlink:href' may not stand in a drawing"),
    ('class="a"', "'class' may not stand in a drawing"),
    ('fill="url(https://evil.example/#a)"', "'fill' holds more than numbers, words and colours"),
    ('fill="url(x.svg#a)"', "'fill' holds more than numbers, words and colours"),
    ('fill="url(&#47;x)"', "'fill' holds more than numbers, words and colours"),
    ('fill="url(#a) url(b)"', "'fill' holds more than numbers, words and colours"),
    ('fill="u\\72l(#a)"', "'fill' holds more than numbers, words and colours"),
    ('id="javascript:x"', "'id' holds more than numbers, words and colours"),
    ('xmlns="http://www.w3.org/1999/xhtml"', "xmlns is 'http://www.w3.org/1999/xhtml'"),
]


@pytest.mark.parametrize(("inside", "what"), WRONG)
def test_what_may_not_stand_there(inside: str, what: str) -> None:
    assert f"2:3 {what}" in faults(f"{OPEN}\n  {inside}</svg>")


@pytest.mark.parametrize(("key", "what"), WRONG_KEYS)
def test_keys_that_may_not_stand_there(key: str, what: str) -> None:
    assert faults(f"{OPEN}\n<g\n  {key} opacity='1'/></svg>") == [f"3:3 {what}"]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("", "1:1 this is not well-formed XML: no element found"),
        (OPEN + "<![CDATA[hej]]></svg>", "1:70 text may not stand in a drawing"),
        ("<g/>", "1:1 it begins with <g>"),
        ("<svg>", "1:1 <svg> has no xmlns"),
        (RIGHT.replace("</svg>", ""), "1:117 this is not well-formed XML: no element found"),
        (RIGHT + "<g/>", "1:123 this is not well-formed XML: junk after document element"),
        (RIGHT.replace('"0 0 10 12"', '"0 0 0 12"'), "1:1 <svg> has no viewBox"),
        ("<html/>", "1:1 <html> may not stand in a drawing"),
        ("<!DOCTYPE svg>" + RIGHT, "1:1 a DOCTYPE stands here"),
        (
            '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><svg>&c;</svg>',
            "1:1 a DOCTYPE stands here",
        ),
        (OPEN + "&c;</svg>", "this is not well-formed XML: undefined entity"),
        (OPEN + "<g/>" * MOST_ELEMENTS + "</svg>", "the drawing has too many parts"),
        (OPEN + "<g>" * 20 + "</g>" * 20 + "</svg>", "the drawing is nested too deeply"),
        (RIGHT + " " * LARGEST, "1:1 the drawing is 100 kB"),
    ],
)
def test_what_is_wrong_with_the_whole(source: str, what: str) -> None:
    assert any(what in one for one in faults(source)), faults(source)


def test_every_fault_is_told_at_once() -> None:
    assert len(faults(f'{OPEN}<script onload="x"/><g style="" class=""/></svg>')) == 4


@given(st.text(alphabet=st.sampled_from("<>/=\"'&#;:svgå \n?!-[]"), max_size=60))
def test_nothing_crashes(source: str) -> None:
    for one in (source, f"{OPEN}{source}</svg>"):
        faults_in_drawing("solvik", "arms.svg", one)


def test_a_package_holds_its_drawings(tmp_path: Path) -> None:
    with town():
        drawing_kind("arms", "{name}.svg")
        result = check(Case("", (), {"files": {"arms.svg": RIGHT}}).write(tmp_path / "a"))
        assert result.definition is not None
        assert dict(result.definition.drawings) == {"arms.svg": RIGHT}
        wrong = {"arms.svg": RIGHT.replace("<path", "<script/>\n<path")}
        result = check(Case("", (), {"files": wrong}).write(tmp_path / "b"))
    assert [str(one) for one in result.errors] == [
        "solvik/arms.svg:1:81: error: <script> may not stand in a drawing. Expected shapes: path, "
        "rect, circle, ellipse, line, polyline, polygon, linearGradient, radialGradient, stop and "
        "clipPath. Try: take it away, or save it as plain (not Inkscape or Illustrator) SVG, with "
        "shapes and colours only."
    ]
