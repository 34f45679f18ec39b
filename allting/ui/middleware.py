"""What every request passes: static files, the language, headers that keep a page safe."""

import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

from allting.ui.assets import gather, missing
from allting.ui.language import choose
from allting.ui.ports import frame

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponseBase]
COOKIE = "language"
YEAR = 365 * 24 * 3600
SELF = "'self'"


class Static(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves what `assets` gathers, and gathers it first: there is no step to forget."""

    def __init__(self, get_response: Answer | None = None) -> None:
        for path in missing():
            log.warning("not there, so not served: %s. Try: npm ci --prefix allting/ui", path)
        gather(Path(settings.STATIC_ROOT))
        super().__init__(get_response)

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Every name carries a mark of its content."""
        return url.startswith(settings.STATIC_URL)


def language(get_response: Answer) -> Answer:
    """Sets `request.language`: from the address, or else cookie, browser, the package's first."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        offered = tuple(frame().languages)
        usual = choose(
            offered,
            cookie=request.COOKIES.get(COOKIE),
            accepts=request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:200],
        )
        # the address says it first; an address without a language may ask: ?language=en
        asked = (request.path_info[1:].partition("/")[0], request.GET.get(COOKIE, ""))
        spoken = next((one for one in asked if one in offered), usual)
        request.language = spoken  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers.setdefault("Content-Language", spoken)
        if spoken != usual:  # only a choice against the browser needs to be remembered
            secure = settings.BASE_URL.startswith("https:")
            response.set_cookie(COOKIE, spoken, YEAR, secure=secure, httponly=True, samesite="Lax")
        return response

    return middleware


def headers(get_response: Answer) -> Answer:
    """Sets the headers that keep a page to itself: nothing inline, nothing foreign, no framing."""
    fixed = _headers()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in fixed:
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            # a shared computer must not show a page again when its person has left
            private = "no-store" if request.COOKIES else "no-cache"
            response.headers["Cache-Control"] = f"private, {private}"
        if isinstance(response, HttpResponse):  # of known length: no need to send it in chunks
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return middleware


def heads(get_response: Answer) -> Answer:
    """HEAD is answered as GET would be, by every page; the server leaves out the body.

    Here once for all: a view that asks `if method == "GET"` would take a HEAD for something sent,
    and that with no form key to prove who sent it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return get_response(request)
        request.method = "GET"
        try:
            return get_response(request)
        finally:
            request.method = "HEAD"

    return middleware


def content_policy(*targets: str) -> str:
    """What a page may fetch and where its forms may lead: here, and besides to `targets`.

    Browsers ask it of every step that a form's answer redirects to.
    """
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action {' '.join((SELF, *targets))}"
    )


def _headers() -> list[tuple[str, str]]:
    found = [
        ("Content-Security-Policy", content_policy()),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)"),
    ]
    if settings.BASE_URL.startswith("https:"):
        found.append(("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains"))
    return found
