"""The page around the rows of the queue, drawn once for all who see the same."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlencode

from markupsafe import Markup

from allting.cases.api import MOST, PROCESS, Filters, Process, View, desk_boards
from allting.catalogue.api import board, services
from allting.identity.api import Actor
from allting.packages.api import Edition, current
from allting.ui.api import Anyone, Shape, fragment, hole, later, plain, render, translator

NAMES = {
    "overdue": (later("Overdue"), "triangle-alert"),
    "soon": (later("Due within a week"), "calendar-clock"),
    "decide": (later("For you to decide"), "stamp"),
    "mine": (later("Yours"), "user-round"),
    "unassigned": (later("Taken by nobody"), "inbox"),
}
ORDER: tuple[View, ...] = ("overdue", "soon", "decide", "mine", "unassigned")
HOLES = ("matters", "post", "filters", "rows", "pager")
State = Literal["rows", "filtered", "empty"]


def whole(language: str, state: State) -> Shape:
    """The page with its frame. Its holes: HOLES, `me`, `csrf`, and `query`, the address's end."""
    return current().memo(("workplace.page", language, state), lambda: _draw(language, state))


def _draw(language: str, state: State) -> Shape:
    path = f"/{language}/desk/{hole('query')}"
    anyone: Any = Anyone(path, "", language, employee=True)
    parts = {name: Markup(hole(name)) for name in HOLES}  # noqa: S704 (our own marks)
    page = render(anyone, "workplace/queue.html", {**parts, "state": state})
    return Shape(page.content.decode())


def address(filters: Filters, **more: str) -> str:
    """The queue with these filters."""
    asked = {
        "view": filters.view,
        "board": filters.board,
        "service": filters.service,
        "stage": filters.stage,
        **more,
    }
    said = urlencode({key: value for key, value in asked.items() if value})
    return f"?{said}" if said else "?"


def matters(found: Mapping[View, int], now: View, language: str) -> Markup:
    """What matters now: each view with how many cases it holds."""
    return _matters(tuple(found.items()), now, language)


@lru_cache(maxsize=512)
def _matters(counted: Iterable[tuple[View, int]], now: View, language: str) -> Markup:
    found, speak = dict(counted), translator(language)
    shown = [
        {
            "view": view,
            "name": speak(NAMES[view][0]),
            "icon": NAMES[view][1],
            "number": f"{MOST - 1}+" if found[view] >= MOST else str(found[view]),
            "none": found[view] == 0,
            "now": now == view,
            "href": address(Filters(view=view)),
        }
        for view in ORDER
        if view in found
    ]
    return fragment(language, "workplace/matters.html", {"matters": shown})


@lru_cache(maxsize=512)
def pager(following: str | None, previous: str | None, language: str) -> Markup:
    """The ways on and back."""
    return fragment(language, "workplace/pager.html", {"next": following, "previous": previous})


@lru_cache(maxsize=8)
def post(language: str, *, takes_in: bool, keeps_post: bool) -> Markup:
    """The ways on from the queue: to what came on paper, and to the post that did not arrive."""
    shown = {"takes_in": takes_in, "keeps_post": keeps_post}
    return current().memo(
        ("workplace.post", language, takes_in, keeps_post),
        lambda: fragment(language, "workplace/post.html", shown),
    )


def filters_form(actor: Actor, filters: Filters, language: str) -> Markup:
    """What the queue can be narrowed by, and what it is narrowed by now."""
    held, boards = current(), desk_boards(actor)
    known = _known(held, boards, filters)
    key = ("workplace.filters", boards, known, filters != Filters(), language)

    def draw() -> Markup:
        choices = _choices(held, boards, known.service, language)
        context = {"choices": choices, "filters": known, "filtered": filters != Filters()}
        return fragment(language, "workplace/filters.html", context)

    return held.memo(key, draw)


def _known(held: Edition, boards: tuple[str, ...], filters: Filters) -> Filters:
    """The filters without what nobody can choose: anyone can write an address."""
    offered = services(held).get(filters.service)
    if offered is None or offered.board not in boards:
        filters = replace(filters, service="", stage="")
    elif filters.stage not in dict(_stages(held, filters.service)):
        filters = replace(filters, stage="")
    return filters if filters.board in boards else replace(filters, board="")


def _stages(held: Edition, service: str) -> list[tuple[str, Mapping[str, str]]]:
    """The stages in which a case of the service is open."""
    process: Process | None = held.definition.find(PROCESS, service)
    return [(s.id, s.title) for s in process.stages if not s.final] if process else []


def _choices(
    held: Edition, boards: tuple[str, ...], service: str, language: str
) -> dict[str, list[tuple[str, str]]]:
    offered = {
        id: it.title
        for id, it in services(held).items()
        if it.board in boards and held.definition.find(PROCESS, id)
    }
    return {
        "boards": [(id, plain(board(held, id).name, language)) for id in boards],
        "services": [(id, plain(title, language)) for id, title in offered.items()],
        "stages": [(id, plain(title, language)) for id, title in _stages(held, service)],
    }
