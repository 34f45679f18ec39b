"""The statements of the queue: each reads one index from a place on, as far as a page is long.

A walk is the open cases of one board that something holds for, in the order they are due. Its
index holds just them in just that order (`models.QUEUES`), so what is read is what is shown,
however many cases there are. Several walks are laid together, since no index has the order across
them; each gives no more than a page to that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection


class Place(NamedTuple):
    """Where in the order a row stands."""

    due: date
    id: int


@dataclass(frozen=True, slots=True)
class Walk:
    """What holds for its cases, as SQL; and the days between which they are due, both included."""

    index: str
    where: tuple[str, ...]
    values: tuple[Any, ...]
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a case: columns, with values for their places."""

    columns: str
    values: tuple[Any, ...] = ()


Statement = tuple[str, list[Any]]


def page(
    walks: Sequence[Walk], shown: Shown, limit: int, place: Place | None = None, *, back: bool
) -> Statement:
    """The `limit` cases that come next after `place`; going `back`, those before it, reversed."""
    way = "DESC" if back else "ASC"
    order = f"ORDER BY due {way}, id {way} LIMIT {limit:d}"
    steps = [step for walk in walks for step in _steps(walk, place, back=back)]
    # every value is a parameter; only our own words are put together here
    parts = [f"SELECT {shown.columns} {_from(step)} {order}" for step in steps]
    values = [value for step in steps for value in (*shown.values, *step.values)]
    if len(parts) == 1:
        return parts[0], values
    return f"SELECT * FROM ({_laid(parts)}) AS walks {order}", values  # noqa: S608


def count(walks: Sequence[Walk], most: int) -> Statement:
    """How many cases the walks hold; counting stops at `most` in each."""
    steps = [step for walk in walks for step in _steps(walk, None, back=False)]
    # the order keeps PostgreSQL in the index: it would rather look through the whole table for the
    # first hundred of many, not knowing that they all lie at its end
    parts = [f"SELECT 1 AS one {_from(step)} ORDER BY due, id LIMIT {most:d}" for step in steps]
    values = [value for step in steps for value in step.values]
    return f"SELECT count(*) FROM ({_laid(parts)}) AS walks", values  # noqa: S608


def _steps(walk: Walk, place: Place | None, *, back: bool) -> Iterator[Walk]:
    """The walk as conditions alone. From a place on it is two: the rest of that day, and the days
    beyond. As one, `(due, id) > (…)`, SQLite would begin at the day's first case: it finds no place
    by a row's own id together with a column before it.
    """
    if place is not None and _within(walk, place.due):
        sign = "<" if back else ">"
        yield _narrowed(walk, ["due = %s", f"id {sign} %s"], [place.due, place.id])
    yield _narrowed(walk, *_days(walk, place, back=back))


def _days(walk: Walk, place: Place | None, *, back: bool) -> tuple[list[str], list[date]]:
    """The days beyond `place`. One bound at each end, the nearer: of two, SQLite takes either."""
    low: tuple[str, date | None] = (">=", walk.first)
    high: tuple[str, date | None] = ("<=", walk.last)
    if place is not None and back and place.due <= (walk.last or date.max):
        high = ("<", place.due)
    if place is not None and not back and place.due >= (walk.first or date.min):
        low = (">", place.due)
    bounds = [(sign, day) for sign, day in (low, high) if day is not None]
    return [f"due {sign} %s" for sign, _ in bounds], [day for _, day in bounds]


def _within(walk: Walk, day: date) -> bool:
    return (walk.first or date.min) <= day <= (walk.last or date.max)


def _narrowed(walk: Walk, where: Sequence[str], values: Sequence[Any]) -> Walk:
    return Walk(walk.index, (*walk.where, *where), (*walk.values, *values))


def _from(step: Walk) -> str:
    # SQLite knows little of how values are spread and may take another filter's index, in which
    # most cases are not shown; PostgreSQL knows, and cannot be told
    told = f" INDEXED BY {step.index}" if connection.vendor == "sqlite" else ""
    return f"FROM cases_case{told} WHERE {' AND '.join(('open', *step.where))}"


def _laid(parts: Sequence[str]) -> str:
    return " UNION ALL ".join(f"SELECT * FROM ({part}) AS walk{n}" for n, part in enumerate(parts))  # noqa: S608
