"""Pages for when something fails: each says what happened, whose fault it is, and the next step."""

import logging

from django.http import HttpRequest, HttpResponse

from allting.ui.pages import render

log = logging.getLogger(__name__)

BARE = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Något gick fel</title>
<h1>Något gick fel hos oss</h1><p>Försök igen om en stund.</p>
<h2 lang="en">Something went wrong on our side</h2><p lang="en">Try again in a while.</p>"""


def wrong(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent what cannot be understood."""
    return _page(request, "wrong", 400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is for someone else."""
    return _page(request, "refused", 403)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(request, "absent", 404)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open longer than its key lives; nothing was sent."""
    return _page(request, "expired", 403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. When not even the page can be drawn, a bare one is shown."""
    try:
        return _page(request, "broken", 500)
    except Exception:  # the frame itself may be what is broken
        log.exception("the page for failures could not be drawn")
        return HttpResponse(BARE, status=500)


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    response = render(request, f"ui/failures/{name}.html", status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
