"""From syntax tree to typed form: every node is checked against what the language has.

The list is positive: a kind of node without a rule here is refused, whatever it is. All mistakes
are gathered, so that the author meets them at once.
"""

from collections.abc import Callable
from datetime import date
from typing import NoReturn, cast

from sqlglot import exp

from allting.conditions import form
from allting.conditions.amounts import UNIT
from allting.conditions.facts import HERE, Fact, FactType, Vocabulary
from allting.conditions.faults import ConditionFault, Problem, did_you_mean
from allting.conditions.helpers import ELSEWHERE, HELPERS, SEVERAL
from allting.conditions.reading import read

MOST_PARTS = 200
DEEPEST = 32

Form = form.Form
B, N, T, D = FactType.BOOLEAN, FactType.NUMBER, FactType.TEXT, FactType.DATE
A = {B: "yes or no", N: "a number", T: "a text", D: "a date"}
COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
PREDICATES = (*COMPARISONS, exp.Between, exp.In, exp.Is)
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


def bind_form(source: str, vocabulary: Vocabulary, expects: FactType) -> Form:
    """The typed form of a condition's text, or a ConditionFault with every mistake in it."""
    tree = read(source)
    binder = _Binder(source, vocabulary)
    try:
        bound = binder.node(tree, 0)
    except RecursionError:
        raise ConditionFault([Problem(0, "nested too deeply", None, "split it")]) from None
    except _Enough:
        bound = None
    if bound is not None and bound.type is not expects:
        what = f"the whole is {A[bound.type]}"
        mend = "compare it with something" if expects is B else None
        binder.problems.append(Problem(_start(tree), what, A[expects], mend))
    if bound is None or binder.problems:
        raise ConditionFault(binder.problems)
    return bound


class _Enough(Exception):
    """Past a limit: there is no sense in reading on."""


