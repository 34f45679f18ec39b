"""The form for a thing that is added to a list: a question, a way to do it, a day, a unit."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from allting.cases.api import Suggested
from allting.editing.access import may_edit, service_of
from allting.editing.actions import NotDone
from allting.editing.actions import edit as save
from allting.editing.adding import NEW, edit_adding, ids_at, value_from
from allting.editing.fields import Field, Group, Sheet
from allting.editing.filled import rows_in, rows_of
from allting.editing.marks import faq_of, take_up, waiting_mark
from allting.editing.refusing import refused
from allting.editing.rules import EDITOR
from allting.editing.shapes import HOURS, Schemas, Steps
from allting.editing.telling import located, thing_of
from allting.editing.views.editing import days_in, proposal_of, summed_up
from allting.editing.words import ADDING
from allting.editing.working import NoFiles, NotRewritable, Working, working
from allting.editing.wrong import show_problems
from allting.identity.api import Request, employee, who
from allting.kernel.api import write
from allting.packages.api import (
    ITEM,
    Branch,
    Edit,
    Origin,
    applied,
    check_folders,
    joined,
    registry,
    schema_of,
    tree_of,
)
from allting.packages.api import read_folder as read
from allting.ui.api import Translator, render, translator, url


@require_http_methods(["GET", "POST"])
@employee(EDITOR)
def add(request: Request, file: str) -> HttpResponseBase:
    """Asks what the new thing says, and keeps it as a part of a proposal."""
    try:
        work = working(proposal_of(request))
        if not may_edit(who(request), work.edition, file):
            raise PermissionDenied
        where = tuple(_step(one) for one in request.GET.get("at", "").split("."))
        form = _form(work, file, where, translator(request.language))
        if request.method == "POST":
            return _saved(request, work, file, where, form)
        one = _marked(request, work, file)
        if one is not None:
            _filled(form, one)
        return _page(request, work, file, where, form)
    except (NoFiles, NotRewritable, NotDone) as why:
        return refused(request, why)


def _marked(request: Request, work: Working, file: str) -> Suggested | None:
    """The marked question that the new one is made from, if it is about this file's service."""
    mark = request.GET.get("mark", "")
    one = waiting_mark(who(request), work.edition, int(mark)) if mark.isdigit() else None
    return one if one is not None and faq_of(one.service) == file else None


def _filled(form: Group, one: Suggested) -> None:
    said = {"question": one.question, "answer": one.answer}
    for each in form.every():
        if each.language == one.language and each.path[-2] in said:
            each.written = said[each.path[-2]]


def _step(one: str) -> str:
    return one.replace("_", ITEM, 1) if one[:1] == "_" else one


def _trees(work: Working, file: str) -> list[Branch | None]:
    below = tree_of(work.folders[:-1], file)
    return [tree_of(work.folders, file), below, read(work.folders[-1]).trees.get(file)]


def _form(work: Working, file: str, where: Steps, speak: Translator) -> Group:
    kind = next((one for one in registry().files.values() if one.match(file) is not None), None)
    if kind is None or not _known(work, file):
        raise Http404
    schema = schema_of(kind)
    it: Any = schema
    schemas = Schemas(schema)
    for step in where:
        it = schemas.resolved(it)
        it = it.get("items") if step.startswith(ITEM) else it.get("properties", {}).get(step)
        if it is None:
            raise Http404
    if not schemas.added_to(it):
        raise Http404
    tree = tree_of(work.folders, file) or Branch({}, Origin("", file))
    languages = work.edition.definition.known_languages
    sheet = Sheet(tree, None, None, languages, speak, fresh=True)
    return sheet.group(schema, (*where, NEW))


def _known(work: Working, file: str) -> bool:
    """Whether the file is there, or may be begun: the questions of a service that is there."""
    service = service_of(file)
    shared = tree_of(work.folders, f"services/{service}/service.yaml") if service else None
    return tree_of(work.folders, file) is not None or shared is not None


def _saved(
    request: Request, work: Working, file: str, where: Steps, form: Group
) -> HttpResponseBase:
    speak, fields = translator(request.language), list(form.every())
    value = value_from(fields, request.POST, speak)
    for one in fields:
        if one.kind == HOURS:
            one.written = rows_in(one, request.POST)
    if any(one.error for one in fields):
        return _page(request, work, file, where, form, status=422)
    made = edit_adding(file, where, value, ids_at(_trees(work, file), where))
    trial = applied(work.base, joined(work.edits, [made]))
    wrong = [one for one in check_folders(trial).errors if one not in work.check.errors]
    if wrong:
        known = {one.path: one for one in fields}
        _called(fields, made)
        left = show_problems(wrong, file, trial, fields, speak)
        for path, one in known.items():
            one.path = path
        left = [] if any(one.error for one in fields) else left
        return _page(request, work, file, where, form, status=422, left=left)
    marked = _marked(request, work, file)
    with write():
        held = save(who(request), work.proposal.id if work.proposal else None, [made])
        if marked is not None:
            take_up(who(request), marked.mark, held)
    return HttpResponseRedirect(url(request.language, "editing:proposal", id=held.id))


def _called(fields: list[Field], made: Edit) -> None:
    """The fields under the id that the thing has got, where the check speaks of it."""
    for one in fields:
        one.path = tuple(made.path[-1] if step == NEW else step for step in one.path)
        alone = one.path[len(made.path) : -1]
        if one.language and isinstance(_at(made.value, alone), str):
            one.path = one.path[:-1]


def _at(value: Any, path: Steps) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _page(
    request: Request,
    work: Working,
    file: str,
    where: Steps,
    form: Group,
    *,
    status: int = 200,
    left: Any = (),
) -> HttpResponse:
    speak, definition = translator(request.language), work.edition.definition
    context = {
        "title": speak(ADDING[where[-1]]),
        "place": thing_of(file, definition, speak, one_language=False),
        "form": form,
        "divided": (),
        "proposal": work.proposal,
        "base": "",
        "service": service_of(file),
        "errors": summed_up(form.every()),
        "problems": list(located(left, definition, speak)),
        "shown": False,
        "unchanged": False,
        "rows": rows_of,
        "days": days_in(speak),
        "adds": "",
        "words": {},
        "growing": (),
        "inside": "",
    }
    return render(request, "editing/edit.html", context, status=status)
