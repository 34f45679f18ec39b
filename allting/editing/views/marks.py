"""Questions that those who answer them have marked for a page."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from allting.catalogue.api import SERVICE
from allting.editing.actions import NotDone
from allting.editing.marks import QUESTIONS, faq_of, fits, put_there, take_up, waiting, waiting_mark
from allting.editing.queries import begun_by
from allting.editing.refusing import refused
from allting.editing.rules import EDITOR
from allting.editing.working import NoFiles, NotRewritable, Working, working
from allting.identity.api import Request, employee, who
from allting.packages.api import current
from allting.ui.api import render, url


@require_safe
@employee(EDITOR)
def marks(request: Request) -> HttpResponse:
    """Those that wait, with what can be done with each."""
    try:
        work = working(begun_by(who(request).account))
    except NoFiles as why:
        return refused(request, why)
    rows = [_row(request, work, one) for one in waiting(who(request), work.edition)]
    return render(request, "editing/marks.html", {"rows": rows, "proposal": work.proposal})


def _row(request: Request, work: Working, one: Any) -> dict[str, Any]:
    add = url(request.language, "editing:add", file=faq_of(one.service))
    return {
        "it": one,
        "service": work.edition.definition.one(SERVICE, one.service).title,
        "fits": fits(one, work),
        "form": f"{add}?at={QUESTIONS[0]}&mark={one.mark}",
    }


@require_POST
@employee(EDITOR)
def take(request: Request, mark: int) -> HttpResponseBase:
    """Put one in the proposal as it is, or put it aside."""
    actor, here = who(request), url(request.language, "editing:marks")
    one = waiting_mark(actor, current(), mark)
    if one is None:
        raise Http404
    if "aside" in request.POST:
        take_up(actor, mark, None)
        return HttpResponseRedirect(here)
    try:
        held = put_there(actor, one, working(begun_by(actor.account)))
    except (NotDone, NoFiles, NotRewritable) as why:
        return refused(request, why, here)
    return HttpResponseRedirect(url(request.language, "editing:proposal", id=held.id))
