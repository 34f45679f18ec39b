"""Where every child stands at every unit on its list, all at once in columns.

The same numbers as `keys.key_of` gives for one child; a test holds the two against each other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from allting.conditions.api import Bound, FactType, Shape, columns, crowd_of, table
from allting.placements.asks import Key
from allting.placements.keys import LAST, Line
from allting.placements.vocabulary import DISTANCE, SIBLING, SINCE, UNIT

METRE = 10**6  # billionths of a kilometre
Array = np.ndarray[Any, np.dtype[Any]]
Column = tuple[Shape, Array]


@dataclass(frozen=True, slots=True)
class Rows:
    """One row for each child and unit: which child (by place in `values`), and what is true there.

    `values` are the facts of each child, `since` the day of its wish.
    """

    child: Sequence[int]
    unit: Sequence[str]
    metres: Sequence[int | None]
    sibling: Sequence[bool]
    values: Sequence[Mapping[str, Any]]
    since: Sequence[date | None]


def keys_of(
    lines: Sequence[Line],
    types: Mapping[str, FactType],
    rows: Rows,
    constants: Mapping[str, Any],
    as_of: date,
) -> list[Key]:
    """The key of each row."""
    if not rows.child or not lines:
        return [() for _ in rows.child]
    bounds = {f"#{n}": line.bound for n, line in enumerate(lines)}
    crowd = crowd_of(_columns(bounds.values(), types, rows), len(rows.child))
    found = columns(bounds, crowd, as_of=as_of, constants=constants)
    numbers = np.empty((len(rows.child), len(lines)), np.int64)
    for n, line in enumerate(lines):
        told = found[f"#{n}"]
        if line.bound.type is FactType.BOOLEAN:
            numbers[:, n] = ~told.yes
        else:
            numbers[:, n] = np.where(told.known, told.values * line.sign, LAST)
    return [tuple(key) for key in numbers.tolist()]


def _columns(
    bounds: Collection[Bound], types: Mapping[str, FactType], rows: Rows
) -> dict[str, Column]:
    """What is asked for: of the unit from the rows, of the child from its own facts."""
    names = {name for bound in bounds for name in bound.names}
    found: dict[str, Column] = {}
    if UNIT in names:
        words = sorted(set(rows.unit))
        place = {word: at for at, word in enumerate(words)}
        shape = Shape(FactType.TEXT, 0, len(words) - 1, None, tuple(words))
        found[UNIT] = shape, np.array([place[unit] for unit in rows.unit], np.int64)
    if SIBLING in names:
        found[SIBLING] = Shape(FactType.BOOLEAN, 0, 1), np.array(rows.sibling, np.int64)
    if DISTANCE in names:
        away = np.array([-1 if it is None else it for it in rows.metres], np.int64)
        shape = Shape(FactType.NUMBER, 0, int(away.max(initial=-1)), -1, unit=METRE)
        found[DISTANCE] = shape, away
    return found | _of_children(names - found.keys(), types, rows)


def _of_children(
    names: Collection[str], types: Mapping[str, FactType], rows: Rows
) -> dict[str, Column]:
    people = [{**known, SINCE: since} for known, since in zip(rows.values, rows.since, strict=True)]
    stated = [name for name in names if any(one.get(name) is not None for one in people)]
    children = table({name: types[name] for name in stated}, people)
    pieces = list(children.slices())
    at = np.array(rows.child, np.int64)
    return {
        name: (shape, np.concatenate([piece.read(name) for piece in pieces])[at])
        for name, shape in children.shapes(stated).items()
    }
