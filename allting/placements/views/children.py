"""The children of a round, and why one of them was placed where it was."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from allting.identity.api import Request, employee, who
from allting.placements.keys import lines_of
from allting.placements.models import Place
from allting.placements.queries import PAGE, Opened, Placed, explained_for_employee, open_for
from allting.placements.showing import PLACES, rules, why_this, wishes
from allting.placements.views.common import at_units, uuid_in
from allting.placements.views.rounds import about
from allting.register.api import Listed, names_for_lists
from allting.ui.api import later, render, translator, url

UNKNOWN = Listed(None, False)


@require_safe
@employee()
def children(request: Request, round: UUID) -> HttpResponse:
    """The children, of one unit or all; names as in the queue."""
    actor, language = who(request), request.language
    opened = open_for(actor, round)
    unit = request.GET.get("unit", "")
    found = opened.page(unit=unit, after=uuid_in(request.GET.get("after")))
    shown = found[:PAGE]
    boards = {it.subject.hex: opened.round.board for it in shown}
    names = names_for_lists(actor, boards, purpose="placement")
    context = {
        **about(opened, language),
        "rows": [_row(opened, it, names.get(it.subject.hex, UNKNOWN), language) for it in shown],
        "units": at_units(
            {it.unit: opened.units[it.unit] for it in opened.results if it.unit in opened.units},
            language,
        ),
        "unit": unit,
        "without": Place.State.WITHOUT.value,
        "next": f"?unit={unit}&after={shown[-1].id}" if len(found) > PAGE else None,
    }
    return render(request, "placements/children.html", context)


def _row(opened: Opened, it: Placed, listed: Listed, language: str) -> dict[str, Any]:
    speak = translator(language)
    state, tone = PLACES[Place.State(it.state)]
    wish = ""
    if it.rank is not None:
        wish = (
            speak(later("Wish {n}"), n=it.rank + 1)
            if it.rank < it.wished
            else speak(later("Near home"))
        )
    unit = opened.units.get(it.unit)
    return {
        "name": listed.name,
        "unit": unit.name if unit else it.unit,
        "wish": wish,
        "state": speak(state),
        "tone": tone,
        "href": url(language, "placements:child", round=opened.round.id, place=it.id),
    }


@require_safe
@employee()
def child(request: Request, round: UUID, place: UUID) -> HttpResponse:
    """Why this place, and what stood before the others: in the same words as the family reads."""
    actor, language = who(request), request.language
    found = explained_for_employee(actor, round, place)
    opened = open_for(actor, round)
    state, tone = PLACES[Place.State(found.place.state)]
    context = {
        **about(opened, language),
        "place": found.place,
        "person": found.person,
        "unit": found.units.get(found.place.unit),
        "wishes": wishes(found, language),
        "why": why_this(found, translator(language)),
        "place_state": translator(language)(state),
        "place_tone": tone,
        "rules": rules(found.edition, lines_of(found.edition, found.place.service)),
    }
    return render(request, "placements/child.html", context)
