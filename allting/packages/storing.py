"""A definition as bytes and back: values and pages in one part, places in another.

Places are needed only to show where a value came from, so they are unpacked only then.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from allting.packages.contents import drawings_of, pages_of, read_model
from allting.packages.definition import Contents, Definition, Effective, Page
from allting.packages.kinds import registry
from allting.packages.nodes import Branch, Listing, Node, Origin, Scalar, every, plain
from allting.packages.parts import Part
from allting.packages.text import KNOWN, LANGUAGES

FORMAT = 1


class WrongFormat(ValueError):
    """What was stored is laid out otherwise than we know."""


def packed(definition: Definition) -> tuple[bytes, bytes]:
    """The document and the places of a definition."""
    effective = definition.effective
    document = {
        "format": FORMAT,
        "languages": list(definition.languages),
        "known_languages": list(definition.known_languages),
        "files": {file: plain(tree) for file, tree in effective.trees.items()},
        "pages": {file: page.source for file, page in effective.pages.items()},
    }
    return _squeezed(document), _squeezed(_places(effective))


def unpacked(document: bytes, places: Callable[[], bytes], content_hash: str) -> Definition:
    """The definition that was packed; `places` is called only when somebody asks for them."""
    content = _expanded(document)
    if content["format"] != FORMAT:
        raise WrongFormat(f"format {content['format']}, and this version knows {FORMAT}")
    known = registry()
    context = {LANGUAGES: tuple(content["languages"]), KNOWN: tuple(content["known_languages"])}
    models: dict[str, dict[str, Part]] = {}
    for file, value in content["files"].items():
        for kind in known.files.values():
            slots = kind.match(file)
            if slots is not None:
                model = read_model(kind, json.dumps(value), context)
                models.setdefault(kind.name, {})[slots.get("id", "")] = model
                break
    contents = Contents(
        models=models,
        files={kind: tuple(found) for kind, found in models.items()},
        pages=pages_of(content["pages"], known),
        drawings=drawings_of(content["pages"], known),
        known_languages=tuple(content["known_languages"]),
    )

    def effective() -> Effective:
        return _with_places(content, _expanded(places()))

    return Definition(contents, known.files, known.texts, content_hash, effective)


def _squeezed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def _expanded(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))


def _places(effective: Effective) -> dict[str, Any]:
    """Places in the order of the tree: file number, line and column of each value."""
    numbers: dict[tuple[str, str], int] = {}
    trees: dict[str, list[int]] = {}
    for file, tree in effective.trees.items():
        flat: list[int] = []
        for _, node in every(tree):
            at = node.origin
            number = numbers.setdefault((at.package, at.file), len(numbers))
            flat += (number, at.line, at.column)
        trees[file] = flat
    pages = {file: page.package for file, page in effective.pages.items()}
    return {"written_in": list(numbers), "trees": trees, "pages": pages}


def _with_places(content: Mapping[str, Any], places: Mapping[str, Any]) -> Effective:
    files = places["written_in"]
    trees = {}
    for file, value in content["files"].items():
        flat = iter(places["trees"][file])
        origins = _origins(files, flat)
        tree = _node(value, origins)
        if isinstance(tree, Branch):
            trees[file] = tree
    pages = {file: Page(source, places["pages"][file]) for file, source in content["pages"].items()}
    return Effective(trees, pages)


def _origins(files: list[tuple[str, str]], flat: Iterator[int]) -> Iterator[Origin]:
    for number, line, column in zip(flat, flat, flat, strict=True):
        package, file = files[number]
        yield Origin(package, file, line, column)


def _node(value: Any, origins: Iterator[Origin]) -> Node:
    origin = next(origins)
    if isinstance(value, dict):
        return Branch({key: _node(inner, origins) for key, inner in value.items()}, origin)
    if isinstance(value, list):
        return Listing(tuple(_node(item, origins) for item in value), origin)
    return Scalar(value, origin)
