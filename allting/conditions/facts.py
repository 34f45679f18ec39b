"""What a condition may speak of: typed, named facts, declared by the rooms that hold them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class FactType(StrEnum):
    """The four types of the language."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `says` is its text per language, `source` who vouches for it.

    `options`, where given, are the only values a text may have: a condition that compares with
    another value is told at check time. `words` are texts for values that are ids, and `money`
    says that a number is an amount: both only for showing a value to people.
    """

    name: str
    type: FactType
    says: Mapping[str, str] = field(default_factory=dict, hash=False)
    source: str = ""
    options: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    money: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every fact that a condition of one service may name, by its full name."""

    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, **types: FactType | str) -> "Vocabulary":
        """A vocabulary from names and types alone; `__` stands for the dot of a scope.

        >>> sorted(Vocabulary.of(birth_date="date", answers__start="date").facts)
        ['answers.start', 'birth_date']
        """
        names = {name.replace("__", "."): FactType(kind) for name, kind in types.items()}
        return cls(MappingProxyType({name: Fact(name, kind) for name, kind in names.items()}))


SUBJECT = "subject"
"""The scope whose facts stand bare: the person whom the service concerns."""

HERE = "parameters.municipality_code"
"""What `here` is short for."""

Provider = Callable[[Any, str], Mapping[str, Fact]]
_declared: dict[str, dict[str, Fact]] = {}
_providers: dict[str, Provider] = {}


def facts(scope: str, mapping: Mapping[str, Fact]) -> None:
    """Declare the facts of a scope, by name: `facts("household", {"children": Fact(…)})`."""
    known = _declared.setdefault(scope, {})
    for name, fact in mapping.items():
        _must_be_a_word(name)
        if known.get(name, fact) != fact:
            raise ValueError(f"{scope}.{name} is already declared, as {known[name]}")
        known[name] = fact


def provider(scope: str, function: Provider) -> None:
    """Declare a scope whose facts depend on the service: `function(definition, service_id)`."""
    if _providers.get(scope, function) is not function:
        raise ValueError(f"the scope {scope} already has a provider")
    _providers[scope] = function


def declared() -> Mapping[str, Mapping[str, Fact]]:
    """The declared facts per scope, in the order of declaration; the subject's under `subject`."""
    return {scope: dict(members) for scope, members in _declared.items()}


def vocabulary(definition: Any, service_id: str) -> Vocabulary:
    """The facts that conditions of this service may name."""
    together: dict[str, Fact] = {}
    for scope, members in _declared.items():
        together |= _full_names(scope, members)
    for scope, function in _providers.items():
        together |= _full_names(scope, function(definition, service_id))
    return Vocabulary(MappingProxyType(together))


def _full_names(scope: str, members: Mapping[str, Fact]) -> dict[str, Fact]:
    prefix = "" if scope == SUBJECT else f"{scope}."
    return {prefix + name: fact for name, fact in members.items()}


def _must_be_a_word(name: str) -> None:
    if not (name.isidentifier() and name.isascii() and name == name.lower()):
        raise ValueError(f"{name!r} cannot be a fact's name: lower-case letters, digits and _")
