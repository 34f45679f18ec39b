"""The offers of an employee's boards: the situations, what a run would come to, and who is in."""

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allting.cases.api import law_of
from allting.catalogue.api import service
from allting.identity.api import Request, employee, signed_in_lately, to_fresh_sign_in, who
from allting.kernel.api import today
from allting.offers import access, by_hand
from allting.offers.keeping import (
    PAGE,
    people_in,
    run_now,
    runs_of,
    situation_for,
    situations_of,
    stop,
)
from allting.offers.plan import Planned
from allting.offers.previewing import Forecast, Preview, places_of, preview
from allting.offers.views.common import day_asked, day_query, number_in, steps
from allting.packages.api import current
from allting.register.api import NAMED_HANDLER
from allting.ui.api import later, render, translator, url

FOUND = {
    "daily": later("By itself, every morning"),
    "by-hand": later("When you start it"),
    "place": later("In a round of places"),
}


@require_safe
@employee()
def desk(request: Request) -> HttpResponse:
    """The situations, with what has become of their offers, and the latest runs."""
    actor, language = who(request), request.language
    held = current()
    context = {
        "situations": [
            {
                "it": one,
                "service": service(held, one.planned.service).title,
                "found": translator(language)(FOUND[_found(one.planned)]),
                "href": _at(language, "situation", one.planned),
                "made": _at(language, "made", one.planned) if one.keeps else None,
            }
            for one in situations_of(actor)
        ],
        "runs": runs_of(actor),
        "handler": bool(actor.boards(NAMED_HANDLER)),
        "by_hand": by_hand.waiting(actor),
    }
    return render(request, "offers/desk.html", context)


def _found(planned: Planned) -> str:
    return "place" if planned.situation.place else planned.situation.found


def _at(language: str, name: str, planned: Planned) -> str:
    return url(language, f"offers:{name}", service=planned.service, situation=planned.situation.id)


def about(planned: Planned, language: str) -> dict[str, Any]:
    """What every page of a situation says of it."""
    held = current()
    return {
        "planned": planned,
        "service": service(held, planned.service),
        "found": translator(language)(FOUND[_found(planned)]),
        "here": _at(language, "situation", planned),
        "who_at": _at(language, "people", planned),
        "run_at": _at(language, "run", planned),
        "made_at": _at(language, "made", planned),
    }


@require_safe
@employee()
def situation(request: Request, service: str, situation: str) -> HttpResponse:
    """One situation: what it says, and what a run would come to on a day."""
    actor, language = who(request), request.language
    planned = situation_for(actor, service, situation)
    day, wrong = day_asked(request)
    held = current()
    forecast = preview(held.definition, as_of=day, keys=[planned.key]).forecasts[planned.key]
    districts, _ = forecast.districts
    most = max((count for count in districts.values() if count), default=1)
    context = {
        **about(planned, language),
        "day": day,
        "typed": {"year": day.year, "month": day.month, "day": day.day},
        "error": wrong,
        "errors": [{"href": "#day", "text": wrong}] if wrong else [],
        "closes": planned.situation.open_for.after(day),
        "laws": law_of(held, planned.situation.law),
        "forecast": forecast,
        "places": places_of(forecast, held.definition),
        "districts": [
            {"name": name, "count": count, "wide": 100 * (count or 0) / most}
            for name, count in districts.items()
        ],
        "keeps": access.may_keep(actor, planned.board),
        "query": day_query(day),
        "today": day == today(),
    }
    return render(request, "offers/situation.html", context, status=422 if wrong else 200)


@require_safe
@employee(access.KEEPER)
def people(request: Request, service: str, situation: str) -> HttpResponse:
    """Who would be offered it, and why; that it is read is logged."""
    actor, language = who(request), request.language
    planned = situation_for(actor, service, situation, keep=True)
    day, _ = day_asked(request)
    found, forecast = _preview(planned, day)
    page = number_in(request, "page")
    rows = people_in(actor, forecast, found, page, language)
    more = len(forecast.new) > (page + 1) * PAGE
    query = day_query(day)
    context = {
        **about(planned, language),
        "day": day,
        "rows": rows,
        "query": query,
        **steps(page, more, query),
    }
    return render(request, "offers/people.html", context)


def _preview(planned: Planned, day: date) -> tuple[Preview, Forecast]:
    found = preview(current().definition, as_of=day, keys=[planned.key])
    return found, found.forecasts[planned.key]


@require_http_methods(["GET", "POST"])
@employee(access.KEEPER)
def run(request: Request, service: str, situation: str) -> HttpResponseBase:
    """What making the offers does, and the button that does it."""
    actor, language = who(request), request.language
    planned = situation_for(actor, service, situation, keep=True)
    if planned.situation.place is not None:  # places are given in rounds, to all at once
        return HttpResponseRedirect(_at(language, "situation", planned))
    if request.method == "GET":
        _, forecast = _preview(planned, today())
        context = {**about(planned, language), "forecast": forecast}
        return render(request, "offers/run.html", context)
    if not signed_in_lately(actor):
        return to_fresh_sign_in(request, request.path)
    run_now(actor, planned)
    return HttpResponseRedirect(f"{url(language, 'offers:desk')}#runs")


@require_POST
@employee(access.KEEPER)
def stopping(request: Request, run: int) -> HttpResponseBase:
    """Stop a run; what it has made stands."""
    stop(who(request), run)
    return HttpResponseRedirect(f"{url(request.language, 'offers:desk')}#runs")
