"""For everyone: the same conditions over a Polars frame, all in one pass.

Every form becomes a column expression with the meaning it has for one person: `null` is unknown,
numbers are whole billionths (64 bits; 128 where a product needs them), what leaves the limits is
unknown. A value that is used several times is worked out once and kept in a column of its own
until the end, so that the work grows with the number of parts and never faster.
"""

import operator
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl

from allting.conditions import amounts, form
from allting.conditions.amounts import UNIT
from allting.conditions.facts import FactType
from allting.conditions.layers import Cell, Layers
from allting.conditions.many_helpers import CALLS, CONSTANT_END, half_away, narrow, wide
from allting.conditions.one import make
from allting.conditions.rules import Bound

Form = form.Form
DTYPES: dict[FactType, type[pl.DataType]] = {
    FactType.BOOLEAN: pl.Boolean,
    FactType.NUMBER: pl.Int64,
    FactType.TEXT: pl.String,
    FactType.DATE: pl.Date,
}


def with_answers(
    bounds: Mapping[str, Bound],
    frame: pl.LazyFrame,
    as_of: date,
    constants: Mapping[str, Any],
) -> pl.LazyFrame:
    """See `everyone.columns`."""
    schema = frame.collect_schema()
    for name in bounds:
        if name in schema:
            raise ValueError(f"the frame already has a column {name!r}: call the condition else")
    writer = _Writer(schema, constants, as_of)
    writer.note_shared([bound.form for bound in bounds.values()])
    results = [writer.result(bound.form).alias(name) for name, bound in bounds.items()]
    for layer in writer.layers.each:
        frame = frame.with_columns(layer)
    return frame.with_columns(results).select([*schema, *bounds])


