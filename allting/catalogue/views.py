"""The catalogue for programs: the form that is asked for, by the address or by `Accept`."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from allting.catalogue.exports import FORMS, WHOLE, Form, written
from allting.catalogue.queries import NotInCatalogue
from allting.identity.api import Request, anyone
from allting.packages.api import NothingPublished, current
from allting.ui.api import answer

TURTLE = FORMS["ttl"]
BY_TYPE = {form.media_type: form for form in FORMS.values()}
PAGE = "text/html"


@require_safe
@anyone
def linked_data(
    request: Request, kind: str = WHOLE, id: str = "", ending: str = ""
) -> HttpResponse:
    """One thing or everything. Without an ending the reader's `Accept` chooses, or a page it is."""
    if ending:
        return _file(request, kind, id, FORMS[ending])
    wanted = request.get_preferred_type([*BY_TYPE, PAGE])
    if wanted is None:
        known = "".join(f"{it}\n" for it in (*BY_TYPE, PAGE))
        return _varying(HttpResponse(known, status=406, content_type="text/plain"))
    if wanted == PAGE:
        return _to_page(request, kind, id)
    return _varying(_file(request, kind, id, BY_TYPE[wanted]))


def _file(request: Request, kind: str, id: str, form: Form) -> HttpResponse:
    try:
        found = written(current(), kind, id, form)
    except (NotInCatalogue, NothingPublished) as absent:
        raise Http404(str(absent)) from absent
    response = answer(request, found, f"{form.media_type}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"  # open to programs in other pages too
    return response


def _to_page(request: Request, kind: str, id: str) -> HttpResponse:
    """303: the thing itself cannot be sent, but there is a page about it."""
    below = f"{kind}/{id}/" if id else "services/"
    response = HttpResponseRedirect(f"/{request.language}/{below}")
    response.status_code = 303
    response.headers["Vary"] = "Accept, Accept-Language, Cookie"
    return response


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept"])
    return response
