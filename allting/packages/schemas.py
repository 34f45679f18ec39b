"""JSON Schemas, so that an editor completes and validates a package's files while one types.

Two for each kind of file: `form.json` for a whole file, and `form.overlay.json` for a file of a
package that builds on another. There nothing must stand, `null` takes a key away, and
`{id: x, remove: true}` takes an item away; the check judges the effective whole.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from allting.packages.chain import text_at
from allting.packages.checking import read_alone
from allting.packages.kinds import FileKind, registry

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: FileKind[Any]) -> Schema:
    """The schema of a whole file."""
    schema = kind.model.model_json_schema(by_alias=True)
    return {"$schema": DRAFT, **schema, "title": kind.pattern}


def overlay_schema_of(kind: FileKind[Any]) -> Schema:
    """The schema of a file that states only what differs."""
    loose: Schema = _loosened(schema_of(kind))
    return loose


def _loosened(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_loosened(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    loose = {key: _loosened(value) for key, value in schema.items() if key != "minItems"}
    if isinstance(schema.get("properties"), Mapping):
        loose.pop("required", None)
        loose["properties"] = _properties(schema["properties"])
    if isinstance(loose.get("additionalProperties"), Mapping):
        loose["additionalProperties"] = _or_nothing(loose["additionalProperties"])
        loose.pop("minProperties", None)
    if isinstance(loose.get("patternProperties"), Mapping):
        named = loose["patternProperties"].items()
        loose["patternProperties"] = {name: _or_nothing(inner) for name, inner in named}
    return loose


def _properties(properties: Mapping[str, Any]) -> Schema:
    loose = {name: _or_nothing(_loosened(value)) for name, value in properties.items()}
    if "id" in properties:
        loose["id"] = _loosened(properties["id"])
        loose["remove"] = {"const": True, "description": "takes this item away"}
    return loose


def _or_nothing(schema: Any) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def all_schemas() -> dict[str, Schema]:
    """Every schema by the name of its file."""
    found = {}
    for kind in registry().files.values():
        found[f"{kind.name}.json"] = schema_of(kind)
        found[f"{kind.name}.overlay.json"] = overlay_schema_of(kind)
    return found


def editor_settings(written: Path, folders: Iterable[Path]) -> dict[str, list[str]]:
    """Which schema holds for which files, as editors' `yaml.schemas` want it.

    A package that builds on another gets the schemas for overlays.
    """
    settings: dict[str, list[str]] = {}
    for folder in folders or [Path("**")]:
        over = folder.is_dir() and text_at(read_alone(folder), "builds_on") is not None
        for kind in registry().files.values():
            ending = "overlay.json" if over else "json"
            files = kind.pattern.replace("{id}", "*")
            schema = (written / f"{kind.name}.{ending}").as_posix()
            settings.setdefault(schema, []).append((folder / files).as_posix())
    return settings
