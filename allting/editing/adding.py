"""A thing that is added to a list, from a form: what it says, and an id of its own."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from allting.editing.fields import Field
from allting.editing.filled import Wrong, read
from allting.editing.shapes import Steps
from allting.packages.api import ITEM, Branch, Edit, Listing, at, id_of
from allting.ui.api import Translator, later

NEW = f"{ITEM}new"  # what the thing is called in the form, before it has an id
MOST = 50  # characters of an id
MUST = later("This must be filled in")
_LIKE_A = str.maketrans("åäöæøéü", "aaoaoeu")


def value_from(
    fields: Sequence[Field], posted: Mapping[str, str], speak: Translator
) -> dict[str, Any]:
    """What the form says of the thing. A field that does not hold gets its `error`."""
    found: dict[str, Any] = {}
    for one in fields:
        given = one.name in posted or f"{one.name}.0.from" in posted
        one.written = posted.get(one.name)
        try:
            value = read(one, posted) if given else None
        except Wrong as wrong:
            one.error = speak(str(wrong))
            continue
        if value is not None and value != one.value:  # what holds anyway is not written
            _put(found, _inside(one), value)
    for one in fields:
        if one.required and not one.error and _asked(one, found) and not _there(one, found):
            one.error = speak(MUST)
    return {key: _one_for_all(value, fields) for key, value in found.items()}


def _inside(one: Field) -> Steps:
    return one.path[one.path.index(NEW) + 1 :]


def _put(into: dict[str, Any], path: Steps, value: Any) -> None:
    for step in path[:-1]:
        into = into.setdefault(step, {})
    into[path[-1]] = value


def _asked(one: Field, found: Mapping[str, Any]) -> bool:
    """What belongs to a group is asked for only if something else of the group is there."""
    path = _inside(one)
    return len(path) - bool(one.language) < 2 or path[0] in found


def _there(one: Field, found: Mapping[str, Any]) -> bool:
    value: Any = found
    for step in _inside(one):
        value = value.get(step) if isinstance(value, dict) else None
    return value is not None


def _one_for_all(value: Any, fields: Iterable[Field]) -> Any:
    """A text in the first language alone is the same in all, such as a name."""
    if not isinstance(value, dict):
        return value
    first = next((one.language for one in fields if one.language), "")
    if first and set(value) == {first}:
        return value[first]
    return {key: _one_for_all(inner, fields) for key, inner in value.items()}


def edit_adding(file: str, where: Steps, value: Mapping[str, Any], taken: Collection[str]) -> Edit:
    """The edit that adds a thing to the list at `where`, with an id that nothing there has had."""
    id = free_id(_named(value) or where[-1], taken)
    return Edit(file, (*where, f"{ITEM}{id}"), None, {"id": id, **value})


def _named(value: Mapping[str, Any]) -> str:
    """What the thing is called: its first text, or its kind."""
    for key in ("name", "title", "question", "kind"):
        text = value.get(key)
        if isinstance(text, Mapping):
            text = next(iter(text.values()), "")
        if isinstance(text, str) and text:
            return text
    return ""


def free_id(text: str, taken: Collection[str]) -> str:
    """An id made of words, and of none of those that are taken.

    >>> free_id("När får jag svar? Åtta dagar", ["x"]), free_id("Ek", ["ek", "ek-2"])
    ('nar-far-jag-svar-atta-dagar', 'ek-3')
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIKE_A))
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:MOST].strip("-")
    base = words if words[:1].isalpha() else f"n-{words}".strip("-")
    found, n = base, 2
    while found in taken:
        found, n = f"{base}-{n}", n + 1
    return found


def ids_at(trees: Iterable[Branch | None], where: Steps) -> set[str]:
    """The ids in a list in all packages, also those that are taken out."""
    lists = (at(tree, where) for tree in trees)
    items = (item for one in lists if isinstance(one, Listing) for item in one.items)
    return {str(id_of(item)) for item in items}
