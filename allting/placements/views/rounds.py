"""The rounds of an employee's boards: the list, one of them, opening, settling, dropping."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from allting.catalogue.api import board, service
from allting.identity.api import (
    Request,
    employee,
    signed_in_lately,
    to_fresh_sign_in,
    who,
)
from allting.kernel.api import today
from allting.packages.api import current, edition
from allting.placements.errors import NotDone
from allting.placements.jobs import settle_round
from allting.placements.keys import lines_of
from allting.placements.models import Round
from allting.placements.queries import (
    PAGE,
    Opened,
    open_for,
    rounds_of,
    services_with_places,
    tasks_by_hand,
)
from allting.placements.rounds import drop_round, open_round, settle
from allting.placements.showing import STATES, bars, rules
from allting.placements.views.common import day_in, not_done, typed, uuid_in
from allting.placements.what_if import Changes, what_if
from allting.ui.api import later, plain, render, translator, url

AT_ONCE = 5_000  # children; a larger round is settled in the background
UNITS = 40  # bars on a page


@require_http_methods(["GET", "POST"])
@employee()
def rounds(request: Request) -> HttpResponseBase:
    """The list, and a new round."""
    if request.method == "POST":
        return _opened(request)
    return _list(request, {}, {})


def _list(request: Request, values: dict[str, Any], errors: dict[str, str]) -> HttpResponse:
    actor, language = who(request), request.language
    found = rounds_of(actor, before=uuid_in(request.GET.get("before")))
    held = current()
    choices = [(id, plain(service(held, id).title, language)) for id in services_with_places(actor)]
    more = len(found) > PAGE
    context = {
        "rounds": [_row(it, language) for it in found[:PAGE]],
        "next": f"?before={found[PAGE - 1].id}" if more else None,
        "choices": choices,
        "values": values,
        "error": errors,
        "errors": [{"href": f"#{name}", "text": said} for name, said in errors.items()],
    }
    return render(request, "placements/rounds.html", context, status=422 if errors else 200)


def _row(it: Round, language: str) -> dict[str, Any]:
    state, tone = STATES[Round.State(it.state)]
    return {
        "round": it,
        "service": service(edition(it.edition), it.service).title,
        "state": translator(language)(state),
        "tone": tone,
        "href": url(language, "placements:round", round=it.id),
    }


def _opened(request: Request) -> HttpResponseBase:
    actor, speak = who(request), translator(request.language)
    choices = services_with_places(actor)
    if not choices:
        raise PermissionDenied
    wanted = request.POST.get("service", "") if len(choices) > 1 else choices[0]
    start = day_in(request, "start")
    errors = {}
    if wanted not in choices:
        errors["service"] = speak(later("Choose a service"))
    if start is None:
        errors["start"] = speak(later("Write a day, for example 2027 1 11"))
    elif start <= today():
        errors["start"] = speak(later("The first day is to be later than today"))
    if errors or start is None:
        return _list(request, {"service": wanted, "start": typed(request, "start")}, errors)
    back = url(request.language, "placements:rounds")
    try:
        found = open_round(service=wanted, start=start, by=actor)
    except NotDone as why:
        return not_done(request, why, back)
    return HttpResponseRedirect(url(request.language, "placements:round", round=found))


@require_safe
@employee()
def round(request: Request, round: UUID) -> HttpResponse:
    """One round: what it came to, or would come to."""
    opened = open_for(who(request), round)
    return render(request, "placements/round.html", _page(request, opened))


def _page(request: Request, opened: Opened) -> dict[str, Any]:
    language = request.language
    results = opened.results
    page = max(0, int(written) if (written := request.GET.get("page", "")).isdecimal() else 0)
    shown = results[page * UNITS : (page + 1) * UNITS]
    most = max((it.places for it in results), default=0) or 1
    first, other, near = opened.by_wish
    children = url(language, "placements:children", round=opened.round.id)
    return {
        **about(opened, language),
        "first": first,
        "other": other,
        "near": near,
        "units": [
            {
                "it": it,
                "name": opened.units[it.unit].name if it.unit in opened.units else it.unit,
                "bars": list(bars(it, most)),
                "href": f"{children}?unit={it.unit}",
            }
            for it in shown
        ],
        "most": most,
        "next": f"?page={page + 1}" if len(results) > (page + 1) * UNITS else None,
        "previous": f"?page={page - 1}" if page else None,
        "rules": rules(opened.edition, lines_of(opened.edition, opened.round.service)),
        "by_hand": len(tasks_by_hand(opened)) if opened.may_place_by_hand else 0,
        "total": _total(results),
    }


def _total(results: Any) -> dict[str, int]:
    names = ("capacity", "places", "offered", "taken", "gone")
    return {name: sum(getattr(it, name) for it in results) for name in names}


def about(opened: Opened, language: str) -> dict[str, Any]:
    """What every page of a round says of it."""
    state, tone = STATES[Round.State(opened.round.state)]
    return {
        "round": opened.round,
        "opened": opened,
        "service": service(opened.edition, opened.round.service),
        "board": board(opened.edition, opened.round.board),
        "state": translator(language)(state),
        "tone": tone,
        "children": opened.children,
        "states": opened.states,
    }


@require_http_methods(["GET", "POST"])
@employee()
def settling(request: Request, round: UUID) -> HttpResponseBase:
    """What the round would come to, and the button that gives the places."""
    actor, language = who(request), request.language
    opened = open_for(actor, round)
    if not opened.may_settle:
        raise PermissionDenied
    back = url(language, "placements:round", round=round)
    if opened.round.state != Round.State.OPEN:
        return HttpResponseRedirect(back)
    if request.method == "GET":
        few = opened.children <= AT_ONCE or "figures" in request.GET
        figures = what_if(round, Changes(), by=actor).now if few else None
        context = {**about(opened, language), "figures": figures}
        return render(request, "placements/settle.html", context)
    if not signed_in_lately(actor):
        return to_fresh_sign_in(request, request.path)
    if opened.children > AT_ONCE:
        settle_round.enqueue(str(round), actor.name)
        return HttpResponseRedirect(f"{back}?settling")
    try:
        settle(round, by=actor)
    except NotDone as why:
        return not_done(request, why, back)
    return HttpResponseRedirect(f"{back}?settled")


@require_http_methods(["GET", "POST"])
@employee()
def dropping(request: Request, round: UUID) -> HttpResponseBase:
    """Why the round is left unsettled for good."""
    actor, language = who(request), request.language
    opened = open_for(actor, round)
    if not opened.may_open:
        raise PermissionDenied
    back = url(language, "placements:round", round=round)
    if opened.round.state != Round.State.OPEN:
        return HttpResponseRedirect(back)
    why = request.POST.get("why", "").strip()
    if request.method == "POST" and why:
        try:
            drop_round(round, by=actor, why=why)
        except NotDone as late:
            return not_done(request, late, back)
        return HttpResponseRedirect(url(language, "placements:rounds"))
    error = translator(language)(later("Write why")) if request.method == "POST" else ""
    context = {**about(opened, language), "error": error}
    return render(request, "placements/drop.html", context, status=422 if error else 200)
