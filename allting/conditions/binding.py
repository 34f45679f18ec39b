"""From syntax tree to typed form: every node is checked against what the language has.

The list is positive: a kind of node without a rule here is refused, whatever it is. All mistakes
are gathered, so that the author meets them at once.
"""

import re
from datetime import date
from typing import cast

from sqlglot import exp

from allting.conditions import form
from allting.conditions.amounts import UNIT
from allting.conditions.binder import A, B, Binder, D, Enough, N, Rule, T, end_of, start_of
from allting.conditions.facts import HERE, Fact, FactType, Vocabulary
from allting.conditions.faults import ConditionFault, Problem, did_you_mean
from allting.conditions.helpers import ELSEWHERE, HELPERS, SEVERAL
from allting.conditions.reading import read

Form = form.Form
COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
# where facts of a scope are stated
STATED = {
    "parameters": "state it under parameters in package.yaml",
    "answers": "add a question with this id to form.yaml",
}
PREDICATES = (*COMPARISONS, exp.Between, exp.In, exp.Is)


def bind_form(source: str, vocabulary: Vocabulary, expects: FactType) -> Form:
    """The typed form of a condition's text, or a ConditionFault with every mistake in it."""
    tree = read(source)
    binder = Binder(source, vocabulary, RULES)
    try:
        bound = binder.node(tree, 0)
    except RecursionError:
        raise ConditionFault([Problem(0, "nested too deeply", None, "split it")]) from None
    except Enough:
        bound = None
    if bound is not None and bound.type is not expects:
        what = f"the whole is {A[bound.type]}"
        mend = "compare it with something" if expects is B else None
        binder.problems.append(Problem(start_of(tree), what, A[expects], mend))
    if bound is None or binder.problems:
        raise ConditionFault(binder.problems)
    return bound


# -- names and literals


