"""From pydantic's errors to words for the person who wrote the file."""

import re
import typing
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from allting.packages.nodes import Branch, Node, Origin, Path, follow
from allting.packages.problems import Problem, did_you_mean, nearest, one_of
from allting.packages.trouble import FAULT, said
from allting.ui.api import later, worded

Words = tuple[str, str | None, str | None]

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHAPES: dict[str, str] = {
    "string_type": worded("a text"),
    "string_unicode": worded("a text"),
    "int_type": worded("a whole number"),
    "int_parsing": worded("a whole number"),
    "int_from_float": worded("a whole number"),
    "float_type": worded("a number"),
    "float_parsing": worded("a number"),
    "decimal_type": worded("a number"),
    "decimal_parsing": worded("a number"),
    "finite_number": worded("a number"),
    "bool_type": worded("true or false"),
    "bool_parsing": worded("true or false"),
    "date_type": worded("a date such as 2026-08-17"),
    "date_parsing": worded("a date such as 2026-08-17"),
    "date_from_datetime_parsing": worded("a date such as 2026-08-17"),
    "date_from_datetime_inexact": worded("a date such as 2026-08-17"),
    "time_type": worded('a time of day such as "08:30"'),
    "time_parsing": worded('a time of day such as "08:30"'),
    "tuple_type": worded("a list"),
    "list_type": worded("a list"),
    "set_type": worded("a list"),
    "frozen_set_type": worded("a list"),
    "dict_type": worded("a group of keys with their values"),
    "mapping_type": worded("a group of keys with their values"),
    "model_type": worded("a group of keys with their values"),
    "model_attributes_type": worded("a group of keys with their values"),
    "none_required": worded("nothing"),
    "expression": worded("an expression or a number"),
    "string_pattern_mismatch": worded("a text of another form"),
}


def problem_from(error: ErrorDetails, tree: Branch, model: type[BaseModel]) -> Problem:
    """One of pydantic's errors, placed in the file and in plain words."""
    path = tuple(error["loc"])
    node = _into(tree, path)
    kind = error["type"]
    if kind == "missing":
        what, expected, mend = _missing(str(path[-1]), node)
        return Problem(node.origin, what, expected, mend)
    if kind == "extra_forbidden":
        words = _unknown_key(str(path[-1]), _keys_at(model, path[:-1]))
        return Problem(_place(tree, path, node, kind), *words)
    inner = (error.get("ctx") or {}).get("inner")
    if inner is not None:
        node = _into(node, (inner,))
    return Problem(_place(tree, path, node, kind), *in_words(error, _keys_met(tree, path)))


def _into(tree: Node, path: Path) -> Node:
    """The value an error is about; steps that name a branch of a union are passed over."""
    node = tree
    for step in path:
        inner, found = follow(node, (step,))
        node = inner if found else node
    return node


def _keys_met(tree: Node, path: Path) -> Path:
    """The steps of `path` that are really in the file."""
    met: list[str | int] = []
    for step in path:
        tree, found = follow(tree, (step,))
        if found:
            met.append(step)
    return tuple(met)


def _place(tree: Branch, path: Path, node: Node, kind: str) -> Origin:
    if kind == "extra_forbidden" or (path and path[-1] == "[key]"):
        last = path[-2] if path[-1] == "[key]" else path[-1]
        parent = _into(tree, path[: -2 if path[-1] == "[key]" else -1])
        if isinstance(parent, Branch):
            return parent.key_origin(str(last))
    return node.origin


def _missing(key: str, node: Node) -> Words:
    present = list(node.entries) if isinstance(node, Branch) else []
    meant = nearest(key, present)
    mend = worded("add '{key}: …'", key=key)
    if meant:
        mend = worded(
            "add '{key}: …'; is '{meant}' what you meant to call '{key}'?", key=key, meant=meant
        )
    expected = worded("the key '{key}', which must stand here", key=key)
    return worded("'{key}' is missing", key=key), expected, mend


def in_words(error: ErrorDetails, path: Path) -> Words:
    """What is wrong with the value at `path`, what was expected and how to mend it."""
    kind, context, value = error["type"], error.get("ctx") or {}, error.get("input")
    name = _name(path)
    if kind == FAULT:
        return context["what"], context.get("expected"), context.get("mend")
    if kind in _SHAPES:
        return _wrong_shape(name, kind, value)
    if kind in ("literal_error", "enum"):
        return _not_among(name, value, str(context.get("expected", "")))
    if kind in _LIMITS:
        return _beyond(name, kind, value, context)
    if kind == "value_error":
        return str(context.get("error", error["msg"])), None, None
    return f"{name}: {error['msg']}", None, None