class _Binder:
    def __init__(self, source: str, vocabulary: Vocabulary) -> None:
        self.source = source
        self.known = vocabulary.facts
        self.problems: list[Problem] = []
        self.parts = 0
        self.rules: dict[type[exp.Expr], Callable[..., Form | None]] = {
            exp.Column: self.column,
            exp.Literal: self.literal,
            exp.Boolean: lambda node, depth: form.Literal(B, bool(node.this)),
            exp.Null: self.null,
            exp.Not: self.negation,
            exp.Neg: self.negative,
            exp.And: self.joined,
            exp.Or: self.joined,
            exp.Between: self.between,
            exp.In: self.among,
            exp.Is: self.missing,
            exp.Case: self.case,
            exp.Cast: self.date_literal,
            exp.Anonymous: self.call,
            **dict.fromkeys(COMPARISONS, self.compare),
            **dict.fromkeys(ARITHMETIC, self.reckon),
        }

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
        return rule(node, depth + 1)

    def stop(self, node: exp.Expr, what: str) -> NoReturn:
        mend = "split it into several conditions"
        self.problems.append(Problem(_start(node), what, None, mend))
        raise _Enough

    def wrong(
        self, node: exp.Expr, what: str, expected: str | None = None, mend: str | None = None
    ) -> None:
        self.problems.append(Problem(_start(node), what, expected, mend))

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

    # -- names and literals

    def column(self, node: exp.Expr, depth: int) -> Form | None:
        name = ".".join(part.name for part in (node.args.get("table"), node.this) if part)
        if name == "as_of":
            return form.AsOf()
        fact = self.known.get(HERE if name == "here" else name)
        if fact is None:
            self.unknown_name(node, name)
            return None
        return form.Named(fact.type, HERE if name == "here" else name)

    def unknown_name(self, node: exp.Expr, name: str) -> None:
        if name == "here":
            self.wrong(
                node,
                "here is not known",
                "a parameter municipality-code",
                "state it under parameters in package.yaml",
            )
            return
        mend = ELSEWHERE.get(name.lower()) or did_you_mean(name, [*self.known, "here", "as_of"])
        if name.lower() in HELPERS or name.lower() in SEVERAL:
            mend = f"{name.lower()} is a helper and takes its values in brackets"
        self.wrong(node, f"{name} is not a known fact", None, mend)

    def literal(self, node: exp.Expr, depth: int) -> Form:
        text = str(node.this)
        if node.args.get("is_string"):
            return form.Literal(T, text)
        whole, _, decimals = text.partition(".")
        return form.Literal(N, int(whole or "0") * UNIT + int(decimals.ljust(9, "0")))

    def null(self, node: exp.Expr, depth: int) -> None:
        self.wrong(
            node, "null stands for no value", "a value", "write `… is null` or `… is not null`"
        )

    def date_literal(self, node: exp.Expr, depth: int) -> Form | None:
        inner, kind = node.this, node.args["to"]
        written = isinstance(inner, exp.Literal) and inner.args.get("is_string")
        if kind.this != exp.DType.DATE or not written or self.strange_parts(kind):
            return self.refuse(node)
        try:
            return form.Literal(D, date.fromisoformat(_iso(str(inner.this))))
        except ValueError:
            self.wrong(inner, f"'{inner.this}' is not a date", "a day such as '2026-08-17'")
            return None

    # -- yes and no

    def joined(self, node: exp.Expr, depth: int) -> Form | None:
        kind = type(node)
        members: list[exp.Expr] = []
        while type(node) is kind:  # a and b and c: one level, however many
            members.append(node.args["expression"])
            node = node.this
        parts = [self.typed(each, B, depth) for each in (node, *reversed(members))]
        if any(part is None for part in parts):
            return None
        sound = cast(tuple[Form, ...], tuple(parts))
        return form.Every(sound) if kind is exp.And else form.Either(sound)

    def negation(self, node: exp.Expr, depth: int) -> Form | None:
        part = self.typed(node.this, B, depth)
        return part and form.Not(part)

    def compare(self, node: exp.Expr, depth: int) -> Form | None:
        sign = COMPARISONS[type(node)]
        if self.chained(node):
            return None
        left = self.node(node.this, depth)
        right = self.node(node.args["expression"], depth)
        if left is None or right is None or not self.alike(node.args["expression"], left, right):
            return None
        if left.type is B and sign not in ("=", "<>"):
            self.wrong(node, f"yes and no have no order for {sign}", "= or <>")
            return None
        self.check_options(node.args["expression"], left, right)
        self.check_options(node.this, right, left)
        return form.Compare(sign, left, right)

    def chained(self, node: exp.Expr) -> bool:
        sides = (node.this, node.args.get("expression"))
        if any(isinstance(side, PREDICATES) for side in sides):
            self.wrong(
                node,
                "one comparison inside another",
                "one at a time",
                "write `x between a and b`, join them with and, or use brackets",
            )
            return True
        return False

    def between(self, node: exp.Expr, depth: int) -> Form | None:
        low, high = node.args["low"], node.args["high"]
        parts = [self.node(each, depth) for each in (node.this, low, high)]
        value, first, last = parts
        if value is None or first is None or last is None:
            return None
        if not (self.alike(low, value, first) and self.alike(high, value, last)):
            return None
        if value.type is B:
            self.wrong(node, "yes and no have no order for between", "= or <>")
            return None
        return form.Between(value, first, last)

    def among(self, node: exp.Expr, depth: int) -> Form | None:
        value = self.node(node.this, depth)
        listed = node.args.get("expressions") or []
        if not listed:
            self.wrong(node, "in without a list", "in ('a', 'b')")
            return None
        options = [self.node(each, depth) for each in listed]
        if value is None:
            return None
        sound = []
        for written, option in zip(listed, options, strict=True):
            if option is not None and self.alike(written, value, option):
                self.check_options(written, value, option)
                sound.append(option)
        return form.Among(value, tuple(sound)) if len(sound) == len(listed) else None

    def missing(self, node: exp.Expr, depth: int) -> Form | None:
        if not isinstance(node.args["expression"], exp.Null):
            self.wrong(
                node,
                "is … is only for null",
                "is null or is not null",
                "write `= true` or `= false`",
            )
            return None
        value = self.node(node.this, depth)
        return value and form.Missing(value)

    # -- numbers, choices, helpers

    def reckon(self, node: exp.Expr, depth: int) -> Form | None:
        sign = ARITHMETIC[type(node)]
        if sign == "-" and self.hyphenated(node):
            return None
        left = self.node(node.this, depth)
        right = self.node(node.args["expression"], depth)
        if left is None or right is None:
            return None
        for written, part in ((node.this, left), (node.args["expression"], right)):
            if part.type is not N:
                mend = "write add_days(day, n) or days_between(a, b)" if part.type is D else None
                self.wrong(written, f"{A[part.type]} cannot be reckoned with {sign}", A[N], mend)
                return None
        return form.Reckon(sign, left, right)

    def hyphenated(self, node: exp.Expr) -> bool:
        """Whether someone wrote an id with its hyphens: `answers.needs-care`."""
        right = node.args["expression"]
        if not isinstance(node.this, exp.Column) or not isinstance(right, exp.Column):
            return False
        end = _end(right)
        written = self.source[_start(node.this) : end + 1]
        name = written.replace("-", "_")
        if name not in self.known or written in self.known:
            return False
        self.wrong(
            node,
            f"{written} is not a known fact",
            None,
            f"hyphens in ids become underscores: {name}",
        )
        return True

    def negative(self, node: exp.Expr, depth: int) -> Form | None:
        value = self.typed(node.this, N, depth)
        if isinstance(value, form.Literal):
            return form.Literal(N, -int(cast(int, value.value)))
        return value and form.Negative(value)

    def case(self, node: exp.Expr, depth: int) -> Form | None:
        if node.args.get("default") is None:
            self.wrong(
                node,
                "a case without else",
                "case when … then … else … end",
                "say what it is otherwise",
            )
            return None
        ifs = node.args["ifs"]
        conditions = [self.typed(each.this, B, depth) for each in ifs]
        written = [each.args["true"] for each in ifs] + [node.args["default"]]
        values = self.same_type(written, depth)
        if values is None or any(each is None for each in conditions):
            return None
        branches = tuple(zip(cast(list[Form], conditions), values[:-1], strict=True))
        return form.Case(values[0].type, branches, values[-1])

    def call(self, node: exp.Expr, depth: int) -> Form | None:
        name = str(node.this).lower()
        arguments = list(node.args.get("expressions") or [])
        if name in SEVERAL:
            return self.several(node, name, arguments, depth)
        helper = HELPERS.get(name)
        if helper is None:
            mend = ELSEWHERE.get(name) or did_you_mean(name, [*HELPERS, *SEVERAL])
            self.wrong(node, f"there is no helper {name}()", None, mend)
            return None
        if name == "round":
            return self.rounding(node, arguments, depth)
        if len(arguments) != len(helper.takes):
            what = f"{name}() is given {len(arguments)} values"
            self.wrong(node, what, helper.signature)
            return None
        parts = [
            self.typed(each, kind, depth, f"{name}()")
            for each, (_, kind) in zip(arguments, helper.takes, strict=True)
        ]
        if any(part is None for part in parts):
            return None
        return form.Call(helper.gives, name, cast(tuple[Form, ...], tuple(parts)))

    def rounding(self, node: exp.Expr, arguments: list[exp.Expr], depth: int) -> Form | None:
        if len(arguments) not in (1, 2):
            self.wrong(node, f"round() is given {len(arguments)} values", "round(number, decimals)")
            return None
        value = self.typed(arguments[0], N, depth, "round()")
        digits: Form | None = form.Literal(N, 0)
        if len(arguments) == 2:
            digits = self.node(arguments[1], depth)
        if value is None or digits is None:
            return None
        allowed = [each * UNIT for each in range(-9, 10)]
        if not isinstance(digits, form.Literal) or digits.value not in allowed:
            self.wrong(arguments[1], "the number of decimals", "a whole number from -9 to 9")
            return None
        return form.Call(N, "round", (value, digits))

    def several(
        self, node: exp.Expr, name: str, arguments: list[exp.Expr], depth: int
    ) -> Form | None:
        if len(arguments) < 2:
            self.wrong(node, f"{name}() is given {len(arguments)} values", "two or more")
            return None
        values = self.same_type(arguments, depth)
        if values is None:
            return None
        kind = values[0].type
        if name == "coalesce":
            return form.FirstKnown(kind, values)
        if kind not in (N, D):
            self.wrong(arguments[0], f"{name}() of {A[kind]}", "numbers or dates")
            return None
        return form.Call(kind, name, values)

    # -- types

    def typed(
        self, node: exp.Expr, kind: FactType, depth: int, where: str | None = None
    ) -> Form | None:
        part = self.node(node, depth)
        if part is None or part.type is kind:
            return part
        wanted = f"{A[kind]} for {where}" if where else A[kind]
        self.wrong(node, f"{self.words(node)} is {A[part.type]}", wanted, _date_hint(part, kind))
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
        mend = _date_hint(other, one.type) or _date_hint(one, other.type)
        self.wrong(
            node,
            f"{A[one.type]} and {A[other.type]} cannot be compared",
            A[one.type],
            mend or _quote_hint(other, one.type),
        )
        return False

    def words(self, node: exp.Expr) -> str:
        start, end = _start(node), _end(node)
        return self.source[start : end + 1] if isinstance(node, exp.Column) else "this"

    def check_options(self, node: exp.Expr, value: Form, option: Form) -> None:
        """A text that the fact can never have is a mistake."""
        if not isinstance(value, form.Named) or not isinstance(option, form.Literal):
            return
        fact: Fact = self.known[value.name]
        if fact.options and option.value not in fact.options:
            listed = ", ".join(f"'{each}'" for each in fact.options[:12])
            self.wrong(
                node,
                f"{value.name} is never '{option.value}'",
                f"one of {listed}",
                did_you_mean(str(option.value), fact.options),
            )


def _iso(text: str) -> str:
    if len(text) != 10:  # fromisoformat also takes 20260817 and week dates: one spelling is enough
        raise ValueError(text)
    return text


def _date_hint(part: Form, wanted: FactType) -> str | None:
    if wanted is D and isinstance(part, form.Literal) and part.type is T:
        return f"write date '{part.value}'"
    return None


def _quote_hint(part: Form, wanted: FactType) -> str | None:
    if wanted is T and part.type is N:
        return "a text stands in single quotes"
    if wanted is N and part.type is T:
        return "a number stands without quotes"
    return None


def _start(node: exp.Expr) -> int:
    return min((place for place in _places(node, "start")), default=0)


def _end(node: exp.Expr) -> int:
    return max((place for place in _places(node, "end")), default=0)


def _places(node: exp.Expr, which: str) -> list[int]:
    return [each.meta[which] for each in node.walk() if which in (each._meta or {})]
