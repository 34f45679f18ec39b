"""The effective, checked package: what every room reads its part from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, overload

from pydantic import BaseModel

from allting.packages.kinds import FileKind, TextKind
from allting.packages.manifest import Package, ParameterValue
from allting.packages.nodes import Branch, Origin, Path, follow
from allting.packages.offsets import advance
from allting.packages.parts import Part, Text
from allting.packages.problems import At

M = TypeVar("M", bound=Part)
T = TypeVar("T")


_NONE: dict[str, Part] = {}


class Missing(LookupError):
    """The package has no such file, or the file has errors."""


class Markdown(str):
    """A page's source; `language` says which language it is really in."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, source: str, language: str) -> "Markdown":
        made = super().__new__(cls, source)
        made.language = language
        return made


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file: its source and the package that holds it."""

    source: str
    package: str


@dataclass(frozen=True)
class Effective:
    """All files of a package after laying it over those that it builds on."""

    trees: Mapping[str, Branch]
    pages: Mapping[str, Page]
    sources: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contents:
    """What the files say, as checked models."""

    models: Mapping[str, dict[str, Part]]  # kind → id ("" for the only one) → model
    files: Mapping[str, tuple[str, ...]]  # kind → ids of all files, those with errors too
    pages: Mapping[str, Mapping[tuple[str, str, str], str]]  # kind → (id, name, language) → source
    drawings: Mapping[str, str]  # file → source
    known_languages: tuple[str, ...]  # the package's own and those of packages it builds on


class Definition:
    """An effective package: immutable, and the same for everyone who reads it."""

    def __init__(
        self,
        contents: Contents,
        kinds: Mapping[str, FileKind[Any]],
        text_kinds: Mapping[str, TextKind],
        content_hash: str,
        effective: Callable[[], Effective],
    ) -> None:
        self._contents = contents
        self._kinds = kinds
        self._text_kinds = text_kinds
        self._load_effective = effective
        self.content_hash = content_hash

    @property
    def package(self) -> Package:
        """`package.yaml`."""
        found = self._contents.models["package"][""]
        assert isinstance(found, Package)  # noqa: S101  contents are made only with a package.yaml
        return found

    @property
    def id(self) -> str:
        """The package's id."""
        return self.package.id

    @property
    def title(self) -> Text:
        """The package's title."""
        return self.package.title

    @property
    def version(self) -> str:
        """The version that the package gives itself."""
        return self.package.version

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that pages come in; the first is the one others fall back to."""
        return self.package.spoken

    @property
    def whole_languages(self) -> tuple[str, ...]:
        """Those in which nothing should be missing: without the ones that are there in part."""
        return self.package.languages

    @property
    def known_languages(self) -> tuple[str, ...]:
        """Those, and the languages of the packages that it builds on."""
        return self._contents.known_languages

    @cached_property
    def parameters(self) -> Mapping[str, ParameterValue]:
        """Named values by id as in the file: text, date, boolean, and whole or exact numbers."""
        return MappingProxyType(
            {id: parameter.value for id, parameter in self.package.parameters.items()}
        )

    @overload
    def find(self, kind: FileKind[M], id: str | None = None) -> M | None: ...
    @overload
    def find(self, kind: str, id: str | None = None) -> Any | None: ...
    def find(self, kind: FileKind[Any] | str, id: str | None = None) -> Any | None:
        """The checked content of one file, or None when the package has no such file."""
        return self._contents.models.get(_name(kind), {}).get(id or "")

    @overload
    def one(self, kind: FileKind[M], id: str | None = None) -> M: ...
    @overload
    def one(self, kind: str, id: str | None = None) -> Any: ...
    def one(self, kind: FileKind[Any] | str, id: str | None = None) -> Any:
        """The checked content of one file; raises Missing when the package has no such file."""
        found = self.find(_name(kind), id)
        if found is None:
            file = self.file(kind, id)
            raise Missing(f"the package '{self.id}' has no usable {file}")
        return found

    @overload
    def all(self, kind: FileKind[M]) -> Mapping[str, M]: ...
    @overload
    def all(self, kind: str) -> Mapping[str, Any]: ...
    def all(self, kind: FileKind[Any] | str) -> Mapping[str, Any]:
        """All files of a kind by id, sorted by id."""
        return MappingProxyType(self._contents.models.get(_name(kind), _NONE))

    def ids(self, kind: FileKind[Any] | str) -> tuple[str, ...]:
        """Ids of all files of a kind, also of those that have errors.

        In a cross-check, ask this whether something exists: a broken file is complained about once.
        """
        return self._contents.files.get(_name(kind), ())

    def markdown(
        self, kind: TextKind | str, id: str | None, name: str | None, language: str
    ) -> Markdown | None:
        """A page in `language`, else in the first language that has it; None if there is none."""
        pages = self._contents.pages.get(_name(kind), {})
        for candidate in (language, *self.languages):
            source = pages.get((id or "", name or "", candidate))
            if source is not None:
                return Markdown(source, candidate)
        return None

    @property
    def drawings(self) -> Mapping[str, str]:
        """SVG files by their path: shapes and colours only, as the check has seen to."""
        return MappingProxyType(self._contents.drawings)

    def pages(self) -> Iterator[tuple[str, str, str, set[str]]]:
        """All Markdown pages: kind, id, name, and the languages in which there is one."""
        for kind, pages in self._contents.pages.items():
            found: dict[tuple[str, str], set[str]] = {}
            for id, name, language in pages:
                found.setdefault((id, name), set()).add(language)
            for (id, name), languages in found.items():
                yield kind, id, name, languages

    def names(self, kind: TextKind | str, id: str | None = None) -> tuple[str, ...]:
        """Names of the pages of a kind under `id`, such as a service's letters."""
        keys = self._contents.pages.get(_name(kind), {})
        return tuple(sorted({name for owner, name, _ in keys if owner == (id or "")}))

    def file(self, kind: FileKind[Any] | str, id: str | None = None) -> str:
        """The path of a file in the package."""
        found = self._kinds.get(_name(kind))
        return found.file(id) if found else _name(kind)

    def at(
        self,
        kind: FileKind[Any] | str,
        id: str | None,
        *path: str | int,
        offset: int | None = None,
    ) -> At:
        """A place in a file, for a report: `at("form", "preschool-place", "pages", 0, "title")`."""
        return At(self.file(kind, id), path, offset)

    def at_page(
        self,
        kind: TextKind | str,
        id: str | None,
        name: str | None,
        language: str,
        offset: int | None = None,
    ) -> At:
        """A place in a Markdown file, for a report."""
        return At(self._text_kinds[_name(kind)].file(id, name, language), (), offset)

    def every(self, sort: type[T]) -> Iterator[tuple[At, T]]:
        """All values of a type with their places: `every(LawRef)`, `every(Text)`."""
        for kind, models in self._contents.models.items():
            for id, model in models.items():
                for path, value in values_in(model, sort):
                    yield At(self.file(kind, id), path), value

    @cached_property
    def effective(self) -> Effective:
        """The trees behind the models."""
        return self._load_effective()

    def place(self, where: At) -> Origin:
        """Where a place of the effective package was written."""
        return place_in(self.effective, where, self.id)

    def origin(self, path: str) -> Origin:
        """Which package, file and line a value comes from; raises Missing for an unknown path.

        `services.preschool-place.service.conditions.lives-here.holds`; `/` may stand for `.`.
        """
        from allting.packages.addresses import look_up

        return look_up(self.effective, path)[0][1].origin


