"""What if: a unit closes, others have more places. An address to share, that changes nothing."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from allting.identity.api import Request, employee, who
from allting.placements.queries import Opened, open_for
from allting.placements.views.common import at_units
from allting.placements.views.rounds import about
from allting.placements.what_if import Changes, Comparison, what_if
from allting.ui.api import in_order, later, render, translator

MOST = 10_000


@require_safe
@employee()
def trying(request: Request, round: UUID) -> HttpResponse:
    """The form, and the comparison when something is asked."""
    opened = open_for(who(request), round)
    if not opened.may_open:
        raise PermissionDenied
    asked, errors = _asked(request, opened)
    wanted = bool(asked.closed or asked.more) and not errors
    found = what_if(round, asked, by=opened.actor) if wanted else None
    units = {it.unit: opened.units[it.unit] for it in opened.results if it.unit in opened.units}
    context = {
        **about(opened, request.language),
        "units": at_units(units, request.language),
        "values": {name: request.GET.get(name, "") for name in ("close", "more", "places")},
        "error": errors,
        "errors": [{"href": f"#{name}", "text": said} for name, said in errors.items()],
        "found": found,
        "changed": _changed(found, opened) if found else [],
    }
    return render(request, "placements/what_if.html", context, status=422 if errors else 200)


def _asked(request: Request, opened: Opened) -> tuple[Changes, dict[str, str]]:
    """The changes that the address names, and what is wrong with it."""
    speak = translator(request.language)
    known = {it.unit for it in opened.results}
    close, more = request.GET.get("close", ""), request.GET.get("more", "")
    written = request.GET.get("places", "").strip()
    errors = {}
    for name, unit in (("close", close), ("more", more)):
        if unit and unit not in known:
            errors[name] = speak(later("Choose one of the units of the round"))
    places = _whole(written)
    if written and places is None:
        errors["places"] = speak(later("Write a whole number, for example 30, or -5 for fewer"))
    elif places and not more:
        errors["more"] = speak(later("Choose where the places are to be"))
    elif more and not places:
        errors["places"] = speak(later("Write how many places more"))
    changes = Changes(
        frozenset({close} if close else ()), {more: places} if more and places else {}
    )
    return changes, errors


def _whole(written: str) -> int | None:
    try:
        found = int(written.replace("\u2212", "-"))
    except ValueError:
        return None
    return found if abs(found) <= MOST else None


def _changed(found: Comparison, opened: Opened) -> list[dict[str, Any]]:
    """The units where something would be otherwise."""
    return [
        {"it": it, "name": opened.units[it.unit].name if it.unit in opened.units else it.unit}
        for it in sorted(found.units, key=lambda it: in_order(opened.unit_name(it.unit)))
        if it.places[0] != it.places[1] or it.placed[0] != it.placed[1]
    ]
