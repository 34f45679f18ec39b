"""Public pages, kept as ready bytes: a published version never changes.

A page is drawn once per edition, language and moment (such as "open until 16:30"). For someone
signed in the same page is kept with openings where their name and what is theirs goes; only that
is drawn per request. So a page costs a look-up, whoever asks.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from markupsafe import Markup, escape

from allting.catalogue.api import NotInCatalogue
from allting.identity.api import Actor, Request, Role
from allting.packages.api import Edition, current
from allting.ui.api import render

MOST_BYTES = 64_000_000
OPENING = re.compile("\x02([a-z-]+)\x03")
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
SOMEBODY = Actor(UUID(int=0), UUID(int=0), "\x02name\x03", None, "")
SOME_EMPLOYEE = Actor(UUID(int=0), UUID(int=0), "\x02name\x03", None, "", (Role("any", "any"),))

Build = Callable[[Edition, str], Mapping[str, Any]]
Mine = Callable[[Request, Edition], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page for everyone, as it goes out."""

    body: bytes
    packed: bytes
    mark: str

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)


class Shelf:
    """The pages of one edition. When it is full the oldest go; reading takes no lock."""

    def __init__(self) -> None:
        self._public: dict[Hashable, Kept] = {}
        self._shells: dict[Hashable, tuple[str, ...]] = {}
        self._bytes = 0

    def public(self, key: Hashable, draw: Callable[[], str]) -> Kept:
        """The page under `key`, drawn by the first who asks."""
        kept = self._public.get(key)
        if kept is None:
            body = draw().encode()
            mark = hashlib.sha256(body).hexdigest()[:20]
            kept = Kept(body, gzip.compress(body, 6, mtime=0), mark)
            self._make_room(kept.size)
            self._public[key] = kept
        return kept

    def shell(self, key: Hashable, draw: Callable[[], str]) -> tuple[str, ...]:
        """The page's pieces: text, the name of an opening, text …"""
        pieces = self._shells.get(key)
        if pieces is None:
            page = TOKEN.sub("\\g<1>\x02token\x03", draw())
            pieces = tuple(OPENING.split(page))
            self._make_room(2 * len(page))
            self._shells[key] = pieces
        return pieces

    def _make_room(self, size: int) -> None:
        self._bytes += size
        if self._bytes > MOST_BYTES:
            self._public.clear()
            self._shells.clear()
            self._bytes = size


def opening(name: str) -> Markup:
    """In a template: the place where `name` is laid in for someone signed in."""
    return Markup(f"\x02{name}\x03")  # noqa: S704 (a fixed mark)


def public_page(
    request: Request,
    template: str,
    build: Build,
    *,
    moment: Hashable = None,
    mine: Mine | None = None,
    asked: bool = False,
) -> HttpResponse:
    """The page at this address. `mine` gives what goes into the openings for someone signed in.

    `moment` is whatever the page depends on besides edition and language. With `asked` the openings
    are there, and filled, for someone who has not signed in too: the address asks for it.
    """
    edition, language = current(), request.language
    if language not in edition.definition.languages:
        raise Http404
    shelf: Shelf = edition.memo("portal.pages", Shelf)
    actor = request.actor
    key = (language, request.path_info, moment)
    try:
        if actor is None and not asked:
            draw = _drawing(request, template, build, edition, None)
            return _whole(request, shelf.public(key, draw))
        stand_in = _in_place_of(actor)
        draw = _drawing(request, template, build, edition, stand_in, asked=asked)
        pieces = shelf.shell((*key, stand_in and bool(stand_in.roles), asked), draw)
        return _laid_together(request, pieces, mine(request, edition) if mine else {})
    except NotInCatalogue as absent:
        raise Http404(str(absent)) from absent


def _in_place_of(actor: Actor | None) -> Actor | None:
    """Whom a shell is drawn for: nobody in particular, so that it serves them all."""
    if actor is None:
        return None
    return SOME_EMPLOYEE if actor.roles else SOMEBODY


def _drawing(
    request: Request,
    template: str,
    build: Build,
    edition: Edition,
    actor: Actor | None,
    *,
    asked: bool = False,
) -> Callable[[], str]:
    def draw() -> str:
        blank = HttpRequest()
        blank.path = blank.path_info = request.path_info
        blank.META["QUERY_STRING"] = ""
        blank.language, blank.actor = request.language, actor  # type: ignore[attr-defined]
        context = {"opening": opening, "asked": asked, **build(edition, request.language)}
        return render(blank, template, context).content.decode()

    return draw


def _whole(request: Request, kept: Kept) -> HttpResponse:
    packs = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    mark = f'"{kept.mark}-gz"' if packs else f'"{kept.mark}"'
    response: HttpResponse
    if mark in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponseNotModified()
    else:
        body = kept.packed if packs else kept.body
        response = HttpResponse(body, headers={"Content-Length": str(len(body))})
        if packs:
            response.headers["Content-Encoding"] = "gzip"
    headers = response.headers
    headers["ETag"] = mark
    # a cache may keep it but asks each time: a new edition shows at once, and so does signing in
    headers["Cache-Control"] = "public, no-cache"
    headers["Vary"] = "Accept-Encoding, Cookie"
    return response


def _laid_together(
    request: Request, pieces: tuple[str, ...], mine: Mapping[str, str]
) -> HttpResponse:
    actor, wanted = request.actor, pieces[1::2]
    known = {"name": escape(actor.name if actor else ""), **mine}
    if "token" in wanted:  # asking for one sets a cookie
        known["token"] = get_token(request)
    page = list(pieces)
    page[1::2] = [known.get(name, "") for name in wanted]
    # what somebody has told stands in the page, so nothing keeps it, nor its address
    private = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse("".join(page), headers={} if actor else private)
