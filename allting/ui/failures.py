"""Pages for when something fails: each says what happened, whose fault it is, and the next step."""

import logging
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, is_valid_path
from django.utils.http import escape_leading_slashes

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
    """404: there is no such page; or there is, but for the last slash of its address."""
    found = _other_form(request) if isinstance(exception, Resolver404) else None
    return found or _page(request, "absent", 404)


def _other_form(request: HttpRequest) -> HttpResponse | None:
    """To the address that there is, for good; what was sent to the wrong one is not sent on.

    Our pages end in a slash. Addresses of machines and of files do not, and are found as well.
    """
    if request.method not in ("GET", "HEAD") or not is_valid_path(_slashed(request.path_info)):
        return None
    query = request.META.get("QUERY_STRING", "")
    at = escape_leading_slashes(quote(_slashed(request.path)))
    return HttpResponsePermanentRedirect(f"{at}?{query}" if query else at)


def _slashed(path: str) -> str:
    return path[:-1] if path.endswith("/") else f"{path}/"


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
