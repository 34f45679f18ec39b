"""The page that a link in a message leads to: open to whoever holds the link, for one purpose."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from allting.identity.api import Request, anyone
from allting.offers.addresses import link_at
from allting.offers.keys import find_key
from allting.offers.models import Addressee, OfferKey
from allting.offers.views.acting import Visit, act, show
from allting.ui.api import render

COOKIE = "language"
View = Callable[[Request, str], HttpResponse]


def kept_quiet(view: View) -> View:
    """Let the address of the page go nowhere: not into a cache, an index, or another site's log.

    The policy is not `no-referrer`: with that a browser does not say either where a form was sent
    from, and what is sent could no longer be told from what a stranger's page sends.
    """

    @wraps(view)
    def quiet(request: Request, token: str) -> HttpResponse:
        response = view(request, token)
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Content-Language"] = request.language
        return response

    return quiet


@require_http_methods(["GET", "HEAD", "POST"])
@anyone
@kept_quiet
def by_link(request: Request, token: str) -> HttpResponse:
    """Shown to whoever comes by the link; changed only by what they send."""
    key = find_key(token)
    if key is None:
        return render(request, "offers/nowhere.html", status=404)
    _speak(request, key)
    visit = Visit(
        request=request,
        offer=key.offer,
        person=key.person,
        here=link_at(token),
        key=key.id,
        key_used=key.used_at is not None,
    )
    return act(visit) if request.method == "POST" else show(visit)


def _speak(request: Request, key: OfferKey) -> None:
    """In the language of whoever the link was sent to, unless they have chosen another."""
    if COOKIE in request.GET or COOKIE in request.COOKIES:
        return
    found = Addressee.objects.filter(offer=key.offer_id, person=key.person)
    request.language = found.values_list("language", flat=True).first() or settings.LANGUAGE_CODE
