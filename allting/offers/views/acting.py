"""What is sent from the page of an offer: a yes, a no, another mind, no more of these."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from allting.forms.api import Asked, NotComplete, few_questions
from allting.identity.api import Actor, Request
from allting.kernel.api import today
from allting.offers.answering import (
    Answer,
    NotOpen,
    accept,
    behalf_of,
    decline,
    give_back,
    reopen,
)
from allting.offers.models import Offer
from allting.offers.plan import find_planned
from allting.offers.views.showing import context_of
from allting.offers.wishes import ALL, turn_off
from allting.packages.api import edition
from allting.ui.api import render


@dataclass(frozen=True)
class Visit:
    """Someone at the page of an offer: by a link (with its key), or signed in (an actor)."""

    request: Request
    offer: Offer
    person: UUID
    here: str  # the page's own address
    key: UUID | None = None
    actor: Actor | None = None
    key_used: bool = False


def show(
    visit: Visit,
    *,
    asked: Asked | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page as it stands."""
    language = visit.request.language
    context = context_of(
        visit.offer, language, visit.person, signed_in=visit.actor is not None, asked=asked
    )
    context |= {
        "here": visit.here,
        "key_used": visit.key_used,
        "notice": notice or visit.request.GET.get("said", ""),
    }
    return render(visit.request, "offers/offer.html", context, status=status)


def act(visit: Visit) -> HttpResponse:
    """Do what was sent, and lead back to the page, which then tells what came of it."""
    verb = _VERBS.get(visit.request.POST.get("go", ""))
    if verb is None:
        return show(visit, status=400)
    try:
        return verb(visit)
    except NotOpen:
        visit.offer.refresh_from_db()
        return show(visit, notice="late", status=409)
    except PermissionDenied:
        visit.offer.refresh_from_db()
        return show(visit, notice="used", status=403)


def _back(visit: Visit, said: str = "") -> HttpResponse:
    return HttpResponseRedirect(f"{visit.here}?said={said}" if said else visit.here)


def _accept(visit: Visit) -> HttpResponse:
    answer, asked = _told(visit)
    if asked is not None and not asked.whole:
        return show(visit, asked=asked, status=422 if asked.errors else 200)
    try:
        accept(visit.offer.id, answer)
    except NotComplete:
        return show(visit, asked=asked, notice="more", status=422)
    return _back(visit)


def _told(visit: Visit) -> tuple[Answer, Asked | None]:
    """What the person tells with their yes, as far as anything is asked."""
    offer, request = visit.offer, visit.request
    answer = Answer(visit.person, request.language, visit.key)
    planned = find_planned(edition(offer.edition), offer.service, offer.situation)
    asks = planned.situation.accept.asks if planned.situation.accept else ()
    if not asks:
        return answer, None
    behalf = behalf_of(offer, planned, answer, today())
    known = visit.actor is not None
    asked = few_questions(behalf, asks, today(), request.POST, known=known)
    return Answer(visit.person, request.language, visit.key, asked.answers), asked


def _decline(visit: Visit) -> HttpResponse:
    decline(visit.offer.id, Answer(visit.person, visit.request.language, visit.key))
    return _back(visit)


def _signed_in(verb: Callable[[UUID, Actor], object]) -> Callable[[Visit], HttpResponse]:
    def do(visit: Visit) -> HttpResponse:
        if visit.actor is None:
            raise PermissionDenied
        verb(visit.offer.id, visit.actor)
        return _back(visit)

    return do


def _off(visit: Visit) -> HttpResponse:
    turn_off(visit.person, f"{visit.offer.service}/{visit.offer.situation}")
    return _back(visit, "off")


def _all_off(visit: Visit) -> HttpResponse:
    turn_off(visit.person, ALL)
    return _back(visit, "all-off")


_VERBS: dict[str, Callable[[Visit], HttpResponse]] = {
    "accept": _accept,
    "decline": _decline,
    "give-back": _signed_in(give_back),
    "reopen": _signed_in(reopen),
    "off": _off,
    "all-off": _all_off,
}
