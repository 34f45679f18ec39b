"""A proposal: what it changes, whom that touches, how it will look, and what to do with it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from allting.cases.api import desk_boards
from allting.catalogue.api import SERVICE
from allting.editing.access import may_do, may_edit
from allting.editing.actions import NotDone, drop, make_move, settle
from allting.editing.models import Proposal
from allting.editing.notes import note
from allting.editing.ports import Ports
from allting.editing.queries import happenings
from allting.editing.queries import proposal as found
from allting.editing.refusing import refused
from allting.editing.rules import EDITABLE, MOVES, Move
from allting.editing.telling import as_text, located, told
from allting.editing.things import edit_url
from allting.editing.words import DONE, MADE, STATES, TONES
from allting.editing.working import NoFiles, NotRewritable, Working, working
from allting.identity.api import Actor, Request, employee, who
from allting.packages.api import NotPublishable, Touched, current
from allting.ui.api import Translator, in_words, later, render, translator, url

OPEN_CASES = "open cases"
STAND = {
    OPEN_CASES: later("Open cases that go on under the edition they began under: {n}"),
    "unfinished drafts": later(
        "Unfinished applications that keep to the edition they were begun under: {n}"
    ),
}


@require_safe
@employee()
def proposal(request: Request, id: UUID) -> HttpResponse:
    """The page of one proposal."""
    held = found(id)
    try:
        return render(request, "editing/proposal.html", _context(request, held))
    except (NoFiles, NotRewritable) as why:
        return refused(request, why)


def _context(request: Request, held: Proposal) -> dict[str, Any]:
    speak = translator(request.language)
    work = working(held)
    over = held.state not in (*EDITABLE, "proposed", "approved")
    return {
        "proposal": held,
        "state": speak(STATES[held.state]),
        "tone": TONES[held.state],
        "changes": list(told(work.edits, work.edition.definition, work.folders, speak)),
        "edit_url": lambda file, path: _edit_url(request.language, file, path, held),
        "editable": held.state in EDITABLE
        and all(may_edit(who(request), work.edition, one.file) for one in work.edits),
        "problems": []
        if over
        else list(located(work.check.errors, work.edition.definition, speak)),
        "clashes": [] if over else list(_clashes(work, speak)),
        "services": [] if over else list(_services(work)),
        "touched": [] if over else list(_touched(work, who(request), speak)),
        "moves": []
        if over
        else [
            {"do": move.do, "says": speak(MADE[move.do])} for move in _moves(request, held, work)
        ],
        "own": str(who(request).account) in held.authors,
        "happened": [(speak(DONE[one.did]), one) for one in happenings(held.id)],
    }


def _edit_url(language: str, file: str, path: tuple[str, ...], held: Proposal) -> str:
    part = ".".join(path[:2]) if path[1:2] and path[1][:1] == "#" else ""
    href = edit_url(language, file, part.replace("#", "_"))
    return f"{href}{'&' if part else '?'}in={held.id}"


def _moves(request: Request, held: Proposal, work: Working) -> Iterator[Move]:
    files = [one.file for one in work.edits]
    for move in MOVES:
        ready = not (work.clashes or work.check.errors) or move.do in ("return", "withdraw")
        allowed = may_do(who(request), work.edition, move, files, held.authors)
        if held.state in move.states and allowed and ready and (files or move.do == "withdraw"):
            yield move


def _clashes(work: Working, speak: Translator) -> Iterator[dict[str, str]]:
    for clash in work.clashes:
        one = next(told([clash.edit], work.edition.definition, work.folders, speak))
        yield {
            "thing": one.thing,
            "what": one.what,
            "was": as_text(clash.edit.before, speak),
            "now": as_text(clash.now, speak),
            "wanted": as_text(clash.edit.value, speak),
        }


def _services(work: Working) -> Iterator[tuple[str, Any]]:
    assert work.trial is None or work.trial.definition  # noqa: S101
    for id in work.services if work.trial else ():
        held = work.trial.definition.find(SERVICE, id) if work.trial else None
        if held is not None and held.status != "closed":
            yield id, held.title


def _touched(work: Working, actor: Actor, speak: Translator) -> Iterator[dict[str, Any]]:
    definition = work.edition.definition
    for one in work.touched():
        held = definition.find(SERVICE, one.service)
        known = one.kind in STAND
        board = held.board if held else ""
        yield {
            "service": held.title if held else one.service,
            "says": speak(STAND[one.kind], n=one.number) if known else in_words(one.words, speak),
            "warns": one.warns,
            "href": _queue(one, board, actor, speak),
        }


def _queue(one: Touched, board: str, actor: Actor, speak: Translator) -> str:
    """The cases themselves, for who works with the board's; others know how many, and no more."""
    if one.kind != OPEN_CASES or board not in desk_boards(actor):
        return ""
    return f"{url(speak.language, 'workplace:desk')}?{urlencode({'service': one.service})}"


@require_POST
@employee()
def do(request: Request, id: UUID, do: str) -> HttpResponseBase:
    """Make a move, and come back to the proposal."""
    back = url(request.language, "editing:proposal", id=id)
    seen = request.POST.get("seen", "")
    try:
        make_move(
            who(request),
            id,
            do,
            seen=int(seen) if seen.isdigit() else 0,
            comment=request.POST.get("comment", "")[:5000],
        )
    except (NotDone, NotPublishable, NoFiles, NotRewritable) as why:
        return refused(request, why, back)
    return HttpResponseRedirect(back)


@require_POST
@employee()
def dropping(request: Request, id: UUID) -> HttpResponseBase:
    """Take one change out again."""
    back = url(request.language, "editing:proposal", id=id)
    path = tuple(filter(None, request.POST.get("path", "").split("\n")))
    try:
        drop(who(request), id, request.POST.get("file", ""), path)
    except NotDone as why:
        return refused(request, why, back)
    return HttpResponseRedirect(back)


@require_POST
@employee()
def settling(request: Request, id: UUID) -> HttpResponseBase:
    """Keep to the proposal where others have changed the same."""
    back = url(request.language, "editing:proposal", id=id)
    try:
        settle(who(request), id)
    except NotDone as why:
        return refused(request, why, back)
    return HttpResponseRedirect(back)


@require_safe
@employee()
def preview(request: Request, id: UUID, service: str) -> HttpResponse:
    """The very page of a service as it will be, drawn by the portal from what is proposed."""
    held = found(id)
    try:
        work = working(held)
        trial = work.trial
    except (NoFiles, NotRewritable) as why:
        return refused(request, why)
    if trial is None or current().definition.languages == ():
        raise Http404
    back = url(request.language, "editing:proposal", id=id)
    says = later("This is how the page will be. It is not published yet.")
    return Ports.service_page(request, trial, service, note(request.language, says, back))
