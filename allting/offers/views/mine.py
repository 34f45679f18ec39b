"""One's own offers, signed in: all of them, one of them, and which one does not want."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.identity.api import Request, person_of, resident, who
from allting.offers.addresses import offer_at, offers_at
from allting.offers.queries import offers_of, own_offer, situations_now
from allting.offers.views.acting import Visit, act, show
from allting.offers.wishes import ALL, turned_off_by, want
from allting.ui.api import render


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def offer(request: Request, offer: UUID) -> HttpResponse:
    """One offer: its reason and data, and what can be answered."""
    actor = who(request)
    found = own_offer(actor, offer)
    if found is None:
        raise Http404
    visit = Visit(
        request=request,
        offer=found,
        person=person_of(actor),
        here=offer_at(request.language, found.id),
        actor=actor,
    )
    return act(visit) if request.method == "POST" else show(visit)


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def offers(request: Request) -> HttpResponse:
    """All offers, and the kinds that one wants."""
    actor = who(request)
    known = situations_now(request.language)
    if request.method == "POST":
        wanted = set(request.POST.getlist("wanted"))
        want(actor, list(known), wanted, any=request.POST.get("any") == "yes")
        return HttpResponseRedirect(offers_at(request.language) + "?saved")
    off = turned_off_by(actor)
    context = {
        "offers": offers_of(actor, request.language),
        "situations": known,
        "wanted": [key for key in known if key not in off],
        "any": ALL not in off,
        "saved": "saved" in request.GET,
    }
    return render(request, "offers/mine.html", context)
