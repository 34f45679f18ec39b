"""The form of a file, or of a part of it."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from allting.catalogue.api import WEEK
from allting.editing.access import may_edit, service_of
from allting.editing.actions import NotDone
from allting.editing.actions import edit as save
from allting.editing.fields import Field, Group, Sheet
from allting.editing.filled import edits_from, rows_of
from allting.editing.pages import page_fields
from allting.editing.queries import begun_by, proposal
from allting.editing.refusing import refused
from allting.editing.rules import EDITABLE, EDITOR
from allting.editing.shapes import HOURS
from allting.editing.telling import located, place_in_words, thing_of
from allting.editing.things import edit_url
from allting.editing.words import ADDING, day_name
from allting.editing.working import NoFiles, NotRewritable, Working, working
from allting.editing.wrong import show_problems
from allting.identity.api import Request, employee, who
from allting.packages.api import (
    Edit,
    FileKind,
    applied,
    check_folders,
    joined,
    registry,
    schema_of,
    tree_of,
)
from allting.packages.api import read_folder as read
from allting.ui.api import Translator, render, translator, url

MOST_FIELDS = 90  # a longer form is divided into its parts


@require_http_methods(["GET", "POST"])
@employee(EDITOR)
def edit(request: Request, file: str) -> HttpResponseBase:
    """Shows the form, and keeps what is filled in as a part of a proposal."""
    try:
        work = working(proposal_of(request))
        if not may_edit(who(request), work.edition, file):
            raise PermissionDenied
        form = _form(work, file, request.GET.get("at", ""), translator(request.language))
        if request.method == "POST":
            return _saved(request, work, file, form)
        return _page(request, work, file, form)
    except (NoFiles, NotRewritable, NotDone) as why:
        return refused(request, why)


def proposal_of(request: Request) -> Any:
    """The proposal that is asked for, or else the one that the editor is writing."""
    given = request.GET.get("in", "")
    if not given:
        return begun_by(who(request).account)
    try:
        found = proposal(UUID(given))
    except ValueError:
        raise Http404 from None
    if found.state not in EDITABLE:
        raise NotDone(NotDone.NOT_NOW)
    return found


def _form(work: Working, file: str, at: str, speak: Translator) -> Group:
    known = registry()
    languages = work.edition.definition.known_languages
    if any(kind.match(file) is not None for kind in known.texts.values()):
        return page_fields(work.folders, file, languages, speak)
    kind = next((one for one in known.files.values() if one.match(file) is not None), None)
    whole = tree_of(work.folders, file)
    if kind is None or whole is None:
        raise Http404
    path = tuple(step.replace("_", "#", 1) if step[:1] == "_" else step for step in at.split("."))
    own = read(work.folders[-1]).trees.get(file)
    sheet = Sheet(whole, own, tree_of(work.folders[:-1], file), languages, speak)
    return _whole_or_part(sheet, kind, path if at else ())


def _whole_or_part(sheet: Sheet, kind: FileKind[Any], path: tuple[str, ...]) -> Group:
    form = sheet.group(schema_of(kind), path)
    if not form.fields and not form.groups:
        part = sheet.group(schema_of(kind), path[:-1]) if path else form
        form = next((one for one in part.groups if one.path == path), form)
    if not form.fields and not form.groups:
        raise Http404
    return form


def _saved(request: Request, work: Working, file: str, form: Group) -> HttpResponseBase:
    speak = translator(request.language)
    fields = list(form.every())
    edits = list(edits_from(file, form, request.POST, speak))
    if any(one.error for one in fields):
        return _page(request, work, file, form, status=422)
    trial = applied(work.base, joined(work.edits, edits))
    if "preview" in request.POST:
        return _page(request, work, file, _written(form, request), shown=True)
    wrong = [one for one in check_folders(trial).errors if one not in work.check.errors]
    left = show_problems(wrong, file, trial, fields, speak)
    if wrong:
        # what else is wrong follows from what is wrong here, as a rule
        left = [] if any(one.error for one in fields) else left
        return _page(request, work, file, _written(form, request), status=422, left=left)
    if _by_place(joined(work.edits, edits)) == _by_place(work.edits):
        return _page(request, work, file, form, unchanged=True)
    held = save(who(request), work.proposal.id if work.proposal else None, edits)
    return HttpResponseRedirect(url(request.language, "editing:proposal", id=held.id))


def _by_place(edits: Iterable[Edit]) -> dict[object, Edit]:
    return {one.address: one for one in edits}


def _written(form: Group, request: Request) -> Group:
    """The form with what was filled in."""
    for one in form.every():
        if one.kind != HOURS and one.name in request.POST:
            one.written = request.POST[one.name].replace("\r\n", "\n")
    return form


def _page(
    request: Request,
    work: Working,
    file: str,
    form: Group,
    *,
    status: int = 200,
    shown: bool = False,
    unchanged: bool = False,
    left: Iterable[Any] = (),
) -> HttpResponse:
    speak, definition = translator(request.language), work.edition.definition
    fields = list(form.every())
    divided = len(fields) > MOST_FIELDS
    context = {
        "title": thing_of(file, definition, speak, one_language=False),
        "place": place_in_words(work.folders, file, form.path, speak),
        "form": form,
        "divided": list(_parts(form, file, speak, request.GET.get("in", ""))) if divided else (),
        "growing": [one for one in form.groups if one.adds],
        "words": {key: speak(words) for key, words in ADDING.items()},
        "inside": request.GET.get("in", ""),
        "proposal": work.proposal,
        "base": definition.package.builds_on or "",
        "service": service_of(file),
        "errors": summed_up(fields),
        "problems": list(located(left, definition, speak)),
        "shown": shown,
        "unchanged": unchanged,
        "rows": rows_of,
        "days": days_in(speak),
        "adds": url(speak.language, "editing:add", file=file),
    }
    return render(request, "editing/edit.html", context, status=status)


def summed_up(fields: Iterable[Field]) -> list[dict[str, Any]]:
    """What is wrong in a form, each with the way to its field."""
    wrong = [one for one in fields if one.error]
    return [
        {"href": f"#{one.name}", "text": Markup("{}: {}").format(one.label, one.error)}
        for one in wrong
    ]


def days_in(speak: Translator) -> list[tuple[str, str]]:
    """The days of the week to choose from."""
    return [("", "–"), *((day, day_name(day, speak.language)) for day in WEEK)]


def _parts(form: Group, file: str, speak: Translator, inside: str) -> Iterator[dict[str, str]]:
    for group in form.groups:
        for one in group.groups or ([] if group.adds else [group]):
            address = ".".join(one.path).replace("#", "_")
            href = edit_url(speak.language, file, address)
            yield {
                "group": group.title,
                "title": one.title,
                "href": f"{href}&in={inside}" if inside else href,
            }
