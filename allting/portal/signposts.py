"""Ways in for programs: the map of the site, the search, and news of the services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from allting.catalogue.api import PAGE, life_events, organisation, services
from allting.identity.api import Request, anyone
from allting.packages.api import (
    Edition,
    NothingPublished,
    UnreadableEdition,
    current,
    edition,
    published_editions,
)
from allting.portal.lists import open_services
from allting.ui.api import Ready, answer, later, plain, ready, translator

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
MOST_EDITIONS, MOST_NEWS = 10, 50
NEW, CHANGED, REVIEWED = later("New service"), later("Changed service"), later("Read through")


@dataclass(frozen=True, slots=True)
class News:
    """What became of a service, and when."""

    id: str
    what: str
    at: datetime


@require_safe
@anyone
def robots(request: Request) -> HttpResponse:
    """Where programs have nothing to do, and where the map is."""
    closed = ("my", "desk", "apply", "drafts", "sign-in")
    lines = [f"Disallow: /*/{each}/" for each in closed]
    text = "\n".join(("User-agent: *", *lines, f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@anyone
def sitemap(request: Request) -> HttpResponse:
    """Every page for everyone, in each language, with its sisters."""
    return _kept(request, "sitemap", "application/xml", _sitemap)


@require_safe
@anyone
def opensearch(request: Request) -> HttpResponse:
    """How a browser searches here by itself."""
    language = request.language
    media_type = "application/opensearchdescription+xml"
    return _kept(request, f"opensearch-{language}", media_type, lambda it: _search(it, language))


@require_safe
@anyone
def news_feed(request: Request) -> HttpResponse:
    """New and changed services, the latest first, as Atom."""
    language = request.language
    media_type = "application/atom+xml"
    return _kept(request, f"news-{language}", media_type, lambda it: _feed(it, language))


def _kept(
    request: Request, key: str, media_type: str, draw: Callable[[Edition], str]
) -> HttpResponse:
    try:
        now = current()
    except NothingPublished as nothing:
        raise Http404 from nothing
    if request.language not in now.definition.languages:
        raise Http404
    memory = f"portal.{key}.{settings.BASE_URL}"
    found: Ready = now.memo(memory, lambda: ready(draw(now).encode()))
    return answer(request, found, f"{media_type}; charset=utf-8")


# ---- the map


def _sitemap(now: Edition) -> str:
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    )
    lists = ("services/", "services/by/audience/", "services/by/board/")
    fixed = ("", *lists, "about/", "accessibility/")
    events = (f"life-events/{id}/" for id in life_events(now))
    found = open_services(now).items()
    pages: list[tuple[str, Any]] = [
        *((path, None) for path in (*fixed, *events)),
        *((f"services/{id}/", it.reviewed.on if it.reviewed else None) for id, it in found),
    ]
    lines = (_in_map(now, code, *page) for page in pages for code in now.definition.languages)
    return f"{HEAD}<urlset {spaces}>\n{''.join(lines)}</urlset>\n"


def _in_map(now: Edition, language: str, path: str, changed: Any) -> str:
    base = escape(settings.BASE_URL)
    sisters = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{base}/{code}/{path}"/>'
        for code in now.definition.languages
    )
    day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{base}/{language}/{path}</loc>{day}{sisters}</url>\n"


# ---- the search


def _search(now: Edition, language: str) -> str:
    name = plain(organisation(now).name, language)
    says = translator(language)("Search among all services")
    at = quoteattr(f"{settings.BASE_URL}/{language}/search/?q={{searchTerms}}")
    soon = quoteattr(f"{settings.BASE_URL}/suggest-{language}.json?q={{searchTerms}}")
    return (
        f'{HEAD}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(name[:16])}</ShortName>\n<LongName>{escape(name[:48])}</LongName>\n"
        f"<Description>{escape(says)}</Description>\n<Language>{language}</Language>\n"
        f"<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" method="get" template={at}/>\n'
        f'<Url type="application/x-suggestions+json" method="get" template={soon}/>\n'
        f"</OpenSearchDescription>\n"
    )


# ---- the news


def news(now: Edition) -> list[News]:
    """What is new or another in the last editions, once for each service, the latest first."""
    found: dict[str, News] = {}
    newer: Edition | None = now
    rows = [row for row in published_editions(MOST_EDITIONS + 1) if row.number < now.number]
    for row in rows[:MOST_EDITIONS]:
        try:
            older = edition(row.id)
        except UnreadableEdition:  # by another version of Allting: what was before is not known
            newer = None
            break
        _compare(found, older, newer or now)
        newer = older
    if newer is not None and newer.number == 1:
        for id in services(newer):
            found.setdefault(id, News(id, NEW, newer.published_at))
    shown = open_services(now)
    latest = sorted(found.values(), key=lambda it: (it.at, it.id), reverse=True)
    return [it for it in latest if it.id in shown][:MOST_NEWS]


def _compare(found: dict[str, News], older: Edition, newer: Edition) -> None:
    for id in services(newer):
        what = _became(older, newer, id)
        if what and id not in found:
            found[id] = News(id, what, newer.published_at)


def _became(older: Edition, newer: Edition, id: str) -> str:
    was, now = services(older).get(id), services(newer)[id]
    if was is None:
        return NEW
    same_day = {"reviewed": None}
    pages = (
        older.definition.markdown(PAGE, id, None, code)
        != newer.definition.markdown(PAGE, id, None, code)
        for code in newer.definition.languages
    )
    if was.model_copy(update=same_day) != now.model_copy(update=same_day) or any(pages):
        return CHANGED
    return REVIEWED if was.reviewed != now.reviewed else ""


def _feed(now: Edition, language: str) -> str:
    speak, base = translator(language), settings.BASE_URL
    name = escape(plain(organisation(now).name, language))
    found = news(now)
    latest = found[0].at if found else now.published_at
    own = quoteattr(f"{base}/news-{language}.atom")
    page = quoteattr(f"{base}/{language}/services/")
    entries = "".join(_entry(now, language, it) for it in found)
    title = escape(speak("New and changed services"))
    return (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<id>{escape(base)}/news-{language}.atom</id>\n<title>{title} – {name}</title>\n"
        f"<updated>{latest.isoformat()}</updated>\n<author><name>{name}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href={own}/>\n'
        f'<link rel="alternate" type="text/html" href={page}/>\n{entries}</feed>\n'
    )


def _entry(now: Edition, language: str, it: News) -> str:
    about, base = services(now)[it.id], settings.BASE_URL
    title = f"{translator(language)(it.what)}: {plain(about.title, language)}"
    page = quoteattr(f"{base}/{language}/services/{it.id}/")
    return (
        f"<entry><id>{escape(base)}/data/services/{it.id}</id><title>{escape(title)}</title>"
        f"<updated>{it.at.isoformat()}</updated>"
        f'<link rel="alternate" type="text/html" href={page}/>'
        f"<summary>{escape(plain(about.summary, language))}</summary></entry>\n"
    )
