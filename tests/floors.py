"""The floor plan as data, read from where it is written: `.importlinter`."""

import ast
from collections.abc import Iterable, Iterator
from configparser import ConfigParser
from pathlib import Path

from django.db.models import Field, Model
from django.urls import URLPattern, URLResolver

ROOT = Path(__file__).resolve().parent.parent
DOORS = {"api", "events", "ports"}


def floors() -> dict[str, int]:
    """Each room's floor, counted from the top."""
    plan = ConfigParser()
    plan.read(ROOT / ".importlinter")
    lines = plan["importlinter:contract:floors"]["layers"].split("\n")
    return {
        room.strip(): floor
        for floor, line in enumerate(filter(None, lines))
        for room in line.split("|")
    }


def wrong_doors(folder: Path) -> Iterator[str]:
    """Every import of another room's insides below `folder` (which holds the rooms)."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).parts
        if "tests" in parts or "migrations" in parts or len(parts) < 2:
            continue
        for line, module in _imports(path):
            if _is_wrong_door(parts, module):
                yield (
                    f"{path}:{line}: {module} is inside another room; "
                    f"enter by its api, events or ports"
                )


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            deep = node.module.count(".") >= 2
            names = [node.module] if deep else [f"{node.module}.{a.name}" for a in node.names]
            yield from ((node.lineno, name) for name in names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def _is_wrong_door(own: tuple[str, ...], module: str) -> bool:
    parts = module.split(".")
    if len(parts) < 2 or parts[0] != "allting" or parts[1] in (own[0], "rooms"):
        return False
    # a room's `testing` is furniture for other rooms' tests only, and for their furniture
    doors = DOORS | {"testing"} if own[-1] == "testing.py" else DOORS
    return len(parts) < 3 or parts[2] not in doors


def upward_keys(models: Iterable[type[Model]]) -> Iterator[str]:
    """Every foreign key that points to a higher floor, or sideways to a neighbour."""
    level = floors()
    for model in models:
        here = model._meta.app_label
        for field in model._meta.get_fields():
            other = field.related_model if isinstance(field, Field) else None
            if other is None or isinstance(other, str):
                continue
            there = other._meta.app_label
            if there != here and level.get(there, -1) <= level.get(here, 99):
                yield f"{model.__name__}.{field.name} points from {here} up to {there}"


def open_doors(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every address that does not state who may enter it."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from open_doors(pattern.url_patterns, address)
        elif not hasattr(pattern.callback, "entry"):
            yield f"{address} does not state who may enter; decorate its view (identity.api)"
