"""Pages for everyone."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from allting.catalogue.api import life_events, spelled
from allting.identity.api import Request, anyone
from allting.kernel.api import SWEDEN, now
from allting.packages.api import Edition, current
from allting.portal import lists
from allting.portal.frame import municipality_frame
from allting.portal.interest import popular, tally
from allting.portal.mine import mine
from allting.portal.pages import public_page
from allting.portal.searching import found, note_missed, suggested, typed
from allting.portal.service_page import service_context
from allting.portal.times import times_taken
from allting.portal.ways import moment_of
from allting.portal.yours import asks, yours
from allting.ui.api import fragment, render

SUGGESTIONS = "application/x-suggestions+json; charset=utf-8"


@require_safe
@anyone
def home(request: Request) -> HttpResponse:
    """What has happened in your life?"""
    at = now().astimezone(SWEDEN)
    hour = at.replace(minute=0, second=0, microsecond=0)
    wanted = current().memo(("portal.popular", hour), lambda: popular(at.date()))
    return public_page(
        request,
        "portal/home.html",
        partial(lists.home_context, wanted=wanted),
        moment=wanted,
        mine=_news,
    )


def _news(request: Request, edition: Edition) -> dict[str, str]:
    actor = request.actor
    if actor is None or actor.person is None:
        return {}
    context = {"mine": mine(actor, request.language), "name": actor.name.split()[0]}
    return {"mine": str(fragment(request.language, "portal/news.html", context))}


@require_safe
@anyone
def service_list(request: Request) -> HttpResponse:
    """Every service, by topic and from A to Z."""
    return public_page(request, "portal/services.html", lists.list_context)


@require_safe
@anyone
def by_audience(request: Request) -> HttpResponse:
    """Every service, by whom it is for."""
    return public_page(request, "portal/by_audience.html", lists.audience_context)


@require_safe
@anyone
def by_board(request: Request) -> HttpResponse:
    """Every service, by who answers for it."""
    return public_page(request, "portal/by_board.html", lists.board_context)


@require_safe
@anyone
def suggest(request: Request) -> HttpResponse:
    """What may be meant by what is typed so far, for the page itself to show."""
    return JsonResponse({"hits": suggested(_edition(request), request.language, typed(request))})


@require_safe
@anyone
def suggest_to_browser(request: Request) -> HttpResponse:
    """The same as OpenSearch suggestions, for a browser's own search box."""
    words = typed(request)
    hits = suggested(_edition(request), request.language, words)
    told = [[hit[name] for hit in hits] for name in ("title", "text", "href")]
    told[2] = [f"{settings.BASE_URL}{href}" for href in told[2]]
    return JsonResponse([words, *told], safe=False, content_type=SUGGESTIONS)


def _edition(request: Request) -> Edition:
    edition = current()
    if request.language not in edition.definition.languages:
        raise Http404
    return edition


@require_safe
@anyone
def life_event_page(request: Request, id: str) -> HttpResponse:
    """A life event and the path of its services."""
    return public_page(request, "portal/life_event.html", partial(lists.event_context, id=id))


@require_safe
@anyone
def service_page(request: Request, id: str) -> HttpResponse:
    """A service as a product, and what it means for the one who reads."""
    at = now().astimezone(SWEDEN)
    edition = current()
    it = lists.open_services(edition).get(id)
    if it is None:
        raise Http404
    tally.add(id)
    taken = times_taken(edition, at).get(id)
    return public_page(
        request,
        "portal/service.html",
        partial(service_context, id=id, at=at, taken=taken),
        moment=(moment_of(edition, id, at), taken),
        mine=partial(yours, id=id, it=it),
        asked=asks(request, edition, id),
    )


@require_safe
@anyone
def search_page(request: Request) -> HttpResponse:
    """What the words find, best first."""
    edition, language = _edition(request), request.language
    words = typed(request)
    them = found(edition, language, words)
    if words and not them.hits:
        note_missed(request, words)
    events = [] if them.hits else list(life_events(edition).items())
    context = {
        "words": words,
        "hits": them.hits,
        "guesses": them.guesses,
        "spelled": spelled(edition, language, words) if them.hits else "",
        "events": events,
        "contact": municipality_frame().contact,
    }
    return render(request, "portal/search.html", context)


@require_safe
@anyone
def about(request: Request) -> HttpResponse:
    """What these pages are and who stands behind them."""
    return public_page(request, "portal/about.html", lists.about_context)


@require_safe
@anyone
def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement that the law asks for."""
    return public_page(request, "portal/accessibility.html", lists.about_context)