def _name(kind: FileKind[Any] | TextKind | str) -> str:
    return kind if isinstance(kind, str) else kind.name


def place_in(effective: Effective, where: At, package: str) -> Origin:
    """Where `where` was written; the nearest place that is known when it is not there itself."""
    tree = effective.trees.get(where.file)
    if tree is None:
        page = effective.pages.get(where.file)
        start = Origin(page.package if page else package, where.file)
        if page and where.offset is not None:
            return advance(page.source, start, page.source, where.offset)
        return start
    node, taken = follow(tree, where.path)
    origin = node.origin
    if taken < len(where.path) and isinstance(node, Branch):
        return node.key_origin(str(where.path[taken]))
    value = getattr(node, "value", None)
    if where.offset is None or not isinstance(value, str):
        return origin
    source = effective.sources.get((origin.package, origin.file))
    return advance(source, origin, value, where.offset) if source else origin


def values_in(model: object, sort: type[T], path: Path = ()) -> Iterator[tuple[Path, T]]:
    """All values of a type inside a model, with their paths in the file."""
    if isinstance(model, sort):
        yield path, model
    elif isinstance(model, BaseModel):
        for name, info in type(model).model_fields.items():
            yield from values_in(getattr(model, name), sort, (*path, info.alias or name))
    elif isinstance(model, Mapping):
        for key, value in model.items():
            yield from values_in(value, sort, (*path, key))
    elif isinstance(model, list | tuple):
        for position, value in enumerate(model):
            yield from values_in(value, sort, (*path, position))
