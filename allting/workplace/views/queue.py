"""The queue of the employee's boards, and what matters to them now."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from allting.cases.api import (
    MOST,
    PROCESS,
    VIEWS,
    Filters,
    Page,
    Place,
    Process,
    View,
    counts,
    desk_boards,
    queue,
)
from allting.catalogue.api import board, services
from allting.identity.api import Actor, Request, employee, who
from allting.kernel.api import today
from allting.packages.api import Edition, current
from allting.register.api import names_for_lists
from allting.ui.api import later, plain, render, translator
from allting.workplace.listing import rows_html

NAMES = {
    "overdue": (later("Overdue"), "triangle-alert"),
    "soon": (later("Due within a week"), "calendar-clock"),
    "decide": (later("For you to decide"), "stamp"),
    "mine": (later("Yours"), "user-round"),
    "unassigned": (later("Taken by nobody"), "inbox"),
}
ORDER: tuple[View, ...] = ("overdue", "soon", "decide", "mine", "unassigned")


@require_GET
@employee()
def desk(request: Request) -> HttpResponse:
    """A page of the queue."""
    actor, language, day = who(request), request.language, today()
    filters = _filters(request.GET)
    page = _page(actor, filters, request.GET, day)
    boards = {row.subject: row.board for row in page.rows}
    names = names_for_lists(actor, boards, purpose="queue")
    context = {
        "rows": rows_html(page.rows, names, language, day),
        "any": bool(page.rows),
        "filters": filters,
        "filtered": filters != Filters(),
        "matters": list(_matters(actor, filters, language, day)),
        "choices": _choices(actor, filters, language),
        "next": _step(filters, "after", page.after),
        "previous": _step(filters, "before", page.before),
        "all": _address(Filters(board=filters.board, service=filters.service, stage=filters.stage)),
    }
    return render(request, "workplace/queue.html", context)


def _filters(given: Mapping[str, str]) -> Filters:
    view = given.get("view", "")
    return Filters(
        board=given.get("board", ""),
        service=given.get("service", ""),
        # a stage belongs to a service
        stage=given.get("stage", "") if given.get("service") else "",
        view=view if view in VIEWS else "",
    )


def _page(actor: Actor, filters: Filters, given: Mapping[str, str], day: date) -> Page:
    after, before = _place(given.get("after")), _place(given.get("before"))
    return queue(actor, filters, as_of=day, after=after, before=before)


def _place(written: str | None) -> Place | None:
    """A place as `2027-03-02.815`; None for anything that is not one."""
    day, _, id = (written or "").partition(".")
    try:
        return Place(date.fromisoformat(day), int(id))
    except ValueError:
        return None


def _step(filters: Filters, way: str, place: Place | None) -> str | None:
    return _address(filters, **{way: f"{place.due}.{place.id}"}) if place else None


def _address(filters: Filters, **more: str) -> str:
    asked = {
        "view": filters.view,
        "board": filters.board,
        "service": filters.service,
        "stage": filters.stage,
        **more,
    }
    said = urlencode({key: value for key, value in asked.items() if value})
    return f"?{said}" if said else "?"


def _matters(actor: Actor, filters: Filters, language: str, day: date) -> Iterator[dict[str, Any]]:
    found = counts(actor, as_of=day)
    speak = translator(language)
    for view in ORDER:
        if view in found:
            name, icon = NAMES[view]
            yield {
                "view": view,
                "name": speak(name),
                "icon": icon,
                "number": f"{MOST - 1}+" if found[view] >= MOST else str(found[view]),
                "none": found[view] == 0,
                "now": filters.view == view,
                "href": _address(Filters(view=view)),
            }


def _choices(actor: Actor, filters: Filters, language: str) -> dict[str, Any]:
    """What the filters can be set to, drawn once for each edition."""
    held = current()
    boards = desk_boards(actor)
    key = ("workplace.choices", boards, filters.service, language)
    return held.memo(key, lambda: _drawn_choices(held, boards, filters.service, language))


def _drawn_choices(
    held: Edition, boards: tuple[str, ...], service: str, language: str
) -> dict[str, Any]:
    own = {id: it for id, it in services(held).items() if it.board in boards}
    stages: list[tuple[str, str]] = []
    process: Process | None = held.definition.find(PROCESS, service) if service in own else None
    if process is not None:
        stages = [(s.id, plain(s.title, language)) for s in process.stages if not s.final]
    return {
        "boards": [(id, plain(board(held, id).name, language)) for id in boards],
        "services": [
            (id, plain(it.title, language))
            for id, it in own.items()
            if held.definition.find(PROCESS, id)
        ],
        "stages": stages,
    }
