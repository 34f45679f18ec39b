"""Which files a package may hold. Each room registers its own kinds when the house opens."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from allting.packages.parts import Part

if TYPE_CHECKING:
    from allting.packages.definition import Definition
    from allting.packages.examples import Example
    from allting.packages.problems import Report
    from allting.packages.touching import Touching

M = TypeVar("M", bound=Part)

ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
LANGUAGE = r"[a-z]{2,3}"
_SLOTS = {"id": ID, "name": ID, "language": LANGUAGE}


def _regex(pattern: str, slots: dict[str, str]) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", pattern)
    text = "".join(
        re.escape(part) if at % 2 == 0 else f"(?P<{part}>{slots[part]})"
        for at, part in enumerate(parts)
    )
    return re.compile(text)


@dataclass(frozen=True)
class FileKind(Generic[M]):
    """A kind of YAML file: where it stands (`services/{id}/form.yaml`) and what it holds."""

    name: str
    pattern: str
    model: type[M]
    room: str
    required: bool = False

    def match(self, file: str) -> dict[str, str] | None:
        """What stands in the pattern's braces if `file` is of this kind."""
        found = _regex(self.pattern, _SLOTS).fullmatch(file)
        return found.groupdict() if found else None

    def file(self, id: str | None = None) -> str:
        """The file's path in a package."""
        return self.pattern.replace("{id}", id or "")


@dataclass(frozen=True)
class TextKind:
    """A kind of Markdown file, one per language: `services/{id}/page.{language}.md`."""

    name: str
    pattern: str

    def match(self, file: str) -> dict[str, str] | None:
        """What stands in the pattern's braces if `file` is of this kind."""
        found = _regex(self.pattern, _SLOTS).fullmatch(file)
        return found.groupdict() if found else None

    def file(self, id: str | None, name: str | None, language: str) -> str:
        """The file's path in a package."""
        filled = self.pattern.replace("{id}", id or "").replace("{name}", name or "")
        return filled.replace("{language}", language)


@dataclass(frozen=True)
class DrawingKind:
    """A kind of SVG file, such as a coat of arms: `{name}.svg`."""

    name: str
    pattern: str

    def match(self, file: str) -> dict[str, str] | None:
        """What stands in the pattern's braces if `file` is of this kind."""
        found = _regex(self.pattern, _SLOTS).fullmatch(file)
        return found.groupdict() if found else None


CrossCheck = Callable[["Definition", "Report"], None]
Expectation = Callable[["Definition", str, "Example", Any], list[str]]


@dataclass(frozen=True)
class ExpectationKind:
    """A key that `expect` of an example may hold, and who compares it with what really happens."""

    key: str
    run: Expectation
    shape: Any


@dataclass
class Registry:
    """Everything rooms have registered."""

    files: dict[str, FileKind[Any]] = field(default_factory=dict)
    texts: dict[str, TextKind] = field(default_factory=dict)
    drawings: dict[str, DrawingKind] = field(default_factory=dict)
    checks: list[CrossCheck] = field(default_factory=list)
    expectations: dict[str, ExpectationKind] = field(default_factory=dict)
    touching: list["Touching"] = field(default_factory=list)

    def kinds(self) -> "list[FileKind[Any] | TextKind | DrawingKind]":
        """Every kind of file that a package may hold."""
        return [*self.files.values(), *self.texts.values(), *self.drawings.values()]

    def kind_of(self, file: str) -> "FileKind[Any] | TextKind | DrawingKind | None":
        """The kind of a file by its path."""
        return next((one for one in self.kinds() if one.match(file) is not None), None)

    def copy(self) -> "Registry":
        """The same registrations, to change without harm."""
        return Registry(
            dict(self.files),
            dict(self.texts),
            dict(self.drawings),
            list(self.checks),
            dict(self.expectations),
            list(self.touching),
        )


_registry = Registry()


def registry() -> Registry:
    """What is registered now."""
    return _registry


def file_kind(kind: FileKind[M]) -> FileKind[M]:
    """Register a kind of YAML file; the same name again replaces it."""
    _registry.files[kind.name] = kind
    return kind


def text_kind(name: str, pattern: str) -> TextKind:
    """Register a kind of Markdown file; `pattern` holds `{language}`."""
    if "{language}" not in pattern:
        raise ValueError(
            f"text kind '{name}': the pattern '{pattern}' needs {{language}}, "
            "as in services/{id}/page.{language}.md"
        )
    kind = TextKind(name, pattern)
    _registry.texts[name] = kind
    return kind


def drawing_kind(name: str, pattern: str) -> DrawingKind:
    """Register a kind of SVG file. It is checked to hold shapes only (`drawing.py`)."""
    kind = DrawingKind(name, pattern)
    _registry.drawings[name] = kind
    return kind


C = TypeVar("C", bound=CrossCheck)


def cross_check(check: C) -> C:
    """Register a check that looks across files; it gets the definition and a report."""
    if check not in _registry.checks:
        _registry.checks.append(check)
    return check


def expectation(key: str, run: Expectation, shape: Any = Any) -> None:
    """Register what compares `expect: {key: …}` of an example with what really happens.

    `run(definition, service_id, example, expected)` gives mismatches, each in a sentence.
    `shape` is the type that the expected value must have; it is checked before `run` is called.
    """
    _registry.expectations[key] = ExpectationKind(key, run, shape)


@contextmanager
def registered_only() -> Iterator[Registry]:
    """For tests: what is registered inside is forgotten afterwards."""
    global _registry
    before = _registry
    _registry = before.copy()
    try:
        yield _registry
    finally:
        _registry = before
