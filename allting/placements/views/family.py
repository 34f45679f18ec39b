"""For the family: why this place, and what stood before the others."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from allting.catalogue.api import service, services
from allting.identity.api import Request, anyone, resident, who
from allting.packages.api import current, edition
from allting.placements.keys import lines_of
from allting.placements.models import Round
from allting.placements.parts import PLACES
from allting.placements.queries import (
    dropped_rounds,
    explained_for_family,
    lots_in_order,
    published_rounds,
)
from allting.placements.rules import lot_value
from allting.placements.showing import rules, why_this, wishes
from allting.ui.api import render, translator


@require_safe
@resident
def place(request: Request, place: UUID) -> HttpResponse:
    """What the round came to for one's child, explained without telling of others."""
    found = explained_for_family(who(request), place)
    language = request.language
    drawn_for = found.place.drawn_for or found.place.subject
    context = {
        "place": found.place,
        "person": found.person,
        "service": service(found.edition, found.place.service),
        "unit": found.units.get(found.place.unit),
        "wishes": wishes(found, language),
        "why": why_this(found, translator(language)),
        "rules": rules(found.edition, lines_of(found.edition, found.place.service)),
        "drawn_for": drawn_for,
        "lot": lot_value(drawn_for, found.place.round.seed) if found.place.round else "",
        "round": found.place.round,
    }
    return render(request, "placements/place.html", context)


@require_safe
@anyone
def lots(request: Request) -> HttpResponse:
    """By what rules places are given, and the seeds: for anyone who wants to draw them again."""
    held, language = current(), request.language
    known = services(held)
    ruled = [
        {
            "title": known[id].title,
            "href": f"/{language}/services/{id}/",
            "rules": rules(held, lines_of(held, id)),
        }
        for id in held.definition.all(PLACES)
        if id in known
    ]
    context = {
        "services": ruled,
        "rounds": _titled(published_rounds()),
        "dropped": _titled(dropped_rounds()),
    }
    return render(request, "placements/lots.html", context)


def _titled(rounds: Sequence[Round]) -> list[dict[str, Any]]:
    return [
        {"round": it, "service": service(edition(it.edition), it.service).title} for it in rounds
    ]


@require_safe
@anyone
def lots_of(request: Request, round: UUID) -> HttpResponse:
    """All lots of a settled round in order, as plain text: number and value."""
    found = lots_in_order(round)
    if found is None:
        raise Http404
    lines = "".join(f"{n} {value}\n" for n, value in enumerate(found, 1))
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")
