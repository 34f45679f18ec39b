"""Everyday words for what the catalogue calls otherwise: one item for each thing meant."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from allting.catalogue.api import EVERYDAY, LIFE_EVENT, SERVICE
from allting.editing.working import Working
from allting.packages.api import ITEM, Edit, Edition, said
from allting.ui.api import plain

FILE, LIST = EVERYDAY.file(), "words"
LONGEST, MOST = 60, 40  # signs of a word, words of a thing in a language


class NotAWord(ValueError):
    """What was written is no word that anybody searches for."""


def meant(edition: Edition, language: str) -> dict[str, tuple[str, Mapping[str, str]]]:
    """What a word may mean, by title: the id that it goes under, and the titles."""
    found: dict[str, tuple[str, Mapping[str, str]]] = {}
    for kind in (LIFE_EVENT, SERVICE):
        for id, it in edition.definition.all(kind).items():
            if getattr(it, "status", "") != "closed":
                under = id if kind == SERVICE else f"event-{id}"
                found[plain(it.title, language)] = (under, it.title)
    return dict(sorted(found.items()))


def read_words(text: str) -> list[str]:
    """Words that were written with commas between, each once. Raises NotAWord.

    >>> read_words(" dagis,  Dagisplats , dagis,")
    ['dagis', 'Dagisplats']
    """
    found: dict[str, str] = {}
    for part in text.replace("\n", ",").split(","):
        word = " ".join(part.split())
        if word and (len(word) > LONGEST or not any(sign.isalpha() for sign in word)):
            raise NotAWord(word)
        found.setdefault(word.casefold(), word)
    found.pop("", None)
    if len(found) > MOST:
        raise NotAWord(text)
    return list(found.values())


def own_words(work: Working) -> list[dict[str, Any]]:
    """The items as the proposal would have them."""
    return list(said(work.folders, FILE, (LIST,)) or ())


def adding(work: Working, language: str, word: str, title: str) -> Edit | None:
    """The edit that lets a word mean what has that title; None if it does already.

    Raises NotAWord, or LookupError where nothing has the title.
    """
    titles = {key.casefold(): one for key, one in meant(work.edition, language).items()}
    id, names = titles[" ".join(title.split()).casefold()]
    words = read_words(word)
    if not words:
        raise NotAWord(word)
    held = next((one for one in own_words(work) if one.get("id") == id), None)
    if held is None:
        value = {"id": id, "says": {language: words}, "means": dict(names)}
        return Edit(FILE, (LIST, f"{ITEM}{id}"), None, value)
    there = held["says"].get(language, [])
    both = read_words(",".join((*there, *words)))
    return _of(id, language, there or None, both) if both != there else None


def _of(id: str, language: str, before: Any, words: list[str]) -> Edit:
    return Edit(FILE, (LIST, f"{ITEM}{id}", "says", language), before, words or None)


def changed(
    items: Iterable[Mapping[str, Any]], languages: Iterable[str], posted: Mapping[str, str]
) -> Iterator[Edit]:
    """The edits of the list as it was sent in; a thing without words goes. Raises NotAWord."""
    spoken = tuple(languages)
    for item in items:
        names = {language: f"{item['id']}.{language}" for language in spoken}
        if not any(name in posted for name in names.values()):
            continue
        told = {
            language: read_words(posted[name]) for language, name in names.items() if name in posted
        }
        rest = [language for language in item["says"] if language not in told]
        if not rest and not any(told.values()):
            yield Edit(FILE, (LIST, f"{ITEM}{item['id']}"), dict(item), None)
            continue
        for language, words in told.items():
            before = item["says"].get(language)
            if words != (before or []):
                yield _of(item["id"], language, before, words)
