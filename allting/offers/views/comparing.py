"""Two published versions side by side: whom the one finds and the other does not."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from allting.catalogue.api import SERVICE
from allting.identity.api import Actor, Request, employee, who
from allting.kernel.api import SWEDEN
from allting.offers import access
from allting.offers.parts import OFFERS
from allting.offers.previewing import Difference, compare
from allting.offers.views.common import day_asked, number_in
from allting.packages.api import (
    Definition,
    NoSuchEdition,
    Published,
    UnreadableEdition,
    current,
    edition,
    published_editions,
)
from allting.ui.api import date as in_words
from allting.ui.api import later, render, translator


@require_safe
@employee()
def comparing(request: Request) -> HttpResponse:
    """Choose two versions and a day; of the situations of the actor's boards, who is found."""
    speak = translator(request.language)
    versions = published_editions()
    day, wrong = day_asked(request)
    first = number_in(request, "first")
    second = number_in(request, "second") or current().id
    rows: list[dict[str, Any]] = []
    error = ""
    if first and not wrong:
        try:
            held = edition(first).definition, edition(second).definition
            found = compare(*held, as_of=day)
            rows = [_row(one, held) for one in found if _may_see(who(request), one, held)]
        except (NoSuchEdition, UnreadableEdition):
            error = speak(later("That version can no longer be read. Choose another."))
    context = {
        "options": [(str(it.id), _called(it, request.language)) for it in versions],
        "first": str(first or ""),
        "second": str(second),
        "typed": {"year": day.year, "month": day.month, "day": day.day},
        "error": error,
        "day_error": wrong,
        "errors": [
            {"href": f"#{name}", "text": said}
            for name, said in (("first", error), ("day", wrong))
            if said
        ],
        "day": day,
        "rows": rows,
        "asked": bool(first) and not wrong and not error,
    }
    return render(request, "offers/compare.html", context, status=422 if error or wrong else 200)


def _called(it: Published, language: str) -> str:
    return f"{it.number}. {it.why} ({in_words(language, it.at.astimezone(SWEDEN).date())})"


def _may_see(actor: Actor, one: Difference, held: tuple[Definition, ...]) -> bool:
    service, _ = one.key.split("/")
    boards = {found.board for it in held if (found := it.find(SERVICE, service)) is not None}
    return any(access.may_see(actor, board) for board in boards)


def _row(one: Difference, held: tuple[Definition, ...]) -> dict[str, Any]:
    service, situation = one.key.split("/")
    for definition in reversed(held):
        offers = definition.find(OFFERS, service)
        known = {it.id: it for it in offers.situations} if offers else {}
        if situation in known:
            return {"it": one, "title": known[situation].title}
    return {"it": one, "title": one.key}
