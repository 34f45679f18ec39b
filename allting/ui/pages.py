"""Whole pages: a template in its frame, in the language of the request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from allting.ui.parts import come_back, frame_parts, language_links
from allting.ui.ports import frame
from allting.ui.templating import environment


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page `template` in the language of the request. An undefined variable is an error."""
    language: str = getattr(request, "language", settings.LANGUAGE_CODE)
    if language not in frame().languages:  # two letters in the address that nobody here speaks
        language = frame().languages[0]
    values = {
        "request": request,
        "actor": getattr(request, "actor", None),
        "frame": frame_parts(language),
        "languages": language_links(request, language),
        "come_back": come_back(request, language),
        "first_language": frame().languages[0] if language in frame().in_part else None,
    }
    page = environment(language).get_template(template)
    return HttpResponse(page.render(values, **(context or {})), status=status)