class _Writer:
    def __init__(self, schema: pl.Schema, constants: Mapping[str, Any], as_of: date) -> None:
        self.schema = schema
        self.constants = constants
        self.as_of = as_of
        self.layers = Layers()
        self.cells: dict[Form, Cell] = {}
        self.shared: set[Form] = set()
        self.makers: dict[type, Callable[[Any], Cell]] = {
            form.Named: self.column,
            form.Not: lambda node: self.apply(operator.invert, node.part),
            form.Every: lambda node: self.apply(_every, *node.parts),
            form.Either: lambda node: self.apply(_either, *node.parts),
            form.Compare: lambda node: self.apply(COMPARE[node.sign], node.left, node.right),
            form.Between: self.between,
            form.Among: self.among,
            form.Missing: lambda node: self.apply(pl.Expr.is_null, node.value),
            form.Reckon: self.reckon,
            form.Negative: lambda node: self.apply(lambda n: narrow(wide(n) * -1), node.value),
            form.Call: self.call,
            form.FirstKnown: lambda node: self.apply(pl.coalesce, *node.options),
            form.Case: self.case,
        }

    def note_shared(self, forms: list[Form]) -> None:
        """What occurs more than once, here or there, is worked out once."""
        seen: Counter[Form] = Counter()
        waiting = list(forms)
        while waiting:
            node = waiting.pop()
            seen[node] += 1
            if seen[node] == 1:
                waiting.extend(form.inside(node))
        worth = (form.Call, form.Reckon, form.Case)
        self.shared = {node for node, count in seen.items() if count > 1 and type(node) in worth}

    def result(self, node: Form) -> pl.Expr:
        cell = self.cell(node)
        self.layers.reach(cell.level)
        if node.type is not FactType.NUMBER:
            return cell.expr
        billionth = pl.lit(amounts.plain(1), dtype=pl.Decimal(38, 9))
        return cell.expr.cast(pl.Decimal(38, 0)) * billionth

    # -- keeping

    def cell(self, node: Form) -> Cell:
        if node not in self.cells:
            self.cells[node] = self.made(node)
        return self.cells[node]

    def made(self, node: Form) -> Cell:
        if not any(name in self.schema for name in form.names_in(node)):
            # The same for everyone: worked out as for one person.
            return _constant(node.type, make(node).value(self.constants, self.as_of))
        cell = self.makers[type(node)](node)
        return self.layers.keep(cell) if node in self.shared else cell

    def simple(self, node: Form) -> Cell:
        """The cell of a node whose expression will be used more than once."""
        self.cells[node] = self.layers.keep(self.cell(node))
        return self.cells[node]

    def apply(self, function: Callable[..., pl.Expr], *nodes: Form) -> Cell:
        """A function that uses each of its arguments once."""
        return self.layers.combine(function, *(self.cell(node) for node in nodes))

    # -- facts

    def column(self, node: form.Named) -> Cell:
        kind, column = self.schema[node.name], pl.col(node.name)
        match node.type:
            case FactType.NUMBER:
                return self.layers.keep(Cell(_units(column, kind, node.name)))
            case FactType.TEXT if isinstance(kind, (pl.Categorical, pl.Enum)):
                return self.layers.keep(Cell(column.cast(pl.String)))
        if kind != DTYPES[node.type] and kind != pl.Null:
            raise _wrong_column(node.name, kind, str(DTYPES[node.type]))
        return Cell(column if kind != pl.Null else column.cast(DTYPES[node.type]), 0, simple=True)

    # -- the rest

    def between(self, node: form.Between) -> Cell:
        value, low, high = self.simple(node.value), self.cell(node.low), self.cell(node.high)
        return self.layers.combine(lambda v, a, b: (v >= a) & (v <= b), value, low, high)

    def among(self, node: form.Among) -> Cell:
        if all(isinstance(option, form.Literal) for option in node.options):
            values = [option.value for option in node.options if isinstance(option, form.Literal)]
            listed = pl.lit(pl.Series(values, dtype=DTYPES[node.value.type])).implode()
            return self.apply(lambda value: value.is_in(listed), node.value)
        value, *options = self.simple(node.value), *map(self.cell, node.options)
        return self.layers.combine(
            lambda v, *others: _either(*(v == other for other in others)), value, *options
        )

    def reckon(self, node: form.Reckon) -> Cell:
        left, right = node.left, node.right
        match node.sign:
            case "+":
                return self.apply(lambda a, b: narrow(wide(a) + wide(b)), left, right)
            case "-":
                return self.apply(lambda a, b: narrow(wide(a) - wide(b)), left, right)
            case "*":
                product = self.layers.keep(self.apply(lambda a, b: wide(a) * wide(b), left, right))
                return self.layers.combine(lambda p: narrow(half_away(p, UNIT)), product)
        return self.divide(left, right)

    def divide(self, left: Form, right: Form) -> Cell:
        above = self.layers.keep(self.apply(lambda a: wide(a) * UNIT, left))
        below = self.layers.keep(self.apply(wide, right))
        return self.layers.combine(lambda a, b: narrow(half_away(a, b)), above, below)

    def call(self, node: form.Call) -> Cell:
        arguments = node.arguments
        if node.name in ("age", "age_months"):
            name = "years_between" if node.name == "age" else "months_between"
            arguments = (*arguments, form.AsOf())
        else:
            name = node.name
        if name in CONSTANT_END and isinstance(arguments[1], form.AsOf):
            start = self.simple(arguments[0])
            return self.layers.combine(lambda day: CONSTANT_END[name](day, self.as_of), start)
        if name == "round":
            return self.rounded(node)
        return CALLS[name](self.layers, *(self.simple(argument) for argument in arguments))

    def rounded(self, node: form.Call) -> Cell:
        value, digits = node.arguments
        assert isinstance(digits, form.Literal)  # noqa: S101 - binding saw to it
        step = 10 ** (9 - int(digits.value) // UNIT)  # type: ignore[arg-type]
        number = self.layers.keep(self.layers.combine(wide, self.cell(value)))
        return self.layers.combine(lambda n: narrow(half_away(n, step) * step), number)

    def case(self, node: form.Case) -> Cell:
        cell = self.cell(node.otherwise)
        for condition, value in reversed(node.branches):
            holds, then = self.simple(condition), self.cell(value)
            cell = self.layers.combine(_branch(DTYPES[node.type]), holds, then, cell)
        return cell


def _branch(kind: type[pl.DataType]) -> Callable[[pl.Expr, pl.Expr, pl.Expr], pl.Expr]:
    def branch(holds: pl.Expr, then: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
        known = pl.when(holds).then(then).otherwise(otherwise)
        return pl.when(holds.is_null()).then(pl.lit(None, dtype=kind)).otherwise(known)

    return branch


COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _every(*parts: pl.Expr) -> pl.Expr:
    return pl.all_horizontal(parts)


def _either(*parts: pl.Expr) -> pl.Expr:
    return pl.any_horizontal(parts)


def _constant(kind: FactType, value: Any) -> Cell:
    return Cell(pl.lit(value, dtype=DTYPES[kind]), 0, simple=True)


def _units(column: pl.Expr, kind: pl.DataType, name: str) -> pl.Expr:
    """A number column as whole billionths."""
    if kind == pl.Null:
        return column.cast(pl.Int64)
    if kind.is_integer():
        return narrow(wide(column) * UNIT)
    if isinstance(kind, pl.Decimal) and kind.scale <= 9:
        return narrow(column.cast(pl.Decimal(38, 9)).to_physical())
    # Binary fractions would make "everyone" differ from "one person" in the last decimal.
    raise _wrong_column(name, kind, "a whole number or Decimal with at most nine decimals")


def _wrong_column(name: str, kind: pl.DataType, wanted: str) -> TypeError:
    return TypeError(f"the column {name} is {kind}, expected {wanted}")
