"""Sending something in without signing in: the form, and what comes of it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from allting.cases.addresses import question_at
from allting.cases.askers import open_to_all
from allting.cases.knocking import TooSoon
from allting.cases.sending import SentIn, behalf_of_nobody, send_in
from allting.cases.views.strangers import guarded, let_in, not_reached, reached, signed_in
from allting.catalogue.api import NotInCatalogue, Service, contact_of, service
from allting.forms.api import NotComplete, WholeForm, apply_at, on_paper, whole_form
from allting.identity.api import Request, anyone
from allting.kernel.api import today
from allting.packages.api import current
from allting.ui.api import render


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@anyone
def send(request: Request, id: str) -> HttpResponse:
    """The whole form on one page; whoever has signed in goes the way where answers are kept."""
    it = _service(id)
    if signed_in(request):
        return HttpResponseRedirect(apply_at(request.language, id))
    behalf = behalf_of_nobody(current(), id, request.language)
    if request.method != "POST":
        return _form(request, id, it, whole_form(behalf, today()), {}, {})
    typed, form = reached(request), whole_form(behalf, today(), request.POST)
    faults = not_reached(typed, request.language)
    if faults or not form.whole:
        return _form(request, id, it, form, typed, faults)
    try:
        key = let_in(request)
        code = send_in(current(), SentIn(id, form.answers, request.language, key, **typed))
    except NotComplete as lacking:
        form.errors += [{"href": one.href, "text": one.text} for one in lacking.wrong]
        return _form(request, id, it, form, typed, {})
    except TooSoon:
        return _form(request, id, it, form, typed, {}, refused=True)
    return HttpResponseRedirect(question_at(request.language, code) + "?new")


def _service(id: str) -> Service:
    edition = current()
    try:
        it = service(edition, id)
    except NotInCatalogue:
        raise Http404 from None
    if it.status != "active" or not open_to_all(edition, id):
        raise Http404
    return it


def _form(
    request: Request,
    id: str,
    it: Service,
    form: WholeForm,
    typed: dict[str, str],
    faults: dict[str, str],
    *,
    refused: bool = False,
) -> HttpResponse:
    edition = current()
    listed = [{"href": f"#{name}", "text": text} for name, text in faults.items()]
    context: dict[str, Any] = {
        "id": id,
        "service": it,
        "form": form,
        "typed": typed,
        "faults": faults,
        "errors": [*form.errors, *listed],
        "without_files": bool(on_paper(edition, id)),
        "contact": contact_of(edition, it.board),
        **guarded(request, edition, refused=refused),
    }
    status = 429 if refused else 422 if context["errors"] else 200
    return render(request, "cases/send.html", context, status=status)
