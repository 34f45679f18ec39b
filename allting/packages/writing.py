"""Values as lines of YAML, in the style of the house: what is short stands in one line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from allting.packages.nodes import Branch, Scalar
from allting.packages.reader import read_yaml

STEP = 2
_DAY = r"\d{4}-\d\d-\d\d"
_FIGURES = re.compile(rf"(?!{_DAY}$)[+0-9][0-9 :()-]*")  # telephones, times: text for all that


def block(value: Any, column: int) -> list[str]:
    """A mapping or list as lines that begin in `column`."""
    lines = "\n".join(_lines(value)).split("\n")
    return [" " * column + line if line else "" for line in lines]


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _item(each)
    else:
        for key, inner in value.items():
            yield words(key) + ":" + value_after_key(inner, 0)


def _item(value: Any) -> Iterator[str]:
    if not isinstance(value, dict) or _short(value):
        yield f"- {flow(value)}"
        return
    first, *rest = "\n".join(_lines(value)).split("\n")
    yield f"- {first}"
    yield from (f"{' ' * STEP}{line}" if line else line for line in rest)


def _short(value: dict[str, Any]) -> bool:
    plain = not any(isinstance(inner, dict | list) for inner in value.values())
    return plain and len(flow(value)) <= 80 and set(value) & {"days", "lat", "remove"} != set()


def _of_words(value: list[Any]) -> bool:
    """Whether a list is short, and of nothing but words."""
    plain = all(isinstance(one, str) and "\n" not in one for one in value)
    return plain and len(flow(value)) <= 80


def value_after_key(value: Any, column: int) -> str:
    """What stands after the colon of a key in `column`, with a blank or a new line before it."""
    if isinstance(value, list) and _of_words(value):
        return f" {flow(value)}"
    if isinstance(value, dict | list) and value:
        inside = "\n".join(block(value, column + STEP))
        return f"\n{inside}"
    if isinstance(value, str) and "\n" in value:
        return " " + _text_of_lines(value, column + STEP)
    return f" {flow(value) if isinstance(value, dict | list) else words(value)}"


def _text_of_lines(value: str, column: int) -> str:
    """A text of several lines as `|`, unless that would lose something of it."""
    mark = "|" if value.endswith("\n") else "|-"
    lines = [" " * column + line if line else "" for line in value.rstrip("\n").split("\n")]
    written = "\n".join([mark, *lines])
    return written if _read(f"a: {written}\n") == value else json.dumps(value, ensure_ascii=False)


def words(value: Any, style: str | None = None) -> str:
    """One value in one line: without quotes where it is the same without."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    quoted = json.dumps(text, ensure_ascii=False)
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style == '"' or "\n" in text or _FIGURES.fullmatch(text):
        return quoted
    return text if _read(f"a: {text}\n") == text else quoted


def flow(value: Any) -> str:
    """A value in brackets, within one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if not isinstance(value, str):
        return words(value)
    if "\n" in value or _FIGURES.fullmatch(value):
        return json.dumps(value, ensure_ascii=False)
    same = _read(f"a: {{b: {value}}}\n", "b") == value
    return value if same else json.dumps(value, ensure_ascii=False)


def _read(source: str, inner: str = "") -> Any:
    tree, problems = read_yaml("", "", source)
    found = tree.entries.get("a") if tree and not problems else None
    if inner and isinstance(found, Branch):
        # brackets that a text brings along would be other keys than these
        found = found.entries.get(inner) if len(found.entries) == 1 else None
    alone = tree is not None and len(tree.entries) == 1
    return found.value if alone and isinstance(found, Scalar) else None
