"""What kind of field a schema asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from allting.editing.words import LABELS, OF_NEW, PARTS
from allting.packages.api import ITEM

Schema = Mapping[str, Any]
Steps = tuple[str, ...]
BACK = "back."  # the box that takes a value back to the package below
OUT = "out."  # the box that takes a thing out of its list
TEXT, LINE, NUMBER, YES_NO, CHOICE, DATE, HOURS, GROUP, ITEMS, NAMED, NONE = (
    "text",
    "line",
    "number",
    "yes-no",
    "choice",
    "date",
    "hours",
    "group",
    "items",
    "named",
    "",
)
MARKDOWN = "markdown"
GROWS = ("Contact", "ProcessingTime", "Review", "Parameter", "Address")  # may say more than now


def name_of(path: Sequence[str]) -> str:
    """A path as the name of a field: letters that need no quotes in an address."""
    return "f." + ".".join(path).replace(ITEM, "_")


# what residents read one after the other, and an editor may add to: by what each thing is
ADDED_TO = ("AskedBefore", "Channel", "LastDay", "Unit")


class Schemas:
    """A file's schema, with what it refers to."""

    def __init__(self, whole: Schema, *, fresh: bool = False) -> None:
        self.whole = whole
        self._labels = {**LABELS, **OF_NEW} if fresh else LABELS
        self._named: Schema = whole.get("$defs", {})

    def resolved(self, schema: Schema) -> Schema:
        """What a schema says, references followed and "or nothing" left out."""
        while True:
            if "$ref" in schema:
                schema = self._named[schema["$ref"].rpartition("/")[2]]
                continue
            ways = [one for one in self._ways(schema) if one.get("type") != "null"]
            if len(ways) != 1 or ways[0] is schema:
                return schema
            schema = ways[0]

    def _ways(self, schema: Schema) -> list[Schema]:
        found: list[Schema] = []
        for one in schema.get("anyOf", schema.get("oneOf", ())):
            found += self._ways(one) if "anyOf" in one else [one]
        return found or [schema]

    def kind(self, key: str, schema: Schema) -> str:
        """The kind of field for a key; none for what is not changed at the desk."""
        ways = self._ways(schema)
        if any("propertyNames" in one and "additionalProperties" in one for one in ways):
            texts = all(_text_per_language(one) for one in ways if one.get("type") == "object")
            if texts and key in self._labels:
                return TEXT
        it = self.resolved(schema)
        kind = it.get("type")
        if kind == "object" or "properties" in it:
            return self._of_object(key, it)
        if kind == "array":
            return self._of_list(key, it)
        return _of_value(it) if key in self._labels else NONE

    def added_to(self, schema: Schema) -> bool:
        """Whether it is a list that an editor may add to."""
        inner = self.resolved(schema).get("items")
        return isinstance(inner, Mapping) and self.resolved(inner).get("title") in ADDED_TO

    def _of_object(self, key: str, it: Schema) -> str:
        if "properties" in it:
            return GROUP if key in PARTS else NONE
        named = "properties" in self.of_each(it)
        return NAMED if named and key in PARTS else NONE

    def of_each(self, it: Schema) -> Schema:
        """What a mapping asks of each of its values."""
        inner = it.get("additionalProperties") or next(
            iter(it.get("patternProperties", {}).values()), None
        )
        return self.resolved(inner) if isinstance(inner, Mapping) else {}

    def _of_list(self, key: str, it: Schema) -> str:
        inner = self.resolved(it.get("items", {}))
        properties = set(inner.get("properties", ()))
        if properties == {"days", "opens", "closes"}:
            return HOURS
        return ITEMS if properties and key in PARTS else NONE


def _text_per_language(schema: Schema) -> bool:
    inner = schema.get("additionalProperties")
    return isinstance(inner, Mapping) and inner.get("type") == "string"


def _of_value(it: Schema) -> str:
    kind = it.get("type")
    if "enum" in it:
        return CHOICE
    if kind in ("integer", "number"):
        return NUMBER
    if kind == "boolean":
        return YES_NO
    if isinstance(kind, list):
        return LINE
    if kind != "string" or str(it.get("pattern", "")).startswith("^[a-z][a-z0-9]*(?:-"):
        return NONE
    return DATE if it.get("format") == "date" else LINE
