"""Signing in and out."""

from dataclasses import asdict
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allting.identity.actions import account_for
from allting.identity.actors import Request
from allting.identity.claims import STANDARD_NAMES, ClaimsRefused, identity_from
from allting.identity.entry import anyone
from allting.identity.fresh import FRESH, seen_at
from allting.identity.oidc import Attempt, SignInFailed, begin, finish
from allting.identity.sessions import actor_of, clear_cookie, end_session, open_session, set_cookie
from allting.kernel.api import record
from allting.ui.api import content_policy, render

log = structlog.get_logger()
ATTEMPT = "allting-sign-in"
ATTEMPT_LASTS = 600  # seconds to find one's phone and code


@require_http_methods(["GET", "HEAD", "POST"])
@anyone
def sign_in(request: Request) -> HttpResponse:
    """The page before the provider: what signing in is, and one button."""
    language = request.language
    next_page = _safe(request.GET.get("next") or request.POST.get("next"), language)
    fresh = FRESH in request.GET or FRESH in request.POST
    if request.method != "POST":
        if actor_of(request) is not None and not fresh:
            return HttpResponseRedirect(next_page)
        context = {"next": next_page, "minutes": settings.ALLTING_DECIDE_WITHIN}
        page = "identity/sign_in_anew.html" if fresh else "identity/sign_in.html"
        return _may_lead_out(render(request, page, context))
    try:
        address, attempt = begin(next_page=next_page, language=language, fresh=fresh)
    except SignInFailed as problem:
        return _failed(request, str(problem), next_page, status=502)
    response = HttpResponseRedirect(address)
    response.set_cookie(
        ATTEMPT,
        signing.dumps(asdict(attempt), salt=ATTEMPT, compress=True),
        max_age=ATTEMPT_LASTS,
        secure=settings.BASE_URL.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
    return response


@require_GET
@anyone
def callback(request: Request) -> HttpResponse:
    """Back from the provider: everything is checked before a session is opened."""
    attempt = _attempt(request)
    if attempt is None:
        return _failed(request, "no sign-in was under way in this browser", None)
    request.language = attempt.language
    if "error" in request.GET:
        return _failed(request, request.GET["error"][:100], attempt.next)
    try:
        claims = finish(
            attempt, code=request.GET.get("code", ""), state=request.GET.get("state", "")
        )
        identity = identity_from(
            claims, names={**STANDARD_NAMES, **settings.OIDC.get("claims", {})}
        )
    except (SignInFailed, ClaimsRefused) as problem:
        return _failed(request, str(problem), attempt.next)
    account = account_for(identity)
    before = actor_of(request)
    token = open_session(
        account, assurance=identity.assurance, signed_in_at=seen_at(claims.get("auth_time"))
    )
    if before is not None:
        end_session(before.session)
    record(str(account.id), "sign-in", str(account.id), assurance=identity.assurance)
    rotate_token(request)
    response = HttpResponseRedirect(_safe(attempt.next, attempt.language))
    set_cookie(response, token)
    response.delete_cookie(ATTEMPT, samesite="Lax")
    return response


@require_POST
@anyone
def sign_out(request: Request) -> HttpResponse:
    """End this session, here and in the database."""
    actor = actor_of(request)
    if actor is not None:
        end_session(actor.session)
    response = HttpResponseRedirect("/")
    clear_cookie(response)
    return response


def _attempt(request: HttpRequest) -> Attempt | None:
    try:
        known = signing.loads(request.COOKIES[ATTEMPT], salt=ATTEMPT, max_age=ATTEMPT_LASTS)
        return Attempt(**known)
    except (KeyError, TypeError, signing.BadSignature):
        return None


def _failed(
    request: HttpRequest, why: str, next_page: str | None, status: int = 400
) -> HttpResponse:
    log.warning("sign-in failed", why=why)
    cancelled = why == "access_denied"
    context = {"next": next_page, "cancelled": cancelled, "unreachable": status == 502}
    shown = render(request, "identity/failed.html", context, status=200 if cancelled else status)
    response = _may_lead_out(shown)
    response.delete_cookie(ATTEMPT, samesite="Lax")
    return response


def _may_lead_out(response: HttpResponse) -> HttpResponse:
    """Let the page's form end at the provider, and at whomever the provider asks in its turn.

    A broker sends people on to the e-ID that they choose: its hosts cannot be listed beforehand.
    """
    issuer = urlsplit(settings.OIDC["issuer"])
    origin = f"{issuer.scheme}://{issuer.netloc}"
    if origin != settings.BASE_URL:
        response.headers["Content-Security-Policy"] = content_policy("https:", origin)
    return response


def _safe(page: str | None, language: str) -> str:
    """Where to go after sign-in: a page of ours, never another site's."""
    if page and page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        parts = urlsplit(page)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return f"/{language}/my/"
