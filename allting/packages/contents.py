"""From effective trees to checked models."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from allting.packages.chain import languages_in
from allting.packages.definition import Contents, Effective
from allting.packages.kinds import FileKind, Registry
from allting.packages.manifest import Package
from allting.packages.nodes import Branch, plain
from allting.packages.parts import Part
from allting.packages.problems import Problem
from allting.packages.text import KNOWN, LANGUAGES
from allting.packages.unions import problems_from


@dataclass(slots=True)
class Build:
    """Models of all files, and what is wrong with those that could not be made."""

    models: dict[str, dict[str, Part]] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def context_for(trees: Mapping[str, Branch], known: Iterable[str] = ()) -> dict[str, Any]:
    """What validators need to know about the package as a whole."""
    languages = languages_in(trees.get("package.yaml"))
    return {LANGUAGES: languages, KNOWN: tuple(dict.fromkeys((*languages, *known)))}


def build(trees: Mapping[str, Branch], known: Registry, context: dict[str, Any]) -> Build:
    """Check every file against its model."""
    built = Build()
    for file, tree in trees.items():
        for kind in known.files.values():
            slots = kind.match(file)
            if slots is None:
                continue
            id = slots.get("id", "")
            built.files.setdefault(kind.name, []).append(id)
            model = _model(kind, tree, context, built.problems)
            if model is not None:
                built.models.setdefault(kind.name, {})[id] = model
            break
    return built


def _model(
    kind: FileKind[Any], tree: Branch, context: dict[str, Any], problems: list[Problem]
) -> Part | None:
    value = plain(tree)
    try:
        return read_model(kind, json.dumps(value), context)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        problems.extend(problems_from(faults, tree, kind.model))
    if any(fault["type"] != "extra_forbidden" for fault in faults):
        return None
    for fault in faults:
        _without(value, fault["loc"])
    try:  # without its unknown keys it is whole, so what else is wrong with it can be told too
        return read_model(kind, json.dumps(value), context)
    except ValidationError:
        return None


def _without(value: Any, path: tuple[str | int, ...]) -> None:
    """Take the key at `path` away; steps that only name a branch of a union are passed over."""
    for step in path[:-1]:
        if isinstance(value, dict | list):
            with suppress(KeyError, IndexError, TypeError):
                value = value[step]  # type: ignore[index]
    if isinstance(value, dict):
        value.pop(path[-1], None)


def read_model(kind: FileKind[Any], source: str, context: dict[str, Any]) -> Part:
    """One file's model from its JSON. JSON, because strict reading from it takes dates as text."""
    model: Part = kind.model.model_validate_json(
        source, strict=True, context=context, by_alias=True, by_name=False
    )
    return model


def contents_of(
    built: Build, effective: Effective, known: Registry, context: dict[str, Any]
) -> Contents | None:
    """What the package says; None when not even its package.yaml could be read."""
    package = built.models.get("package", {}).get("")
    if not isinstance(package, Package):
        return None
    sources = {file: page.source for file, page in effective.pages.items()}
    return Contents(
        models=built.models,
        files={kind: tuple(ids) for kind, ids in built.files.items()},
        pages=pages_of(sources, known),
        drawings=drawings_of(sources, known),
        known_languages=context[KNOWN],
    )


def pages_of(
    sources: Mapping[str, str], known: Registry
) -> dict[str, dict[tuple[str, str, str], str]]:
    """Markdown pages by kind, then by id, name and language."""
    pages: dict[str, dict[tuple[str, str, str], str]] = {}
    for file, source in sources.items():
        for kind in known.texts.values():
            slots = kind.match(file)
            if slots is not None:
                key = (slots.get("id", ""), slots.get("name", ""), slots["language"])
                pages.setdefault(kind.name, {})[key] = source
                break
    return pages


def drawings_of(sources: Mapping[str, str], known: Registry) -> dict[str, str]:
    """Drawings by file."""
    return {
        file: source
        for file, source in sources.items()
        if any(kind.match(file) is not None for kind in known.drawings.values())
    }
