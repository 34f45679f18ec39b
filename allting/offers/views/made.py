"""The log at the desk: offers that were made, and by what data."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from allting.identity.api import Request, employee, who
from allting.kernel.api import today
from allting.offers import access
from allting.offers.keeping import logged, made_of, situation_for, take_back
from allting.offers.models import Offer
from allting.offers.rules import BY_US, DIED, ENDED, OPEN, PROTECTED, State
from allting.offers.telling import Words
from allting.offers.views.common import number_in, steps
from allting.offers.views.desk import about
from allting.ui.api import later, render, translator, url

STATES = {
    State.MADE: (later("To be sent"), "info"),
    State.SENT: (later("Waits for an answer"), "info"),
    State.ACCEPTED: (later("Yes"), "good"),
    State.DECLINED: (later("No"), "neutral"),
    State.EXPIRED: (later("Closed"), "neutral"),
    State.WITHDRAWN: (later("Taken back"), "neutral"),
}
WHY = {
    ENDED: later("The situation was no longer there"),
    BY_US: later("Taken back by an employee, or the service has closed"),
    # whoever may read this may not read about protection: the page is not there
    PROTECTED: later("The situation was no longer there"),
    DIED: later("The person has died"),
}


@require_safe
@employee(access.KEEPER)
def made(request: Request, service: str, situation: str) -> HttpResponse:
    """The offers of one situation, the latest first."""
    actor, language = who(request), request.language
    planned = situation_for(actor, service, situation, keep=True)
    page, state = number_in(request, "page"), request.GET.get("state", "")
    rows, more = made_of(actor, planned, page, state)
    speak = translator(language)
    context = {
        **about(planned, language),
        "rows": [
            {
                "it": row,
                **tagged(row.offer, language),
                "href": url(language, "offers:logged", offer=row.offer.id),
            }
            for row in rows
        ],
        "state": state,
        "states": [(id.value, speak(said)) for id, (said, _) in STATES.items()],
        **steps(page, more, f"state={state}" if state in State.values else ""),
    }
    return render(request, "offers/made.html", context)


def tagged(offer: Offer, language: str) -> dict[str, str]:
    """The state of an offer, in words and colour."""
    said, tone = STATES[State(offer.state)]
    return {"state": translator(language)(said), "tone": tone}


@require_safe
@employee(access.KEEPER)
def one(request: Request, offer: UUID) -> HttpResponse:
    """One offer: by which rule and data, who was told, what came of it."""
    language = request.language
    found = logged(who(request), offer)
    words = Words(found.offer, language)
    speak = translator(language)
    context = {
        **about(found.planned, language),
        "it": found,
        "data": found.data(language),
        **tagged(found.offer, language),
        "why": speak(WHY[found.offer.why]) if found.offer.why in WHY else "",
        "because": words.because,
        "unit": words.unit if found.offer.unit else "",
        "edition": words.edition,
        "open": found.offer.state in OPEN and found.offer.closes >= today(),
        "late": "late" in request.GET,
    }
    return render(request, "offers/logged.html", context)


@require_POST
@employee(access.KEEPER)
def taking_back(request: Request, offer: UUID) -> HttpResponseBase:
    """Take an offer back."""
    done = take_back(who(request), offer)
    page = url(request.language, "offers:logged", offer=offer)
    return HttpResponseRedirect(page if done else f"{page}?late")
