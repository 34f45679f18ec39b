"""The fields of a form, made from a file's schema and what the packages say in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from allting.editing import shapes
from allting.editing.lengths import as_told
from allting.editing.shapes import Schema, Schemas, Steps, name_of
from allting.editing.words import CHOICES, HINTS, label_of, language_of, part_of
from allting.packages.api import ITEM, Branch, Listing, Node, Scalar, at, id_of
from allting.packages.api import plain as as_value
from allting.ui.api import Translator
from allting.ui.api import plain as in_language

LONG = 70  # characters; a longer text gets several lines
AT_LENGTH = ("answer", "sms")  # what is seldom said in one line
REACHED = ("boards", "units")  # things that may have a contact of their own
LENGTHS = ("legal", "typical")
NAMED_BY = ("title", "name", "label", "question", "means", "says")


@dataclass(slots=True)
class Field:
    """One thing to fill in."""

    path: Steps
    kind: str
    label: str
    value: Any = None
    language: str = ""
    hint: str = ""
    own: bool = False  # the municipality says so itself
    shared: Any = None  # what the package below says, if anything
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    error: str = ""
    written: Any = None  # as it was sent in, when that does not hold
    told: str | None = None  # as it is told to the reader, when that is otherwise than the value

    @property
    def name(self) -> str:
        """Its name in the form."""
        return name_of(self.path)

    @property
    def long(self) -> bool:
        """Whether it needs several lines."""
        text = self.value if isinstance(self.value, str) else ""
        if self.path[-2 if self.language else -1] in AT_LENGTH:
            return True
        return len(text) > LONG or "\n" in text or len(str(self.shared or "")) > LONG

    @property
    def shown(self) -> Any:
        """What stands in the field."""
        if self.written is not None:
            return self.written
        return self.value if self.told is None else self.told


@dataclass(slots=True)
class Group:
    """Fields that belong together, and groups inside."""

    title: str
    path: Steps
    fields: list[Field] = field(default_factory=list)
    groups: list["Group"] = field(default_factory=list)
    fixed: bool = False  # a list without ids that is only inherited: changed in files
    adds: str = ""  # what to add a thing to it by: `questions`
    optional: bool = False  # nothing of it need be filled in
    leaves: bool = False  # a thing of such a list: it can be taken out
    value: Any = None  # what such a thing says now
    gone: list["Group"] = field(default_factory=list)  # things below that are taken out here

    @property
    def back(self) -> str:
        """The name of the box that puts a thing back that is taken out."""
        return f"{shapes.BACK}{name_of(self.path)}"

    def put_back(self) -> Iterator["Group"]:
        """What can be put back, in all its lists."""
        yield from self.gone
        for group in self.groups:
            yield from group.put_back()

    @property
    def out(self) -> str:
        """The name of the box that takes the thing out."""
        return f"{shapes.OUT}{name_of(self.path)}"

    def things(self) -> Iterator["Group"]:
        """What can be taken out, itself too."""
        if self.leaves:
            yield self
        for group in self.groups:
            yield from group.things()

    def every(self) -> Iterator[Field]:
        """All fields, its own first."""
        yield from self.fields
        for group in self.groups:
            yield from group.every()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it stands: what holds, what is below, and what is the municipality's own."""

    whole: Branch
    own: Branch | None
    below: Branch | None
    languages: tuple[str, ...]
    speak: Translator
    fresh: bool = False  # a thing that is not there yet: everything is asked

    def group(self, schema: Schema, path: Steps, title: str = "") -> Group:
        """The form for what stands at `path`."""
        schemas = Schemas(schema, fresh=self.fresh)
        there: Schema = schema
        for step in path:
            there = _inner(schemas, there, step)
        made = Group(title, path)
        it = schemas.resolved(there)
        made.leaves = it.get("title") in shapes.ADDED_TO and not self.fresh
        found = at(self.whole, path) if made.leaves else None
        made.value = as_value(found) if found is not None else None
        if schemas.added_to(there):
            self._part(made, schemas, there, shapes.ITEMS, at(self.whole, path))
        else:
            self._fill(made, schemas, it, path)
        return made

    def _fill(self, group: Group, schemas: Schemas, schema: Schema, path: Steps) -> None:
        node = at(self.whole, path)
        entries = node.entries if isinstance(node, Branch) else {}
        grows = self.fresh or schema.get("title") in shapes.GROWS
        for key, inner in schema.get("properties", {}).items():
            kind = schemas.kind(key, inner)
            there = entries.get(key)
            if kind in (shapes.GROUP, shapes.ITEMS, shapes.NAMED):
                if there is not None or self._wanted(schemas, inner, kind, (*path, key)):
                    part = Group(part_of(key, self.speak), (*path, key))
                    part.optional = self.fresh
                    self._part(part, schemas, inner, kind, there)
                    if part.fields or part.groups or part.adds:
                        group.groups.append(part)
            elif kind and (there is not None or grows or key == "hint"):
                needed = key in schema.get("required", ())
                group.fields += self._fields(schemas, inner, kind, (*path, key), there, needed)

    def _wanted(self, schemas: Schemas, schema: Schema, kind: str, path: Steps) -> bool:
        """Whether to ask for what is not there yet."""
        if self.fresh:
            return kind == shapes.GROUP
        own_thing = len(path) > 2 and path[-3] in REACHED
        return (path[-1] == "contact" and own_thing) or schemas.added_to(schema)

    def _part(
        self, part: Group, schemas: Schemas, schema: Schema, kind: str, node: Node | None
    ) -> None:
        it = schemas.resolved(schema)
        if kind == shapes.GROUP:
            self._fill(part, schemas, it, part.path)
        elif kind == shapes.NAMED and isinstance(node, Branch):
            inner = schemas.of_each(it)
            for key, thing in node.entries.items():
                self._thing(part, schemas, inner, key, thing, key)
        elif kind == shapes.ITEMS:
            self._items(part, schemas, schemas.resolved(it["items"]), node)

    def _items(self, part: Group, schemas: Schemas, inner: Schema, node: Node | None) -> None:
        if isinstance(node, Listing):
            part.fixed = any(id_of(thing) is None for thing in node.items) and not at(
                self.own, part.path
            )
            for position, thing in enumerate(node.items if not part.fixed else ()):
                named = id_of(thing) or str(position)
                self._thing(part, schemas, inner, f"{ITEM}{named}", thing, named)
        if inner.get("title") in shapes.ADDED_TO and not part.fixed:
            part.adds = part.path[-1]
            part.gone = list(self._gone(part.path, node))

    def _gone(self, path: Steps, node: Node | None) -> Iterator[Group]:
        """What the package below has in a list and the municipality has taken out."""
        below = at(self.below, path)
        there = {id_of(one) for one in node.items} if isinstance(node, Listing) else set()
        for one in below.items if isinstance(below, Listing) else ():
            if id_of(one) not in there:
                title = title_of(one, self.speak.language) or self._kind_of(one) or id_of(one)
                yield Group(str(title), (*path, f"{ITEM}{id_of(one)}"), value=as_value(one))

    def _thing(
        self, part: Group, schemas: Schemas, schema: Schema, step: str, node: Node, named: str
    ) -> None:
        title = title_of(node, self.speak.language) or self._kind_of(node) or named
        made = Group(title, (*part.path, step))
        made.leaves = schema.get("title") in shapes.ADDED_TO
        made.value = as_value(node) if made.leaves else None
        self._fill(made, schemas, schema, made.path)
        if made.fields or made.groups or made.leaves:
            part.groups.append(made)

    def _kind_of(self, node: Node) -> str:
        kind = node.entries.get("kind") if isinstance(node, Branch) else None
        words = CHOICES.get(str(kind.value)) if isinstance(kind, Scalar) else None
        return self.speak(words) if words else ""

    def _fields(
        self,
        schemas: Schemas,
        schema: Schema,
        kind: str,
        path: Steps,
        node: Node | None,
        needed: bool,
    ) -> Iterator[Field]:
        key = path[-1]
        hint = self.speak(HINTS[key]) if key in HINTS else ""
        if kind == shapes.TEXT and not isinstance(node, Scalar):
            for language in self.languages:
                first = needed and language == self.languages[0]
                yield self._one((*path, language), kind, language, hint, (), first)
            return
        it = schemas.resolved(schema)
        made = self._one(path, kind, "", hint, self._options(it.get("enum", ())), needed)
        if self.fresh:
            made.value = schema.get("default")
        yield made

    def _options(self, values: Iterable[object]) -> tuple[tuple[str, str], ...]:
        known = ((str(one), CHOICES.get(str(one))) for one in values)
        return tuple((one, self.speak(words) if words else one) for one, words in known)

    def _one(
        self,
        path: Steps,
        kind: str,
        language: str,
        hint: str,
        options: tuple[tuple[str, str], ...],
        must: bool,
    ) -> Field:
        label = label_of(path[-2] if language else path[-1], self.speak)
        if language and len(self.languages) > 1:
            label = f"{label} ({language_of(language, self.speak).lower()})"
        values = [at(tree, path) for tree in (self.whole, self.own, self.below)]
        value, own, shared = (None if one is None else as_value(one) for one in values)
        made = Field(
            path, kind, label, value, language, hint, own is not None, shared, options, must
        )
        if path[-1] in LENGTHS and isinstance(value, str):
            made.told = as_told(value, self.speak.language)
        return made


def _inner(schemas: Schemas, schema: Schema, step: str) -> Schema:
    it = schemas.resolved(schema)
    if step.startswith(ITEM):
        return schemas.resolved(it.get("items", {}))
    if step in it.get("properties", {}):
        found: Schema = it["properties"][step]
        return found
    return schemas.of_each(it)


def title_of(node: Node | None, language: str) -> str:
    """What a thing is called: by its title, name or words."""
    value: Any = as_value(node) if isinstance(node, Branch) else {}
    return named_by(value, language)


def named_by(thing: Mapping[str, Any], language: str) -> str:
    """The same of what a thing says."""
    for key in NAMED_BY:
        value = thing.get(key)
        if isinstance(value, str | dict) and value:
            return str(in_language(value, language))
    return ""
