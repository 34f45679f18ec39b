"""The look's own addresses: the front door, the colours, the style page."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from allting.ui.ports import frame
from allting.ui.theme import arms_by_mark, theme_by_mark, theme_css

View = TypeVar("View", bound=Callable[..., HttpResponse])


def open_to_all(view: View) -> View:
    """States who may enter, as the entries of identity do; this room stands below them."""
    view.entry = "anyone"  # type: ignore[attr-defined]
    return view


@open_to_all
def door(request: HttpRequest) -> HttpResponse:
    """From `/` to the home page in one's own language."""
    response = HttpResponseRedirect(f"/{request.language}/")  # type: ignore[attr-defined]
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@open_to_all
def theme(request: HttpRequest, mark: str) -> HttpResponse:
    """The colours of the municipality; for ever when this process knows the mark."""
    known = theme_by_mark(mark)
    response = HttpResponse(known or theme_css(frame().theme), content_type="text/css")
    keep = "max-age=31536000, immutable" if known else "max-age=60"
    response.headers["Cache-Control"] = f"public, {keep}"
    return response


@open_to_all
def arms(request: HttpRequest, mark: str) -> HttpResponse:
    """The municipality's coat of arms; for ever when this process knows the mark.

    Opened by itself, it is a document: one that may fetch nothing and run nothing.
    """
    now = frame()
    known = now.arms if now.arms_url == request.path_info else arms_by_mark(mark)
    drawing = known or now.arms
    if drawing is None:
        raise Http404
    response = HttpResponse(drawing, content_type="image/svg+xml")
    keep = "max-age=31536000, immutable" if known else "max-age=60"
    response.headers["Cache-Control"] = f"public, {keep}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
