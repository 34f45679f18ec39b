"""Where an application begins: what it takes, and what has been begun already."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.catalogue.api import NotInCatalogue, Service, evidence, service
from allting.forms.actions import Save, save, start
from allting.forms.addresses import draft_at
from allting.forms.keeping import goes_on
from allting.forms.may import not_met
from allting.forms.plan import Plan, plan_of
from allting.forms.queries import DraftRow, drafts_of
from allting.forms.sitting import sit_down
from allting.forms.views.common import contact
from allting.identity.api import Request, resident, who
from allting.kernel.api import today
from allting.packages.api import Edition, current
from allting.ui.api import render, translator


@require_http_methods(["GET", "POST"])
@resident
def apply(request: Request, service: str) -> HttpResponseBase:
    """Before the first question: nothing is made until the person says so."""
    edition = current()
    offered = _offered(edition, service)
    plan = plan_of(edition, service)
    if plan is None or offered.status != "active":
        context = {"service": offered, "id": service, "contact": contact(edition, offered.board)}
        return render(request, "forms/no_form.html", context, status=404)
    if request.method == "POST":
        return _begin(request, edition, service)
    context = {
        "service": offered,
        "id": service,
        "drafts": [_card(request.language, draft) for draft in drafts_of(who(request), service)],
        "needs": _needs(edition, offered),
        "stations": _stations(plan, request.language),
        "saved": "saved" in request.GET,
        "removed": "removed" in request.GET,
    }
    return render(request, "forms/apply.html", context)


def _offered(edition: Edition, id: str) -> Service:
    try:
        return service(edition, id)
    except NotInCatalogue:
        raise Http404(id) from None


def _begin(request: Request, edition: Edition, service: str) -> HttpResponse:
    draft = start(who(request), service, edition, language=request.language)
    first = ""
    if not draft.told and not draft.answers:
        sitting = sit_down(who(request), draft.id, today())
        told = tuple(outcome.id for outcome in not_met(sitting))
        if told:
            save(draft, Save(draft.answers, draft.known, told, draft.page))
            first = "told"
    return HttpResponseRedirect(draft_at(request.language, draft.id, first))


def _card(language: str, draft: DraftRow) -> dict[str, Any]:
    return {
        "href": draft_at(language, draft.id),
        "remove": draft_at(language, draft.id, "delete"),
        "begun": draft.created_at,
        "changed": draft.changed_at,
        "goes": goes_on(draft),
    }


def _needs(edition: Edition, offered: Service) -> list[dict[str, Any]]:
    """What to have at hand: the evidence that the service asks for."""
    known = evidence(edition)
    return [
        {"title": known[need.evidence].title, "says": need.says, "optional": need.optional}
        for need in offered.requires
        if need.evidence in known
    ]


def _stations(plan: Plan, language: str) -> list[dict[str, Any]]:
    _ = translator(language)
    pages = [
        {"title": page.page.title, "state": "next"} for page in plan.pages if not page.asked_if
    ]
    return [*pages, {"title": _("Check and send"), "state": "next"}]
