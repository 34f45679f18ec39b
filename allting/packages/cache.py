"""Files that were read before: their trees by the fingerprint of their text.

Reading YAML takes nearly all the time of a check, and most files are as they were. What is kept is
plain JSON in a folder that may be deleted at any time; whatever goes wrong with it is no matter.
"""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from allting.packages.nodes import Branch, Listing, Node, Origin, Scalar

FORMAT = "1"  # another number when the reader understands files otherwise than before
WORTH_IT = 2_000  # characters; smaller files are read as quickly
MOST_IN_A_DRAWER = 400


def remembered(package: str, file: str, source: str) -> Branch | None:
    """The tree of a text that was read before."""
    place = _place(source)
    if place is None:
        return None
    try:
        tree = _node(json.loads(place.read_bytes()), package, file)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return tree if isinstance(tree, Branch) else None


def remember(source: str, tree: Branch) -> None:
    """Keep the tree of a text without mistakes."""
    place = _place(source)
    if place is None:
        return
    draft = place.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        _make_room(place.parent)
        draft.write_text(json.dumps(_kept(tree), separators=(",", ":")), encoding="utf-8")
        draft.replace(place)


def _place(source: str) -> Path | None:
    folder = getattr(settings, "ALLTING_CACHE", None)
    if folder is None or len(source) < WORTH_IT:
        return None
    mark = hashlib.sha256(f"{FORMAT}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()
    return Path(folder) / "packages" / mark[:2] / f"{mark[2:]}.json"


def _make_room(drawer: Path) -> None:
    kept = sorted(drawer.iterdir(), key=lambda one: one.stat().st_mtime)
    for old in kept[: max(0, len(kept) - MOST_IN_A_DRAWER)]:
        old.unlink(missing_ok=True)


def _kept(node: Node) -> list[Any]:
    """`[line, column, content]`; of a mapping's content each key has its own place before it."""
    at = node.origin
    if isinstance(node, Scalar):
        return [at.line, at.column, node.value]
    if isinstance(node, Listing):
        return [at.line, at.column, [_kept(item) for item in node.items]]
    content = {}
    for key, value in node.entries.items():
        own = node.key_origin(key)
        content[key] = [own.line, own.column, _kept(value)]
    return [at.line, at.column, content]


def _node(kept: Any, package: str, file: str) -> Node:
    line, column, content = kept
    origin = Origin(package, file, line, column)
    if isinstance(content, dict):
        entries, keys = {}, {}
        for key, (key_line, key_column, inner) in content.items():
            entries[key] = _node(inner, package, file)
            keys[key] = Origin(package, file, key_line, key_column)
        return Branch(entries, origin, keys)
    if isinstance(content, list):
        return Listing(tuple([_node(item, package, file) for item in content]), origin)
    return Scalar(content, origin)
