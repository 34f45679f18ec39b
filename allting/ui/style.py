"""The style page: every component in every state, with words like those of real pages."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ruamel.yaml import YAML

from allting.ui.assets import HERE
from allting.ui.icons import pictures
from allting.ui.pages import render
from allting.ui.ports import frame
from allting.ui.theme import tokens_by_day, tokens_by_night
from allting.ui.views import open_to_all

PAGES = {"": "style", "home": "style-home", "form": "style-form", "desk": "style-desk"}


@open_to_all
def style(request: HttpRequest, page: str = "") -> HttpResponse:
    """The style page and its examples; only where the demonstration is on."""
    if not settings.DEMO or page not in PAGES:
        raise Http404
    theme = frame().theme
    day, night = tokens_by_day(theme), tokens_by_night(theme)
    colours = [[name, day[name], night[name]] for name in sorted(day)]
    words = {"t": both, "drawings": pictures(), "colours": colours}
    return render(request, f"ui/{PAGES[page]}.html", {**samples(), **words})


def both(sv: str, en: str) -> dict[str, str]:
    """The same in both languages."""
    return {"sv": sv, "en": en}


@lru_cache(maxsize=1)
def samples() -> dict[str, Any]:
    """What the examples say."""
    found: dict[str, Any] = YAML(typ="safe").load((HERE / "style.yaml").read_text("utf-8"))
    for entry in found["history"]:
        entry["when"] = datetime.fromisoformat(entry["when"])
    return found
