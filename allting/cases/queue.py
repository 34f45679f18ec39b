"""The queue of an employee's boards: open cases, the one due first on top.

Written as SQL, for it is the page that is looked at all day: plain rows, and for each combination
of filters an index whose order is the order shown, so that a page of fifty reads fifty rows whether
a thousand cases are open or a million (`walks.py`). Pages are found by the last row's place, not by
counting.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from allting.cases.definitions import DECIDE, PROCESS
from allting.cases.rules import parts_of
from allting.cases.walks import Place, Shown, Statement, Walk, count, page
from allting.catalogue.api import services
from allting.identity.api import Actor
from allting.kernel.api import bundle, rows
from allting.packages.api import Edition, current

PAGE = 50
MOST = 100  # counts stop here: "99+"
SOON = timedelta(days=7)

_COLUMNS = "id, number, edition, service, board, stage, due, subject, handler_name, offer"


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
    offer: str  # the situation, if a yes to an offer began it
    mine: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue to show; nothing set shows all. A stage is one of a service's."""

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
    shown = Shown(f"{_COLUMNS}, handler = %s AS mine", (actor.account,))
    sql, values = page(walks, shown, limit + 1, before or after, back=before is not None)
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


def _walks(actor: Actor, board: str, filters: Filters, as_of: date) -> list[Walk]:
    """What is shown of one board, as many walks as there are roles of whose turn it is."""
    equal = {"board": board}
    by = ""
    if filters.service:
        by, equal["service"] = "service", filters.service
        if filters.stage:
            by, equal["stage"] = "stage", filters.stage
    same, first, last = [f"{column} = %s" for column in equal], *_days(filters.view, as_of)
    return [
        Walk(
            index="_".join(filter(None, ("queue", whose, by))),
            where=(*same, *where),
            values=(*equal.values(), *given),
            first=first,
            last=last,
        )
        for whose, where, given in _whose(actor, board, filters.view)
    ]


def _days(view: View, as_of: date) -> tuple[date | None, date | None]:
    """The first and last day on which the cases of a view are due."""
    if view == "overdue":
        return None, as_of - timedelta(days=1)
    return (as_of, as_of + SOON) if view == "soon" else (None, None)


def _whose(
    actor: Actor, board: str, view: View
) -> list[tuple[str, tuple[str, ...], tuple[Any, ...]]]:
    """Whose turn it is: a word in the index's name, conditions and their values."""
    if view == "mine":
        return [("handler", ("handler = %s",), (actor.account,))]
    if view == "unassigned":
        return [("nobody", ("handler IS NULL",), ())]
    if view == "decide":
        held = {r.name for r in actor.roles if r.board == board}
        roles = sorted(held & deciding_roles(current(), board))
        return [("decide", ("to_decide", "waits_for = %s"), (role,)) for role in roles]
    return [("", (), ())]


@lru_cache(maxsize=64)  # a queue that is looked at all day is mostly as it was
def _read(cases: str) -> tuple[Row, ...]:
    return tuple(
        Row(id, number, edition, service, board, stage, date.fromisoformat(due),
            subject.replace("-", ""), handler_name, offer, bool(mine))
        for id, number, edition, service, board, stage, due, subject, handler_name, offer, mine
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
    counted: list[Statement] = [count(walks, MOST) for walks in asked.values()]
    sql = ", ".join(f"({one})" for one, _ in counted)
    found = rows(f"SELECT {sql}", [value for _, given in counted for value in given])[0]
    return {view: min(MOST, number) for view, number in zip(asked, found, strict=True)}
