"""What is wrong, where, what was expected and how to mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from markupsafe import Markup

from allting.packages.nodes import Origin, Path
from allting.ui.api import Translator, Worded, in_words, worded


class Weight(StrEnum):
    """An error stops publishing; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing for a person to mend."""

    where: Origin
    what: str
    expected: str | None = None
    mend: str | None = None
    weight: Weight = Weight.ERROR

    @property
    def message(self) -> str:
        """The whole message after the place: what. Expected … Try: …"""
        parts = [f"{self.weight}: {_sentence(self.what)}"]
        if self.expected:
            parts.append(f"Expected {_sentence(self.expected)}")
        if self.mend:
            parts.append(f"Try: {_sentence(self.mend)}")
        return " ".join(parts)

    def told(self, speak: Translator) -> Markup:
        """The message for a page in any language, without its weight and place."""
        said = [in_words(self.what, speak)]
        if self.expected:
            said.append(in_words(worded("Expected {this}", this=self.expected), speak))
        if self.mend:
            said.append(in_words(worded("Try: {this}", this=self.mend), speak))
        return Markup(" ").join(_ended(one) for one in said)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"

    @property
    def place(self) -> tuple[str, str, int, int]:
        """For sorting: package, file, line, column."""
        return (self.where.package, self.where.file, self.where.line, self.where.column)


def _sentence(text: str) -> str:
    text = text.rstrip()
    return text if text.endswith((".", "?", "!", "…")) else text + "."


def _ended(said: Markup) -> Markup:
    whole = said.striptags().endswith((".", "?", "!", "…"))
    return said if whole else said + "."


@dataclass(frozen=True, slots=True)
class At:
    """A place in the effective package: a file, a path into it, and how far into the value.

    `path` holds keys, positions and ids of list items: `("pages", 0, "questions", "start")`.
    `offset` counts characters into a text: a condition, or a whole Markdown file.
    """

    file: str
    path: Path = ()
    offset: int | None = None


class Places(Protocol):
    """Knows where a place in the effective package was written."""

    def place(self, where: At) -> Origin: ...


@dataclass(slots=True)
class Report:
    """Collects problems; rooms' cross-checks write into it."""

    places: Places
    problems: list[Problem] = field(default_factory=list)

    def error(
        self, where: At, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        """Something that must be mended before the package can be published."""
        self.problems.append(Problem(self.places.place(where), what, expected, mend))

    def warning(
        self, where: At, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        """Something to know about that does not stop publishing."""
        self.problems.append(
            Problem(self.places.place(where), what, expected, mend, Weight.WARNING)
        )


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was probably meant to be.

    >>> nearest("lable", ["label", "hint"])
    'label'
    >>> nearest("zzz", ["label", "hint"]) is None
    True
    """
    known = list(choices)
    lowered = {choice.lower().replace("_", "-"): choice for choice in reversed(known)}
    like = word.lower().replace("_", "-").strip()
    if like in lowered:
        return lowered[like]
    found = difflib.get_close_matches(like, lowered, n=1, cutoff=0.6)
    return lowered[found[0]] if found else None


def one_of(
    choices: Iterable[str], limit: int = 16, *, joined_by: Literal["or", "and"] = "or"
) -> str:
    """Choices as a person reads them.

    >>> one_of(["a", "b", "c"])
    'a, b or c'
    """
    known = list(choices)
    if len(known) > limit:
        return ", ".join(known[:limit]) + " …"
    if len(known) < 2:
        return "".join(known)
    some, last = ", ".join(known[:-1]), known[-1]
    if joined_by == "or":
        return worded("{some} or {last}", some=some, last=last)
    return worded("{some} and {last}", some=some, last=last)


def did_you_mean(word: str, choices: Iterable[str]) -> Worded | None:
    """A suggestion to try, or None when nothing is near enough."""
    found = nearest(word, choices)
    return worded("did you mean '{word}'?", word=found) if found and found != word else None
