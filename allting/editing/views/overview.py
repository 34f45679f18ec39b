"""What the municipality's package says, and where to change it."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from allting.catalogue.api import SERVICE
from allting.editing.access import may_edit
from allting.editing.queries import open_proposals
from allting.editing.rules import EDITOR
from allting.editing.telling import thing_of
from allting.editing.things import edit_url, things
from allting.editing.words import ADDING, language_of
from allting.identity.api import Request, employee, who
from allting.packages.api import Edition, current, published_edition, registry
from allting.ui.api import Translator, render, translator, url

MOST_FOUND = 60
NOT_TEXTS = ("examples", "places")


@require_safe
@employee()
def index(request: Request) -> HttpResponse:
    """Proposals on their way, and everything that can be changed."""
    edition, language = current(), request.language
    words = " ".join(request.GET.get("q", "")[:100].split())
    groups: dict[str, list[Any]] = {}
    for thing in things(edition, language):
        if not words or thing.holds(words):
            groups.setdefault(thing.group, []).append(thing)
    context = {
        "words": words,
        "groups": groups,
        "found": sum(map(len, groups.values())),
        "most": MOST_FOUND,
        "proposals": open_proposals(),
        "edition": published_edition(edition.number),
        "editor": bool(who(request).boards(EDITOR)),
    }
    return render(request, "editing/index.html", context)


@require_safe
@employee()
def service(request: Request, id: str) -> HttpResponse:
    """What a service consists of, each part with a way to change it."""
    edition, speak = current(), translator(request.language)
    held = edition.definition.find(SERVICE, id)
    if held is None:
        raise Http404
    context = {
        "id": id,
        "service": held,
        "parts": list(_parts(edition, id, speak)),
        "may_edit": may_edit(who(request), edition, f"services/{id}/service.yaml"),
        "live": url(request.language, "portal:service", id=id),
    }
    return render(request, "editing/service.html", context)


def _parts(edition: Edition, id: str, speak: Translator) -> Iterator[dict[str, Any]]:
    definition = edition.definition
    for kind in registry().files.values():
        if kind.name in NOT_TEXTS or not kind.pattern.startswith("services/{id}/"):
            continue
        if definition.find(kind, id) is not None:
            yield _part(kind.file(id), edition, speak)
    if definition.find("faq", id) is None:
        href = url(speak.language, "editing:add", file=f"services/{id}/faq.yaml")
        yield {"title": speak(ADDING["questions"]), "href": f"{href}?at=questions", "missing": ""}
    for text, owner, name, languages in definition.pages():
        pattern = registry().texts[text].pattern
        if owner == id and pattern.startswith("services/{id}/"):
            file = registry().texts[text].file(id, name, definition.languages[0])
            missing = [one for one in definition.languages if one not in languages]
            yield _part(file, edition, speak, missing)


def _part(
    file: str, edition: Edition, speak: Translator, missing: list[str] | None = None
) -> dict[str, Any]:
    title = thing_of(file, edition.definition, speak, one_language=False).partition(": ")[2]
    return {
        "title": title,
        "href": edit_url(speak.language, file),
        "missing": ", ".join(language_of(one, speak).lower() for one in missing or ()),
    }
