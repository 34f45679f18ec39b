"""Texts of a package: the right language, and Markdown made safe."""

import re
from collections.abc import Mapping
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
}  # fmt: skip
HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")
_reader = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def text(value: str | Mapping[str, str] | None, language: str) -> Markup:
    """The text of a package in `language`; another language is marked as what it is.

    >>> text({"sv": "Förskola", "en": "Preschool"}, "en")
    Markup('Preschool')
    >>> text({"sv": "Förskola"}, "en")
    Markup('<span lang="sv">Förskola</span>')
    """
    found, spoken = _pick(value, language)
    if isinstance(found, Markup):
        return found
    if spoken == language:
        return escape(found)
    return Markup('<span lang="{}">{}</span>').format(spoken, found)


def plain(value: str | Mapping[str, str] | None, language: str) -> str:
    """The same without marks: for titles and attributes."""
    return _pick(value, language)[0]


_IN_THE_ALPHABET = str.maketrans("åäöéèüáà", "{|}eeyaa")


def in_order(name: str) -> str:
    """What names are sorted by: as in a Swedish list, whatever case they are written in.

    >>> sorted(["Örnen", "ängen", "Åkern", "Zebran", "Édens"], key=in_order)
    ['Édens', 'Zebran', 'Åkern', 'ängen', 'Örnen']
    """
    return name.casefold().translate(_IN_THE_ALPHABET)


def _pick(value: str | Mapping[str, str] | None, language: str) -> tuple[str, str]:
    if value is None:
        return "", language
    if isinstance(value, str):
        return value, language
    if language in value:
        return value[language], language
    first = next(iter(value))
    return value[first], first


@lru_cache(maxsize=512)
def markdown(source: str, shift: int = 0) -> Markup:
    """Markdown as HTML that can do no harm; `shift=1` makes `#` a second-level heading.

    >>> markdown("# Welcome", shift=1)
    Markup('<h2>Welcome</h2>\\n')
    >>> markdown("<script>alert(1)</script>")
    Markup('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\\n')
    """
    html = _reader.render(source)
    if shift:
        html = HEADING.sub(lambda m: f"{m[1]}{min(6, int(m[2]) + shift)}", html)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "td": {"align"}, "th": {"align"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )
    return Markup(clean)  # noqa: S704 (nh3 has just cleaned it)
