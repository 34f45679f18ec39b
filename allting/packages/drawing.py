"""Drawings that a package brings (SVG): shapes and colours, and nothing that acts or reaches out.

Packages come from strangers, and an SVG file may hold scripts, other documents and addresses. What
is not on the lists below is refused, so that what a browser is given can only be looked at.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from allting.packages.nodes import Origin
from allting.packages.problems import Problem, did_you_mean, one_of

LARGEST = 100 * 1024
MOST_ELEMENTS = 2_000
DEEPEST = 16
NAMESPACE = "http://www.w3.org/2000/svg"
WORDS = ("title", "desc")
ELEMENTS = (
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "linearGradient", "radialGradient", "stop", "clipPath",
)  # fmt: skip
ATTRIBUTES = (
    "xmlns", "version", "viewBox", "preserveAspectRatio", "width", "height", "id", "x", "y",
    "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points",
    "transform", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
    "stroke-dashoffset", "stroke-opacity", "opacity", "color", "clip-path", "clip-rule",
    "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform",
    "spreadMethod", "clipPathUnits",
)  # fmt: skip
_VALUE = re.compile(r"[\w\s#.,%()+-]*", re.ASCII)  # no colon, no slash: no address
_CALL = re.compile(r"url\s*\((?!\s*#[\w-]+\s*\))", re.IGNORECASE)
_BOX = re.compile(r"(?:-?[\d.]+[\s,]+){2}0*[1-9.][\d.]*[\s,]+0*[1-9.][\d.]*")
PLAIN = "save it as plain (not Inkscape or Illustrator) SVG, with shapes and colours only"


class _Enough(Exception):
    """What follows cannot be read, or need not be."""


def faults_in_drawing(package: str, file: str, source: str) -> list[Problem]:
    """Everything that a drawing may not hold, each with its place."""
    size = len(source.encode())
    if size > LARGEST:
        return [
            Problem(
                Origin(package, file),
                f"the drawing is {size // 1024:,} kB",
                f"at most {LARGEST // 1024} kB",
                "draw with fewer points, or save it as optimised SVG",
            )
        ]
    reading = _Reading(package, file, source.encode())
    try:
        reading.whole()
    except _Enough:
        pass
    except expat.ExpatError as error:
        reading.complain(
            f"this is not well-formed XML: {expat.ErrorString(error.code)}",
            "a drawing in SVG, in which every element is closed",
            at=reading.parser.ErrorByteIndex,
        )
    return reading.problems


@dataclass
class _Reading:
    package: str
    file: str
    source: bytes
    problems: list[Problem] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    elements: int = 0

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = lambda _: self.inside.pop()
        self.parser.CharacterDataHandler = self.text

    def whole(self) -> None:
        self.parser.Parse(self.source, True)

    def doctype(self, *_: object) -> None:
        at = self.source.find(b"<!DOCTYPE")
        self.complain(
            "a DOCTYPE stands here", "a file that begins with <svg", "take it away", at=at
        )
        raise _Enough

    def instruction(self, name: str, _: str) -> None:
        self.complain(f"<?{name} …?> may not stand in a drawing", None, "take it away")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        deep = len(self.inside) >= DEEPEST
        if deep or self.elements > MOST_ELEMENTS:
            what = "is nested too deeply" if deep else "has too many parts"
            bounds = f"at most {MOST_ELEMENTS:,} elements, {DEEPEST} levels deep"
            self.complain(f"the drawing {what}", bounds, PLAIN)
            raise _Enough
        self.element(name)
        for key, value in attributes.items():
            self.attribute(key, value)
        if not self.inside and name == "svg":
            self.outermost(attributes)
        self.inside.append(name)

    def element(self, name: str) -> None:
        if name not in ELEMENTS:
            self.complain(
                f"<{name}> may not stand in a drawing",
                f"shapes: {one_of(ELEMENTS[5:], joined_by='and')}",
                did_you_mean(name, ELEMENTS) or f"take it away, or {PLAIN}",
            )
        elif (name == "svg") is bool(self.inside):
            inner = "an <svg> stands inside another" if self.inside else f"it begins with <{name}>"
            self.complain(inner, "one <svg> that holds the whole drawing")

    def attribute(self, key: str, value: str) -> None:
        at = self.place_of(key)
        if key == "xmlns":
            if value != NAMESPACE:
                self.complain(f"xmlns is '{value[:60]}'", f"'{NAMESPACE}'", at=at)
        elif key.lower().startswith("on"):
            self.complain(f"'{key}' would run a program", "a drawing only", "take it away", at=at)
        elif key not in ATTRIBUTES:
            mend = did_you_mean(key, ATTRIBUTES) or f"take it away, or {PLAIN}"
            self.complain(f"'{key}' may not stand in a drawing", None, mend, at=at)
        elif not _VALUE.fullmatch(value) or _CALL.search(value):
            self.complain(
                f"'{key}' holds more than numbers, words and colours",
                "nothing that leads out of the drawing; url(#id) names a part of it",
                at=at,
            )

    def outermost(self, attributes: dict[str, str]) -> None:
        if attributes.get("xmlns") is None:
            self.complain("<svg> has no xmlns", f'xmlns="{NAMESPACE}"')
        if not _BOX.fullmatch(attributes.get("viewBox", "").strip()):
            self.complain(
                "<svg> has no viewBox that says how large the drawing is",
                'four numbers, as in viewBox="0 0 100 120"',
            )

    def text(self, words: str) -> None:
        if words.strip() and (not self.inside or self.inside[-1] not in WORDS):
            at = self.parser.CurrentByteIndex + len(words) - len(words.lstrip())
            self.complain(
                "text may not stand in a drawing", "shapes", "draw the letters as paths", at=at
            )

    def place_of(self, key: str) -> int:
        """Where an attribute of the element that begins here stands."""
        start = self.parser.CurrentByteIndex
        found = re.compile(rf"\s({re.escape(key)})\s*=".encode()).search(self.source, start)
        return found.start(1) if found else start

    def complain(
        self, what: str, expected: str | None = None, mend: str | None = None, *, at: int = -1
    ) -> None:
        before = self.source[: self.parser.CurrentByteIndex if at < 0 else at].decode(
            "utf-8", "ignore"
        )
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        self.problems.append(
            Problem(Origin(self.package, self.file, line, column), what, expected, mend)
        )
