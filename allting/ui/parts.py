"""The parts of the frame that are the same for everyone, drawn once per frame and language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from markupsafe import Markup

from allting.ui.language import house_speaks
from allting.ui.ports import Frame, frame
from allting.ui.templating import fragment
from allting.ui.texts import plain

LANGUAGE_NAMES = {
    "sv": "Svenska",
    "en": "English",
    "fi": "Suomi",
    "ar": "العربية",
    "so": "Soomaali",
}


@dataclass(frozen=True)
class Parts:
    """Ready pieces of a page in one language."""

    frame: Frame
    name: str
    head: Markup
    brand: Markup
    nav: Markup
    footer: Markup


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    href: str


# One entry per language, replaced when another version is published
_drawn: dict[str, Parts] = {}


def frame_parts(language: str) -> Parts:
    """The frame in `language`; drawn anew only when the frame itself is another."""
    now = frame()
    ready = _drawn.get(language)
    if ready is None or ready.frame is not now:
        ready = _drawn[language] = _draw(now, language)
    return ready


def _draw(now: Frame, language: str) -> Parts:
    name = plain(now.name, language)
    context = {"frame": now, "name": name}
    head, brand, nav, footer = (
        fragment(language, f"ui/parts/{part}.html", context)
        for part in ("head", "brand", "nav", "footer")
    )
    return Parts(now, name, head, brand, nav, footer)


def language_links(request: HttpRequest, language: str) -> list[LanguageLink]:
    """The other languages of this very page."""
    at_work = request.path.startswith(f"/{language}/desk/")
    return [
        LanguageLink(code, LANGUAGE_NAMES.get(code, code), _same_page(request, language, code))
        for code in frame().languages
        if code != language and (house_speaks(code) or not at_work)
    ]


def _same_page(request: HttpRequest, language: str, other: str) -> str:
    prefix = f"/{language}/"
    if request.path.startswith(prefix):
        query = request.META.get("QUERY_STRING", "")
        return f"/{other}/{request.path[len(prefix) :]}{'?' + query if query else ''}"
    asked = request.GET.copy()  # an address without a language is asked for one, and keeps the rest
    asked["language"] = other
    return f"?{asked.urlencode()}"


def come_back(request: HttpRequest, language: str) -> str:
    """Where someone who signs in here is led afterwards: this page, if it is a page to be on."""
    path = request.path
    if not path.startswith(f"/{language}/") or path == f"/{language}/sign-in/":
        return ""
    return "?" + urlencode({"next": request.get_full_path()}, safe="/")
