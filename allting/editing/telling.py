"""Changes in plain words, and as text side by side with what differs marked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from markupsafe import Markup, escape

from allting.catalogue.api import SERVICE
from allting.editing.access import service_of
from allting.editing.fields import named_by, title_of
from allting.editing.filled import rows_of
from allting.editing.lengths import as_told
from allting.editing.words import FILES, LANGUAGES, day_name, label_of, language_of, part_of
from allting.packages.api import (
    ITEM,
    Definition,
    Edit,
    Folders,
    Problem,
    at,
    changes,
    registry,
    tree_of,
)
from allting.ui.api import Translator, later
from allting.ui.api import plain as in_language

LONGEST = 20_000  # signs; longer texts are shown without marks
_WORD = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """One change: where, and what it was and will be."""

    thing: str
    what: str
    before: Markup
    after: Markup
    file: str = ""
    path: tuple[str, ...] = ()
    back: bool = False


def thing_of(
    file: str, definition: Definition, speak: Translator, *, one_language: bool = True
) -> str:
    """What a file is about: `Preschool place: the page's text (Swedish)`."""
    kind = registry().kind_of(file)
    slots = kind.match(file) if kind else None
    if kind is None or slots is None:
        return file
    named = speak(FILES[kind.name]) if kind.name in FILES else kind.name
    if "language" in slots and one_language:
        named += f" ({language_of(slots['language'], speak).lower()})"
    if "name" in slots:
        named += f" ”{slots['name']}”"
    held = definition.find(SERVICE, service_of(file))
    if held is not None:
        return f"{in_language(held.title, speak.language)}: {named}"
    return f"{named} – {slots['id']}" if "id" in slots else named


def place_in_words(folders: Folders, file: str, path: Iterable[str], speak: Translator) -> str:
    """Where in a file: its groups and things by name, then the key and the language."""
    said, tree = [], tree_of(folders, file)
    whole = tuple(path)
    for length, step in enumerate(whole, 1):
        title = title_of(at(tree, whole[:length]), speak.language)
        if step in LANGUAGES:
            said.append(language_of(step, speak).lower())
        elif title or step.startswith(ITEM):
            said.append(title or step.removeprefix(ITEM))
        else:
            said.append((label_of if length == len(whole) else part_of)(step, speak))
    return " › ".join(said)


def told(
    edits: Iterable[Edit], definition: Definition, folders: Folders, speak: Translator
) -> Iterator[Told]:
    """The edits of a proposal."""
    for edit in edits:
        before, after = marked(as_text(edit.before, speak), as_text(edit.value, speak))
        words = place_in_words(folders, edit.file, edit.path, speak)
        if edit.path and edit.path[-1].startswith(ITEM) and isinstance(edit.before, Mapping):
            named = named_by(edit.before, speak.language)  # it is no longer there to be asked
            words = words.replace(edit.path[-1].removeprefix(ITEM), named) if named else words
        yield Told(
            thing_of(edit.file, definition, speak),
            words,
            before,
            after,
            edit.file,
            edit.path,
            edit.back,
        )


def between(before: Definition, after: Definition, speak: Translator) -> Iterator[Told]:
    """What differs between two editions."""
    for change in changes(before, after):
        file, _, address = change.address.partition(" ")
        one, other = marked(as_text(change.before, speak), as_text(change.after, speak))
        words = _address(address, speak) if address else ""
        yield Told(thing_of(file, after, speak), words, one, other, file)


def _address(address: str, speak: Translator) -> str:
    """Where a value stands, by the names of its keys."""
    steps = address.split(".")
    return " › ".join(
        language_of(step, speak).lower() if step in LANGUAGES else part_of(step, speak)
        for step in steps
    )


@dataclass(frozen=True, slots=True)
class Located:
    """What the check finds wrong, in words, and in which file it stands."""

    thing: str
    says: Markup
    place: str


def located(
    problems: Iterable[Problem], definition: Definition, speak: Translator
) -> Iterator[Located]:
    """Problems that have no field here, each with what it is about."""
    for one in problems:
        thing = thing_of(one.where.file, definition, speak)
        yield Located(thing, one.told(speak), str(one.where))


def as_text(value: Any, speak: Translator) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return speak(later("Yes")) if value else speak(later("No"))
    if isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        return "\n".join(_row(row, speak.language) for row in value)
    if isinstance(value, Mapping):
        if set(value) <= set(LANGUAGES):
            return str(in_language(value, speak.language))
        return "\n".join(_lines(value, speak))
    return as_told(str(value), speak.language).rstrip("\n")


def _lines(thing: Mapping[str, Any], speak: Translator) -> Iterator[str]:
    """A thing of a list, line by line; texts in all their languages."""
    for key, value in thing.items():
        name = label_of(key, speak)
        if isinstance(value, Mapping) and set(value) <= set(LANGUAGES):
            for code, words in value.items():
                yield f"{name} ({language_of(code, speak).lower()}): {as_text(words, speak)}"
        elif isinstance(value, Mapping):
            yield f"{name}: {', '.join(_lines(value, speak))}"
        elif key != "id":
            yield f"{name}: {as_text(value, speak)}"


def _row(row: Any, language: str) -> str:
    if isinstance(row, Mapping) and set(row) == {"days", "opens", "closes"}:
        days = "–".join(day_name(day, language, "abbreviated") for day in row["days"].split("-"))
        return f"{days} {row['opens']}–{row['closes']}"
    return str(row)


def marked(before: str, after: str) -> tuple[Markup, Markup]:
    """Both texts, with the words that go and come marked.

    >>> marked("öppet måndag", "öppet tisdag")[1]
    Markup('öppet <ins>tisdag</ins>')
    """
    if len(before) + len(after) > LONGEST or not (before and after):
        return _all(before, "del"), _all(after, "ins")
    old, new = _WORD.findall(before), _WORD.findall(after)
    one, other = [], []
    for sign, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        one.append(_all("".join(old[i:j]), "" if sign == "equal" else "del"))
        other.append(_all("".join(new[k:n]), "" if sign == "equal" else "ins"))
    return Markup("").join(one), Markup("").join(other)


def _all(text: str, tag: str) -> Markup:
    if not text:
        return Markup("")
    return Markup(f"<{tag}>{{}}</{tag}>").format(text) if tag else escape(text)  # noqa: S704


__all__ = ["Told", "as_text", "between", "marked", "place_in_words", "rows_of", "thing_of", "told"]
