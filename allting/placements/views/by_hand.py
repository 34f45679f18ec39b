"""Children whom no round may place: the named handler's page, and nobody else's."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.identity.api import Request, employee, who
from allting.packages.api import current
from allting.placements.actions import place_by_hand
from allting.placements.errors import NotDone
from allting.placements.queries import Opened, open_for, tasks_by_hand
from allting.placements.rounds import capacities
from allting.placements.seats import free, givable
from allting.placements.views.common import at_units, day_in, in_words, uuid_in
from allting.placements.views.rounds import about
from allting.register.api import NAMED_HANDLER
from allting.ui.api import later, plain, render, translator, url


@require_http_methods(["GET", "POST"])
@employee(NAMED_HANDLER)
def by_hand(request: Request, round: UUID) -> HttpResponseBase:
    """The tasks, each with what the family wished; and a place given by hand."""
    opened = open_for(who(request), round)
    error = ""
    if request.method == "POST":
        error = _give(request, opened)
        if not error:
            return HttpResponseRedirect(url(request.language, "placements:by-hand", round=round))
    return render(
        request,
        "placements/by_hand.html",
        {**_page(opened, request.language), "error": error},
        status=422 if error else 200,
    )


def _page(opened: Opened, language: str) -> dict[str, Any]:
    held, kind, start = current(), opened.round.kind, opened.round.start
    left = free(kind, capacities(held, kind), start)
    options = [
        (id, f"{name} ({left[id]})")
        for id, name in at_units(givable(held, kind), language)
        if left[id]
    ]
    names = {id: plain(unit.name, language) for id, unit in opened.units.items()}
    return {
        **about(opened, language),
        "tasks": [
            {"it": it, "wishes": [names.get(unit, unit) for unit in it.task.wishes]}
            for it in tasks_by_hand(opened)
        ],
        "done": tasks_by_hand(opened, done=True),
        "options": options,
        "names": names,
    }


def _give(request: Request, opened: Opened) -> str:
    """Give a place; what is wrong, in words, or nothing."""
    speak = translator(request.language)
    task, unit = uuid_in(request.POST.get("task")), request.POST.get("unit", "")
    start = day_in(request, "start") or opened.round.start
    if task is None or not unit:
        return speak(later("Choose where the child is to have its place"))
    try:
        place_by_hand(task, by=who(request), unit=unit, start=start)
    except NotDone as why:
        return in_words(why, request.language)
    return ""
