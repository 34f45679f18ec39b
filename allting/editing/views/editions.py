"""The history: every edition, what it changed, the way back to it, and its files."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from allting.editing.access import may_go_back
from allting.editing.actions import NotDone, go_back
from allting.editing.notes import note
from allting.editing.ports import Ports
from allting.editing.refusing import refused
from allting.editing.telling import between
from allting.editing.words import WAYS
from allting.identity.api import Request, employee, who
from allting.packages.api import (
    Edition,
    NoFiles,
    NotPublishable,
    Published,
    UnreadableEdition,
    archive,
    current,
    difference,
    files_of,
    published_edition,
    published_editions,
)
from allting.packages.api import edition as opened
from allting.ui.api import later, render, translator, url

MOST = 50
MOST_TOLD = 400


@require_safe
@employee()
def editions(request: Request) -> HttpResponse:
    """All of them, the newest first."""
    before = request.GET.get("before", "")
    found = published_editions(MOST + 1, int(before) if before.isdigit() else None)
    speak = translator(request.language)
    context = {
        "editions": [(one, speak(WAYS[one.way], n=one.base or 0)) for one in found[:MOST]],
        "next": f"?before={found[MOST - 1].number}" if len(found) > MOST else None,
        "now": current().number,
    }
    return render(request, "editing/editions.html", context)


@require_safe
@employee()
def edition(request: Request, number: int) -> HttpResponse:
    """One of them, held against another: the one before it, unless another is asked for."""
    one = _published(number)
    asked = request.GET.get("with", "")
    other = published_edition(int(asked)) if asked.isdigit() else published_edition(number - 1)
    speak = translator(request.language)
    context: dict[str, Any] = {
        "edition": one,
        "way": speak(WAYS[one.way], n=one.base or 0),
        "other": other,
        "others": [
            (str(each.number), speak(later("Edition {n}"), n=each.number))
            for each in published_editions(MOST)
            if each.number != number
        ],
        "now": current().number,
        "may_go_back": may_go_back(who(request)) and one.keeps_files,
        **_compared(request, one, other),
    }
    return render(request, "editing/edition.html", context)


def _compared(request: Request, one: Published, other: Published | None) -> dict[str, Any]:
    told, services, unreadable = [], [], False
    try:
        after = opened(one.id)
        if other is not None:
            before = opened(other.id)
            told = list(between(before.definition, after.definition, translator(request.language)))
            services = _services(before, after)
    except UnreadableEdition:
        unreadable = True
    return {
        "told": told[:MOST_TOLD],
        "more": max(0, len(told) - MOST_TOLD),
        "services": services,
        "unreadable": unreadable,
    }


def _services(before: Edition, after: Edition) -> list[tuple[str, str]]:
    found = difference(before.definition, after.definition).services
    return [(one.id, one.title) for one in found if not one.gone]


def _published(number: int) -> Published:
    found = published_edition(number)
    if found is None:
        raise Http404
    return found


@require_POST
@employee()
def back(request: Request, number: int) -> HttpResponseBase:
    """Put the content of an older edition in force again."""
    _published(number)
    here = url(request.language, "editing:edition", number=number)
    try:
        made = go_back(who(request), number, request.POST.get("why", "")[:5000])
    except (NotDone, NoFiles, NotPublishable) as why:
        return refused(request, why, here)
    return HttpResponseRedirect(url(request.language, "editing:edition", number=made.number))


@require_safe
@employee()
def files(request: Request, number: int) -> HttpResponse:
    """The files of an edition, as an archive."""
    one = _published(number)
    try:
        folders = files_of(number)
    except NoFiles as why:
        return refused(request, why)
    name = f"{folders[-1].name}-{number}.zip"
    return HttpResponse(
        archive(folders, one.at),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@employee()
def page(request: Request, number: int, service: str) -> HttpResponse:
    """The page of a service as it was in an edition."""
    one = _published(number)
    here = url(request.language, "editing:edition", number=number)
    says = later("This is how the page looked in an edition that you have chosen.")
    try:
        held = opened(one.id)
    except UnreadableEdition:
        raise Http404 from None
    return Ports.service_page(request, held, service, note(request.language, says, here))
