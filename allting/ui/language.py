"""Languages: which one a page speaks, and the sentences of the house in it.

English sentences are the message ids; every room keeps its translations in `locale/<language>.po`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps
from markupsafe import Markup, escape

SOURCE = "en"


@dataclass(frozen=True)
class Translator:
    """The sentences of one language: `_("Save")`, `_("Hello {name}", name=…)`."""

    language: str
    singular: Mapping[str, str] = field(repr=False, default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    form: Callable[[int], int] = field(repr=False, default=lambda n: int(n != 1))

    def __call__(self, sentence: str, /, **values: Any) -> str:
        """`sentence` in this language; `{names}` in it are filled from `values`."""
        found = self.singular.get(sentence, sentence)
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """`one` or `many`, as the language counts; `{n}` is filled in.

        >>> Translator("en").plural("{n} child", "{n} children", 2)
        '2 children'
        """
        forms = self.plurals.get(one, (one, many))
        return forms[self.form(n)].format(n=n, **values)

    def knows(self, sentence: str) -> bool:
        """Whether it has the sentence in its language."""
        return self.language == SOURCE or sentence in self.singular


def later(sentence: str) -> str:
    """Marks a sentence that is translated where it is shown, not where it stands."""
    return sentence


class Worded(str):
    """English words that remember how they were made, so that they can be said otherwise later."""

    sentence: str
    values: Mapping[str, Any]

    def said(self, speak: Translator) -> str:
        """The words in another language; values that are words are said in it too."""
        told = {
            name: value.said(speak) if isinstance(value, Worded) else value
            for name, value in self.values.items()
        }
        return speak(self.sentence, **told)


def worded(sentence: str, /, **values: Any) -> Worded:
    """`sentence` in English, its `{names}` filled from `values`, to be said in any language later.

    >>> worded("there is no {what} '{id}'", what=worded("board"), id="roads")
    "there is no board 'roads'"
    """
    made = Worded(sentence.format(**values) if values else sentence)
    made.sentence, made.values = sentence, values
    return made


def in_words(words: str, speak: Translator) -> Markup:
    """What a room says for people of any language; English that nobody has put into it is marked.

    >>> in_words("it rains", Translator("sv"))
    Markup('<span lang="en">it rains</span>')
    """
    if isinstance(words, Worded) and speak.knows(words.sentence):
        return escape(words.said(speak))
    if speak.language == SOURCE:
        return escape(words)
    return Markup('<span lang="en">{}</span>').format(words)


@lru_cache(maxsize=32)
def translator(language: str) -> Translator:
    """The translator of `language`; sentences it lacks stay English."""
    singular: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    catalogues = [_catalogue(file, language) for file in message_files(language)]
    for message in (message for catalogue in catalogues for message in catalogue):
        found: Any = message.string
        if not message.id or message.fuzzy or not found:
            continue
        if isinstance(message.id, str):
            singular[message.id] = found
        elif all(found):
            plurals[message.id[0]] = tuple(found)
    if not catalogues:
        return Translator(language)
    return Translator(language, singular, plurals, c2py(catalogues[0].plural_expr))


def _catalogue(file: Path, language: str) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def message_files(language: str) -> list[Path]:
    """Every room's sentences in `language`."""
    places = (Path(app.path) / "locale" / f"{language}.po" for app in apps.get_app_configs())
    return [place for place in places if place.exists()]


@lru_cache(maxsize=32)
def house_speaks(language: str) -> bool:
    """Whether every room has its sentences in `language`, those of the workplace too."""
    places = [Path(app.path) / "locale" for app in apps.get_app_configs()]
    return language == SOURCE or all(
        (place / f"{language}.po").exists() for place in places if place.exists()
    )


@lru_cache(maxsize=1024)
def choose(offered: tuple[str, ...], *, cookie: str | None, accepts: str) -> str:
    """The language to speak with someone who has not said it in the address.

    >>> choose(("sv", "en"), cookie=None, accepts="fi, en-GB;q=0.8, sv;q=0.5")
    'en'
    >>> choose(("sv", "en"), cookie="xx", accepts="")
    'sv'
    """
    if cookie is not None and cookie in offered:
        return cookie
    wished = sorted(
        ((_weight(part), -place, part) for place, part in enumerate(accepts.split(","))),
        reverse=True,
    )
    for weight, _, part in wished:
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if weight > 0 and tag in offered:
            return tag
    return offered[0]


def _weight(part: str) -> float:
    _, _, weight = part.partition(";q=")
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0