def _column(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    name = ".".join(part.name for part in (node.args.get("table"), node.this) if part)
    if name == "as_of":
        return form.AsOf()
    fact = binder.known.get(HERE if name == "here" else name)
    if fact is None:
        _unknown_name(binder, node, name)
        return None
    return form.Named(fact.type, HERE if name == "here" else name)


def _unknown_name(binder: Binder, node: exp.Expr, name: str) -> None:
    word = name.lower()
    if name == "here":
        mend: str | None = "state it under parameters in package.yaml"
        binder.wrong(node, "here is not known", "a parameter municipality-code", mend)
        return
    mend = ELSEWHERE.get(word) or did_you_mean(name, [*binder.known, "here", "as_of"])
    if word in HELPERS or word in SEVERAL:
        mend = f"{word} is a helper and takes its values in brackets"
    mend = mend or STATED.get(word.partition(".")[0], "allting facts tells which there are")
    binder.wrong(node, f"{name} is not a known fact", None, mend)


def _literal(binder: Binder, node: exp.Expr, depth: int) -> Form:
    text = str(node.this)
    if node.args.get("is_string"):
        return form.Literal(T, text)
    whole, _, decimals = text.partition(".")
    return form.Literal(N, int(whole or "0") * UNIT + int(decimals.ljust(9, "0")))


def _null(binder: Binder, node: exp.Expr, depth: int) -> None:
    binder.wrong(
        node, "null stands for no value", "a value", "write `… is null` or `… is not null`"
    )


def _date_literal(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    inner, kind = node.this, node.args["to"]
    written = isinstance(inner, exp.Literal) and inner.args.get("is_string")
    if kind.this != exp.DType.DATE or not written or binder.strange_parts(kind):
        return binder.refuse(node)
    try:
        return form.Literal(D, date.fromisoformat(_iso(str(inner.this))))
    except ValueError:
        binder.wrong(inner, f"'{inner.this}' is not a date", "a day such as '2026-08-17'")
        return None


# -- yes and no


def _joined(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    kind = type(node)
    members: list[exp.Expr] = []
    while type(node) is kind:  # a and b and c: one level, however many
        members.append(node.args["expression"])
        node = node.this
    parts = [binder.typed(each, B, depth) for each in (node, *reversed(members))]
    if any(part is None for part in parts):
        return None
    sound = cast(tuple[Form, ...], tuple(parts))
    return form.Every(sound) if kind is exp.And else form.Either(sound)


def _negation(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    part = binder.typed(node.this, B, depth)
    return part and form.Not(part)


def _compare(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    sign = COMPARISONS[type(node)]
    if _chained(binder, node):
        return None
    left = binder.node(node.this, depth)
    right = binder.node(node.args["expression"], depth)
    if left is None or right is None or not binder.alike(node.args["expression"], left, right):
        return None
    if left.type is B and sign not in ("=", "<>"):
        binder.wrong(node, f"yes and no have no order for {sign}", "= or <>")
        return None
    _check_options(binder, node.args["expression"], left, right)
    _check_options(binder, node.this, right, left)
    return form.Compare(sign, left, right)


def _chained(binder: Binder, node: exp.Expr) -> bool:
    sides = (node.this, node.args.get("expression"))
    if any(isinstance(side, PREDICATES) for side in sides):
        mend = "write `x between a and b`, join them with and, or use brackets"
        binder.wrong(node, "one comparison inside another", "one at a time", mend)
        return True
    return False


def _between(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    low, high = node.args["low"], node.args["high"]
    parts = [binder.node(each, depth) for each in (node.this, low, high)]
    value, first, last = parts
    if value is None or first is None or last is None:
        return None
    if not (binder.alike(low, value, first) and binder.alike(high, value, last)):
        return None
    if value.type is B:
        binder.wrong(node, "yes and no have no order for between", "= or <>")
        return None
    return form.Between(value, first, last)


def _among(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    value = binder.node(node.this, depth)
    listed = node.args.get("expressions") or []
    if not listed:
        binder.wrong(node, "in without a list", "in ('a', 'b')")
        return None
    options = [binder.node(each, depth) for each in listed]
    if value is None:
        return None
    sound = []
    for written, option in zip(listed, options, strict=True):
        if option is not None and binder.alike(written, value, option):
            _check_options(binder, written, value, option)
            sound.append(option)
    return form.Among(value, tuple(sound)) if len(sound) == len(listed) else None


def _missing(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    if not isinstance(node.args["expression"], exp.Null):
        mend = "write `= true` or `= false`"
        binder.wrong(node, "is … is only for null", "is null or is not null", mend)
        return None
    value = binder.node(node.this, depth)
    return value and form.Missing(value)


# -- numbers, choices, helpers


def _reckon(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    sign = ARITHMETIC[type(node)]
    if sign == "-" and _hyphenated(binder, node):
        return None
    left = binder.node(node.this, depth)
    right = binder.node(node.args["expression"], depth)
    if left is None or right is None:
        return None
    for written, part in ((node.this, left), (node.args["expression"], right)):
        if part.type is not N:
            mend = "write add_days(day, n) or days_between(a, b)" if part.type is D else None
            binder.wrong(written, f"{A[part.type]} cannot be reckoned with {sign}", A[N], mend)
            return None
    return form.Reckon(sign, left, right)


def _hyphenated(binder: Binder, node: exp.Expr) -> bool:
    """Whether someone wrote an id with its hyphens: `answers.needs-care`."""
    written = binder.source[start_of(node) : end_of(node) + 1]
    name = written.replace("-", "_")
    if not re.fullmatch(r"[\w.]+(-\w+)+", written) or name not in binder.known:
        return False
    mend = f"hyphens in ids become underscores: {name}"
    binder.wrong(node, f"{written} is not a known fact", None, mend)
    return True


def _negative(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    value = binder.typed(node.this, N, depth)
    if isinstance(value, form.Literal):
        return form.Literal(N, -int(cast(int, value.value)))
    return value and form.Negative(value)


def _case(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    if node.args.get("default") is None:
        mend = "say what it is otherwise"
        binder.wrong(node, "a case without else", "case when … then … else … end", mend)
        return None
    ifs = node.args["ifs"]
    conditions = [binder.typed(each.this, B, depth) for each in ifs]
    written = [each.args["true"] for each in ifs] + [node.args["default"]]
    values = binder.same_type(written, depth)
    if values is None or any(each is None for each in conditions):
        return None
    branches = tuple(zip(cast(list[Form], conditions), values[:-1], strict=True))
    return form.Case(values[0].type, branches, values[-1])


def _call(binder: Binder, node: exp.Expr, depth: int) -> Form | None:
    name = str(node.this).lower()
    arguments = list(node.args.get("expressions") or [])
    if name in SEVERAL:
        return _several(binder, node, name, arguments, depth)
    helper = HELPERS.get(name)
    if helper is None:
        mend = ELSEWHERE.get(name) or did_you_mean(name, [*HELPERS, *SEVERAL])
        known = None if mend else "one that docs/package-language.md lists"
        binder.wrong(node, f"there is no helper {name}()", known, mend)
        return None
    if name == "round":
        return _rounding(binder, node, arguments, depth)
    if len(arguments) != len(helper.takes):
        what = f"{name}() is given {len(arguments)} values"
        binder.wrong(node, what, helper.signature)
        return None
    parts = [
        binder.typed(each, kind, depth, f"{name}()")
        for each, (_, kind) in zip(arguments, helper.takes, strict=True)
    ]
    if any(part is None for part in parts):
        return None
    return form.Call(helper.gives, name, cast(tuple[Form, ...], tuple(parts)))


def _rounding(binder: Binder, node: exp.Expr, arguments: list[exp.Expr], depth: int) -> Form | None:
    if len(arguments) not in (1, 2):
        binder.wrong(node, f"round() is given {len(arguments)} values", "round(number, decimals)")
        return None
    value = binder.typed(arguments[0], N, depth, "round()")
    digits: Form | None = form.Literal(N, 0)
    if len(arguments) == 2:
        digits = binder.node(arguments[1], depth)
    if value is None or digits is None:
        return None
    allowed = [each * UNIT for each in range(-9, 10)]
    fixed = isinstance(digits, form.Literal) and digits.type is N and digits.value in allowed
    if not fixed:
        binder.wrong(arguments[1], "the number of decimals", "a whole number from -9 to 9")
        return None
    return form.Call(N, "round", (value, digits))


def _several(
    binder: Binder, node: exp.Expr, name: str, arguments: list[exp.Expr], depth: int
) -> Form | None:
    if len(arguments) < 2:
        binder.wrong(node, f"{name}() is given {len(arguments)} values", "two or more")
        return None
    values = binder.same_type(arguments, depth)
    if values is None:
        return None
    kind = values[0].type
    if name == "coalesce":
        return form.FirstKnown(kind, values)
    if kind not in (N, D):
        binder.wrong(arguments[0], f"{name}() of {A[kind]}", "numbers or dates")
        return None
    return form.Call(kind, name, values)


def _check_options(binder: Binder, node: exp.Expr, value: Form, option: Form) -> None:
    """A text that the fact can never have is a mistake."""
    if not isinstance(value, form.Named) or not isinstance(option, form.Literal):
        return
    fact: Fact = binder.known[value.name]
    if fact.options and option.value not in fact.options:
        listed = ", ".join(f"'{each}'" for each in fact.options[:12])
        binder.wrong(
            node,
            f"{value.name} is never '{option.value}'",
            f"one of {listed}",
            did_you_mean(str(option.value), fact.options),
        )


def _iso(text: str) -> str:
    if len(text) != 10:  # fromisoformat also takes 20260817 and week dates: one spelling is enough
        raise ValueError(text)
    return text


RULES: dict[type[exp.Expr], Rule] = {
    exp.Column: _column,
    exp.Literal: _literal,
    exp.Boolean: lambda binder, node, depth: form.Literal(B, bool(node.this)),
    exp.Null: _null,
    exp.Not: _negation,
    exp.Neg: _negative,
    exp.And: _joined,
    exp.Or: _joined,
    exp.Between: _between,
    exp.In: _among,
    exp.Is: _missing,
    exp.Case: _case,
    exp.Cast: _date_literal,
    exp.Anonymous: _call,
    **dict.fromkeys(COMPARISONS, _compare),
    **dict.fromkeys(ARITHMETIC, _reckon),
}
"""Every kind of node there is; what is not here is refused."""
