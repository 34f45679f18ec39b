"""The post that did not arrive, for the registrar: what, why, and a way to send it again."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from allting.identity.api import Request, employee, who
from allting.notifications.actions import retry_delivery
from allting.notifications.queries import dead_deliveries
from allting.notifications.rules import KEEPER
from allting.notifications.words import delivery_in_words
from allting.ui.api import render, url

AT_A_TIME = 50


@require_safe
@employee(KEEPER)
def stranded(request: Request) -> HttpResponse:
    """Deliveries given up or sent back, oldest first. It says which case, and never whose."""
    after = _uuid(request.GET.get("after", ""))
    found = dead_deliveries(after=after, limit=AT_A_TIME + 1)
    rows = [(row, delivery_in_words(row, request.language)) for row in found[:AT_A_TIME]]
    further = f"?after={found[AT_A_TIME - 1].id}" if len(found) > AT_A_TIME else None
    context = {"rows": rows, "next": further, "again": "again" in request.GET}
    return render(request, "notifications/stranded.html", context)


@require_POST
@employee(KEEPER)
def again(request: Request, id: UUID) -> HttpResponse:
    """Send one of them again."""
    retry_delivery(who(request), id)
    return HttpResponseRedirect(url(request.language, "notifications:stranded") + "?again")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