def _name(path: Path) -> str:
    words = [step for step in path if isinstance(step, str) and step.isidentifier()]
    return worded("'{text}'", text=words[-1]) if words else worded("the value")


def _unknown_key(key: str, known: list[str]) -> Words:
    return (
        worded("'{key}' is not a key here", key=key),
        worded("one of {these}", these=one_of(known)) if known else None,
        did_you_mean(key, known) or worded("take it away, or move it to where it belongs"),
    )


def _wrong_shape(name: str, kind: str, value: Any) -> Words:
    expected = _SHAPES[kind]
    mend: str | None = None
    if kind.startswith("string") and isinstance(value, int | float) and not isinstance(value, bool):
        mend = worded('put it in quotes: "{value}"', value=value)
    elif kind.startswith("bool") and isinstance(value, str):
        mend = _true_or_false(value)
    elif kind in ("tuple_type", "list_type") and not isinstance(value, dict | list):
        mend = worded("put it in square brackets: [{value}]", value=value)
    elif isinstance(value, str) and kind.split("_")[0] in ("int", "float", "decimal"):
        mend = _without_quotes(value)
    what = worded("{name} is {value}", name=name, value=said(value))
    if kind.startswith("date") and isinstance(value, str) and _ISO_DATE.fullmatch(value):
        what = worded(
            "{name} is {value}, a day that is not in the calendar", name=name, value=said(value)
        )
    return what, expected, mend


def _true_or_false(value: str) -> str | None:
    if value.lower() in ("yes", "ja", "on", "true"):
        return worded("write true, without quotes")
    if value.lower() in ("no", "nej", "off", "false"):
        return worded("write false, without quotes")
    return None


def _without_quotes(value: str) -> str | None:
    digits = value.replace(" ", "").replace(",", ".")
    try:
        float(digits)
    except ValueError:
        return None
    return worded("write it without quotes, spaces or decimal comma: {digits}", digits=digits)


def _not_among(name: str, value: Any, expected: str) -> Words:
    choices = [part.strip().strip("'\"") for part in expected.replace(" or ", ", ").split(",")]
    return (
        worded("{name} is {value}", name=name, value=said(value)),
        worded("one of {these}", these=one_of(choices, limit=24)),
        did_you_mean(str(value), choices),
    )


_LIMITS = {
    "greater_than": ("gt", later("more than {n}")),
    "greater_than_equal": ("ge", later("{n} or more")),
    "less_than": ("lt", later("less than {n}")),
    "less_than_equal": ("le", later("{n} or less")),
    "multiple_of": ("multiple_of", later("a multiple of {n}")),
    "string_too_short": ("min_length", later("at least {n} characters")),
    "string_too_long": ("max_length", later("at most {n} characters")),
    "too_short": ("min_length", later("at least {n} in the list")),
    "too_long": ("max_length", later("at most {n} in the list")),
    "decimal_max_digits": ("max_digits", later("at most {n} figures")),
    "decimal_max_places": ("decimal_places", later("at most {n} decimals")),
}


def _beyond(name: str, kind: str, value: Any, context: Mapping[str, Any]) -> Words:
    key, words = _LIMITS[kind]
    what = worded("{name} is {value}", name=name, value=said(value))
    if kind in ("too_short", "too_long"):
        length = context.get("actual_length", len(value))
        what = worded("{name} has {length} in its list", name=name, length=length)
    limit = context.get(key)
    return what, worded(words, n=f"{limit:g}" if isinstance(limit, float) else limit), None


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand at a path of a model."""
    found = {model}
    for step in path:
        if isinstance(step, int) or step == "[key]":
            continue
        inner = {
            nested
            for one in found
            for name, field in one.model_fields.items()
            if step in (name, field.alias)
            for nested in models_in(field.annotation)
        }
        named = {one for one in found if one.__name__ == step}  # the branch of a union
        found = inner or named or found
    return [
        field.alias or name
        for one in sorted(found, key=repr)
        for name, field in one.model_fields.items()
    ]


def models_in(annotation: Any) -> set[type[BaseModel]]:
    """The models that a type annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in typing.get_args(annotation) for model in models_in(part)}
