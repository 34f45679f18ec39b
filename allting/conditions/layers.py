"""Columns built in layers: what is used several times is worked out once, in a layer below."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Cell:
    """An expression, how many layers must lie under it, and whether it may be repeated freely."""

    expr: pl.Expr
    level: int = 0
    simple: bool = False


class Layers:
    """The kept columns: each layer reads only the frame and the layers under it."""

    def __init__(self) -> None:
        self.each: list[list[pl.Expr]] = []
        self.kept = 0

    def keep(self, cell: Cell) -> Cell:
        if cell.simple:
            return cell
        self.reach(cell.level + 1)
        self.kept += 1
        name = f"\N{SECTION SIGN}{self.kept}"
        self.each[cell.level].append(cell.expr.alias(name))
        return Cell(pl.col(name), cell.level + 1, simple=True)

    def reach(self, level: int) -> None:
        while len(self.each) < level:
            self.each.append([])

    def combine(self, function: Callable[..., pl.Expr], *cells: Cell) -> Cell:
        return Cell(function(*(cell.expr for cell in cells)), max(cell.level for cell in cells))
