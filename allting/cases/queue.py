"""The queue of an employee's boards: open cases, the one due first on top.

Written as SQL, for it is the page that is looked at all day: plain rows, and for each filter an
index whose order is the order shown, so that a page of fifty reads fifty rows whether a thousand
cases are open or a million. Several boards are several such walks laid together, since one index
cannot give the order across boards. Pages are found by the last row's place, not by counting.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from allting.cases.definitions import DECIDE, PROCESS
from allting.cases.rules import parts_of
from allting.catalogue.api import services
from allting.identity.api import Actor
from allting.kernel.api import bundle, rows
from allting.packages.api import Edition, current

PAGE = 50
MOST = 100  # counts stop here: "99+"
SOON = timedelta(days=7)

_COLUMNS = "id, number, edition, service, board, stage, due, subject, handler_name"


View = Literal["", "overdue", "soon", "mine", "unassigned", "decide"]
VIEWS: tuple[View, ...] = ("overdue", "soon", "mine", "unassigned", "decide")


class Row(NamedTuple):
    """One case in the queue."""

    id: int
    number: str
    edition: int
    service: str
    board: str
    stage: str
    due: date
    subject: str  # the person's id, 32 digits
    handler_name: str  # empty: nobody has taken it
    mine: bool


class Place(NamedTuple):
    """Where in the order a row stands."""

    due: date
    id: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue to show; nothing set shows all."""

    board: str = ""
    service: str = ""
    stage: str = ""
    view: View = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the queue, and the places from which to go on and back."""

    rows: tuple[Row, ...]
    after: Place | None
    before: Place | None


def desk_roles(held: Edition) -> frozenset[str]:
    """The roles that have something to do in any process."""
    return held.memo(
        "cases.desk_roles",
        lambda: frozenset().union(*map(parts_of, held.definition.all(PROCESS).values())),
    )


def deciding_roles(held: Edition, board: str) -> frozenset[str]:
    """The roles that decide in any process of a board's services."""

    def build() -> frozenset[str]:
        own = [id for id, it in services(held).items() if it.board == board]
        processes = (held.definition.find(PROCESS, id) for id in own)
        return frozenset(m.who for p in processes if p for m in p.moves if m.do == DECIDE)

    return held.memo(("cases.deciding_roles", board), build)


def desk_boards(actor: Actor) -> tuple[str, ...]:
    """The boards whose cases the actor works with, in one order."""
    roles = desk_roles(current())
    return tuple(sorted({r.board for r in actor.roles if r.name in roles}))


def queue(
    actor: Actor,
    filters: Filters,
    *,
    as_of: date,
    after: Place | None = None,
    before: Place | None = None,
    limit: int = PAGE,
) -> Page:
    """A page of the actor's queue: one query. Nothing for someone without a board."""
    boards = desk_boards(actor)
    if filters.board:
        boards = tuple(board for board in boards if board == filters.board)
    walks = [walk for board in boards for walk in _walks(actor, board, filters, as_of)]
    if not walks:
        return Page((), None, None)
    sql, values = _together(actor, walks, after, before, limit + 1)
    found = _read(bundle(f"{_COLUMNS}, mine", sql, values))
    more = len(found) > limit
    found = found[:limit]
    if before is not None:
        found = found[::-1]
    ahead = more if before is None else True
    behind = after is not None if before is None else more
    return Page(
        found,
        Place(found[-1].due, found[-1].id) if found and ahead else None,
        Place(found[0].due, found[0].id) if found and behind else None,
    )


Walk = tuple[str, list[Any]]


def _walks(actor: Actor, board: str, filters: Filters, as_of: date) -> list[Walk]:
    """The conditions for one board, as many walks as there are roles of whose turn it is."""
    where, values = ["board = %s"], [board]
    for column in ("service", "stage"):
        wanted = getattr(filters, column)
        if wanted:
            where.append(f"{column} = %s")
            values.append(wanted)
    viewed, given = _view(actor, filters.view, as_of)
    where, values = [*where, *viewed], [*values, *given]
    if filters.view != "decide":
        return [(" AND ".join(where), values)]
    held = {r.name for r in actor.roles if r.board == board}
    decided = " AND ".join([*where, "to_decide", "waits_for = %s"])
    roles = sorted(held & deciding_roles(current(), board))
    return [(decided, [*values, role]) for role in roles]


def _view(actor: Actor, view: View, as_of: date) -> tuple[list[str], list[Any]]:
    if view == "overdue":
        return ["due < %s"], [as_of]
    if view == "soon":
        return ["due >= %s", "due <= %s"], [as_of, as_of + SOON]
    if view == "mine":
        return ["handler = %s"], [actor.account]
    return (["handler IS NULL"], []) if view == "unassigned" else ([], [])


def _together(
    actor: Actor, walks: list[Walk], after: Place | None, before: Place | None, limit: int
) -> tuple[str, list[Any]]:
    sign, way, place = (">", "ASC", after) if before is None else ("<", "DESC", before)
    order = f"ORDER BY due {way}, id {way} LIMIT {limit:d}"
    parts: list[str] = []
    values: list[Any] = []
    for where, given in walks:
        step = f" AND (due, id) {sign} (%s, %s)" if place else ""
        # every value is a parameter; only our own words are put together here
        parts.append(
            f"SELECT {_COLUMNS}, handler = %s AS mine"  # noqa: S608
            f" FROM cases_case WHERE open AND {where}{step} {order}"
        )
        values += [actor.account, *given, *(place or ())]
    if len(parts) == 1:
        return parts[0], values
    laid = " UNION ALL ".join(f"SELECT * FROM ({part}) AS walk{n}" for n, part in enumerate(parts))  # noqa: S608
    return f"SELECT * FROM ({laid}) AS walks {order}", values  # noqa: S608


@lru_cache(maxsize=64)  # a queue that is looked at all day is mostly as it was
def _read(cases: str) -> tuple[Row, ...]:
    return tuple(
        Row(id, number, edition, service, board, stage, date.fromisoformat(due),
            subject.replace("-", ""), handler_name, bool(mine))
        for id, number, edition, service, board, stage, due, subject, handler_name, mine
        in json.loads(cases)
    )  # fmt: skip


def counts(actor: Actor, *, as_of: date) -> dict[View, int]:
    """How many cases each view holds, at most MOST: one query that reads only indexes, and not
    far. The views of decisions are there only for those who decide."""
    boards = desk_boards(actor)
    asked = {
        view: [walk for board in boards for walk in _walks(actor, board, Filters(view=view), as_of)]
        for view in VIEWS
    }
    asked = {view: walks for view, walks in asked.items() if walks}
    if not asked:
        return {}
    sql = ", ".join(map(_counted, asked.values()))
    values = [value for walks in asked.values() for _, given in walks for value in given]
    found = rows(f"SELECT {sql}", values)[0]
    return {view: min(MOST, number) for view, number in zip(asked, found, strict=True)}


def _counted(walks: list[Walk]) -> str:
    inner = " UNION ALL ".join(
        f"SELECT * FROM (SELECT 1 AS one FROM cases_case WHERE open AND {where}"  # noqa: S608
        f" LIMIT {MOST}) AS walk{n}"
        for n, (where, _) in enumerate(walks)
    )
    return f"(SELECT count(*) FROM ({inner}) AS walks)"  # noqa: S608
