"""Walking a syntax tree: limits, the positive list, types, and every mistake gathered."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NoReturn, cast

from sqlglot import exp

from allting.conditions import form
from allting.conditions.facts import FactType, Vocabulary
from allting.conditions.faults import Problem

MOST_PARTS = 200
DEEPEST = 32

Form = form.Form
B, N, T, D = FactType.BOOLEAN, FactType.NUMBER, FactType.TEXT, FactType.DATE
A = {B: "yes or no", N: "a number", T: "a text", D: "a date"}
PARTS: dict[type[exp.Expr], frozenset[str]] = {
    exp.Column: frozenset({"this", "table"}),
    exp.Identifier: frozenset({"this"}),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Case: frozenset({"ifs", "default"}),
    exp.If: frozenset({"this", "true"}),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.Cast: frozenset({"this", "to"}),
    exp.DataType: frozenset({"this"}),
    exp.Anonymous: frozenset({"this", "expressions"}),
    exp.Boolean: frozenset({"this"}),
}
USUAL_PARTS = frozenset({"this", "expression"})


class Enough(Exception):
    """Past a limit: there is no sense in reading on."""


class Binder:
    """Walks a syntax tree by a table of rules and gathers what is wrong."""

    def __init__(
        self, source: str, vocabulary: Vocabulary, rules: Mapping[type[exp.Expr], "Rule"]
    ) -> None:
        self.source = source
        self.known = vocabulary.facts
        self.problems: list[Problem] = []
        self.parts = 0
        self.rules = rules

    def node(self, node: exp.Expr, depth: int) -> Form | None:
        """The form of one node; None when it (or something inside) is wrong."""
        while isinstance(node, exp.Paren):
            node = node.this
        self.parts += 1
        if self.parts > MOST_PARTS:
            self.stop(node, f"more than {MOST_PARTS} parts")
        if depth > DEEPEST:
            self.stop(node, f"more than {DEEPEST} levels deep")
        rule = self.rules.get(type(node))
        if rule is None or self.strange_parts(node):
            return self.refuse(node)
        return rule(self, node, depth + 1)

    def stop(self, node: exp.Expr, what: str) -> NoReturn:
        mend = "split it into several conditions"
        self.problems.append(Problem(start_of(node), what, None, mend))
        raise Enough

    def wrong(
        self, node: exp.Expr, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        self.problems.append(Problem(start_of(node), what, expected, mend))

    def refuse(self, node: exp.Expr) -> Form | None:
        name = type(node).__name__.lower()
        self.wrong(
            node,
            f"this ({name}) is not part of the language",
            "facts, literals, operators and helpers",
            "docs/package-language.md lists them",
        )
        return None

    def strange_parts(self, node: exp.Expr) -> bool:
        usual = PARTS.get(type(node), USUAL_PARTS)
        return any(value and name not in usual for name, value in node.args.items())

    # -- types

    def typed(
        self, node: exp.Expr, kind: FactType, depth: int, where: str | None = None
    ) -> Form | None:
        part = self.node(node, depth)
        if part is None or part.type is kind:
            return part
        wanted = f"{A[kind]} for {where}" if where else A[kind]
        self.wrong(node, f"{self.words(node)} is {A[part.type]}", wanted, date_hint(part, kind))
        return None

    def same_type(self, nodes: list[exp.Expr], depth: int) -> tuple[Form, ...] | None:
        parts = [self.node(node, depth) for node in nodes]
        if any(part is None for part in parts):
            return None
        sound = cast(tuple[Form, ...], tuple(parts))
        agree = [self.alike(node, sound[0], part) for node, part in zip(nodes, sound, strict=True)]
        return sound if all(agree) else None

    def alike(self, node: exp.Expr, one: Form, other: Form) -> bool:
        if one.type is other.type:
            return True
        mend = date_hint(other, one.type) or date_hint(one, other.type)
        self.wrong(
            node,
            f"{A[one.type]} and {A[other.type]} cannot be compared",
            A[one.type],
            mend or quote_hint(other, one.type),
        )
        return False

    def words(self, node: exp.Expr) -> str:
        start, end = start_of(node), end_of(node)
        return self.source[start : end + 1] if isinstance(node, exp.Column) else "this"


Rule = Callable[[Binder, exp.Expr, int], Form | None]


def date_hint(part: Form, wanted: FactType) -> str | None:
    if not (wanted is D and isinstance(part, form.Literal) and part.type is T):
        return None
    try:
        date.fromisoformat(str(part.value))
    except ValueError:
        return "write a day as date '2026-08-17'"
    return f"write date '{part.value}'"


def quote_hint(part: Form, wanted: FactType) -> str | None:
    if wanted is T and part.type is N:
        return "a text stands in single quotes"
    if wanted is N and part.type is T:
        return "a number stands without quotes"
    return None


def start_of(node: exp.Expr) -> int:
    return min((place for place in _places(node, "start")), default=0)


def end_of(node: exp.Expr) -> int:
    return max((place for place in _places(node, "end")), default=0)


def _places(node: exp.Expr, which: str) -> list[int]:
    return [each.meta[which] for each in node.walk() if which in (each._meta or {})]
