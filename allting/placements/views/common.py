"""What the pages of this room share."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from allting.identity.api import Request
from allting.placements.errors import AlreadyOpen, NoSeat, NotDone, NotNow, Offered
from allting.ui.api import in_order, later, plain, render, translator

WHY = {
    AlreadyOpen: later("A round for that first day is open already. Settle it or drop it first."),
    NotNow: later("Somebody else has done this, or something else, meanwhile. Look again."),
    NoSeat: later("No place is free there from that day. Choose another unit or another day."),
    Offered: later("The child has an offer that has not been answered."),
}


def in_words(why: NotDone, language: str) -> str:
    """Why something was not done, for the person who asked."""
    return translator(language)(WHY[type(why)])


def not_done(request: Request, why: NotDone, back: str) -> HttpResponse:
    """A page that says that nothing was changed, and why."""
    context = {"why": in_words(why, request.language), "back": back}
    return render(request, "placements/not_done.html", context, status=409)


def day_in(request: Request, name: str) -> date | None:
    """The date typed in three fields; None for what is no date."""
    parts = [request.POST.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None


def typed(request: Request, name: str) -> dict[str, str]:
    """What was typed there, to show again."""
    return {p: request.POST.get(f"{name}_{p}", "") for p in ("year", "month", "day")}


def uuid_in(written: str | None) -> UUID | None:
    """An id in an address; None for anything else."""
    try:
        return UUID(written or "")
    except ValueError:
        return None


def at_units(found: Any, language: str) -> list[tuple[str, str]]:
    """Units to choose from: id and name, by name."""
    named = [(id, plain(unit.name, language)) for id, unit in found.items()]
    return sorted(named, key=lambda pair: in_order(pair[1]))
