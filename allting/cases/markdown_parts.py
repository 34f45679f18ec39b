"""Markdown as plain data for typesetting: parts, each a dict that says what it `is`."""

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

Part = dict[str, Any]
SCHEMES = ("https://", "http://", "mailto:", "tel:")
DEEPEST = 3

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")


def parts_of(source: str, *, above: int = 1) -> list[Part]:
    """The parts of `source`. Headings begin below level `above`, and no level is left out.

    >>> parts_of("#### Why\\n\\nThe child *lives* here.")[0]["level"]
    2
    """
    return list(_blocks(Node(_reader.parse(source)), _Levels(above)))


class _Levels:
    """Heading levels as an accessible document wants them: one step deeper at a time."""

    def __init__(self, above: int) -> None:
        self._above = self._last = above

    def of(self, tag: str) -> int:
        wanted = max(int(tag[1]), self._above + 1)
        self._last = min(wanted, self._last + 1, max(DEEPEST, self._above + 1))
        return self._last


def _blocks(node: Node, levels: _Levels) -> Iterator[Part]:
    for child in node.children:
        kind = child.type
        if kind == "paragraph":
            yield {"is": "paragraph", "parts": _inside(child)}
        elif kind == "heading":
            parts = _inside(child)
            if _says(parts):  # an empty heading would only puzzle whoever listens
                yield {"is": "heading", "level": levels.of(child.tag), "parts": parts}
        elif kind in ("bullet_list", "ordered_list"):
            yield _list(child, levels)
        elif kind == "blockquote":
            yield {"is": "quote", "parts": list(_blocks(child, levels))}
        elif kind in ("fence", "code_block"):
            yield {"is": "code", "text": child.content.rstrip("\n")}
        elif kind == "hr":
            yield {"is": "rule"}
        elif kind == "table":
            yield _table(child)


def _says(parts: list[Part]) -> bool:
    return any(part.get("text", "").strip() or _says(part.get("parts", [])) for part in parts)


def _list(node: Node, levels: _Levels) -> Part:
    items = [list(_blocks(item, levels)) for item in node.children]
    if node.type == "bullet_list":
        return {"is": "list", "items": items}
    start = int(node.attrs.get("start", 1))
    return {"is": "steps", "start": min(start, 9999), "items": items}


def _table(node: Node) -> Part:
    rows = [
        [_inside(cell) for cell in row.children]
        for section in node.children
        for row in section.children
    ]
    return {"is": "table", "head": rows[0], "rows": [[{"parts": c} for c in r] for r in rows[1:]]}


def _inside(node: Node) -> list[Part]:
    return [part for child in node.children for part in _words(child)]


def _words(node: Node) -> Iterator[Part]:
    kind = node.type
    if kind == "inline":
        yield from _inside(node)
    elif kind == "softbreak":
        yield {"is": "text", "text": " "}
    elif kind == "hardbreak":
        yield {"is": "break"}
    elif kind == "code_inline":
        yield {"is": "code", "text": node.content}
    elif kind in ("strong", "em"):
        yield {"is": kind, "parts": _inside(node)}
    elif kind == "link":
        yield from _link(node)
    elif kind == "image":  # a letter has no pictures: what the picture says stands in its place
        yield {"is": "text", "text": node.content}
    else:
        yield {"is": "text", "text": node.content}


def _link(node: Node) -> Iterator[Part]:
    to = str(node.attrs.get("href", ""))
    if to.lower().startswith(SCHEMES):
        yield {"is": "link", "to": to, "parts": _inside(node)}
    else:  # on paper, or of a kind that a letter does not carry
        yield from _inside(node)
