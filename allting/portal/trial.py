"""A service's page from an edition that is not in force: as it would be, or as it was."""

from copy import copy

from django.http import Http404, HttpResponse
from markupsafe import Markup

from allting.identity.api import Request
from allting.kernel.api import SWEDEN, now
from allting.packages.api import Edition
from allting.portal.lists import open_services
from allting.portal.pages import opening
from allting.portal.service_page import service_context
from allting.ui.api import render


def service_on_trial(request: Request, edition: Edition, id: str, note: Markup) -> HttpResponse:
    """The page as anyone would see it, with a note above. Nobody's cache keeps it."""
    if id not in open_services(edition) or request.language not in edition.definition.languages:
        raise Http404
    asked = copy(request)
    asked.actor = None
    context = service_context(edition, request.language, id, now().astimezone(SWEDEN))
    page = render(
        asked, "portal/trial.html", {"opening": opening, "asked": False, **context, "note": note}
    )
    page.headers["Cache-Control"] = "no-store"
    return page
