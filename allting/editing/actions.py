"""What changes proposals, and through them the editions."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.editing.access import holds, may_do, may_go_back
from allting.editing.models import Happening, Proposal
from allting.editing.rules import APPROVED, EDITABLE, EDITOR, PUBLISHED, Move, move_named
from allting.editing.working import working
from allting.identity.api import Actor
from allting.kernel.api import now, record, write
from allting.packages.api import (
    Edit,
    Edition,
    Sending,
    as_json,
    check_folders,
    current,
    files_of,
    from_json,
    joined,
    publish_again,
    publish_folders,
)

DESK = "desk"


class NotDone(Exception):
    """It could not be done as things stand; `why` is one of the reasons below."""

    CHANGED = "changed"  # somebody was there meanwhile
    EMPTY = "empty"  # nothing is edited
    WHY = "why"  # it does not say why
    ERRORS = "errors"  # the check finds errors
    CLASH = "clash"  # others have changed the same
    NOT_NOW = "not now"  # its state does not allow it

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def edit(actor: Actor, id: UUID | None, edits: Sequence[Edit]) -> Proposal:
    """Add edits to a proposal, or begin one with them."""
    edition = current()
    if not holds(actor, edition, (EDITOR,), [one.file for one in edits]):
        raise PermissionDenied
    with write():
        held = _locked(id) if id else _begun(actor, edition)
        if held.state not in EDITABLE:
            raise NotDone(NotDone.NOT_NOW)
        held.edits = as_json(joined(from_json(held.edits), edits))
        held.authors = {**held.authors, str(actor.account): actor.name}
        _changed(held, actor, "edit", ", ".join(sorted({one.file for one in edits})))
    return held


def _begun(actor: Actor, edition: Edition) -> Proposal:
    return Proposal.objects.create(base=edition.number, begun_at=now(), changed_at=now())


def drop(actor: Actor, id: UUID, file: str, path: tuple[str, ...]) -> None:
    """Take one edit out of a proposal."""
    with write():
        held = _locked(id)
        if not holds(actor, current(), (EDITOR,), (file,)):
            raise PermissionDenied
        if held.state not in EDITABLE:
            raise NotDone(NotDone.NOT_NOW)
        kept = [one for one in from_json(held.edits) if one.address != (file, path)]
        held.edits = as_json(kept)
        held.authors = {**held.authors, str(actor.account): actor.name}
        _changed(held, actor, "drop", file)


def settle(actor: Actor, id: UUID) -> None:
    """Keep to what the proposal says where others have changed the same: their words are seen."""
    with write():
        held = _locked(id)
        found = from_json(held.edits)
        if not holds(actor, current(), (EDITOR,), [one.file for one in found]):
            raise PermissionDenied
        if held.state not in EDITABLE:
            raise NotDone(NotDone.NOT_NOW)
        now_there = {clash.edit.address: clash.now for clash in working(held).clashes}
        held.edits = as_json(
            Edit(one.file, one.path, now_there[one.address], one.value, one.back)
            if one.address in now_there
            else one
            for one in found
        )
        held.authors = {**held.authors, str(actor.account): actor.name}
        _changed(held, actor, "settle", "")


def make_move(actor: Actor, id: UUID, do: str, *, seen: int, comment: str = "") -> Proposal:
    """Propose, approve, return, publish or withdraw what was seen as version `seen`."""
    move = move_named(do)
    found = Proposal.objects.filter(id=id).first()
    if move is None or found is None:
        raise PermissionDenied
    _allowed(actor, found, move, seen)
    if move.says_why and not comment.strip():
        raise NotDone(NotDone.WHY)
    if do in ("propose", "approve", "publish"):
        _sound(found)
    if do == "publish":
        return _published(actor, found)
    with write():
        held = _locked(id)
        _allowed(actor, held, move, seen)
        held.state = move.to
        if do == "propose":
            held.why = comment.strip() or held.why
        if do == "propose" and not held.why:
            raise NotDone(NotDone.WHY)
        _changed(held, actor, do, comment.strip())
    return held


def _allowed(actor: Actor, held: Proposal, move: Move, seen: int) -> None:
    files = [one["file"] for one in held.edits]
    if not may_do(actor, current(), move, files, held.authors):
        raise PermissionDenied
    if held.version != seen:
        raise NotDone(NotDone.CHANGED)
    if held.state not in move.states:
        raise NotDone(NotDone.NOT_NOW)


def _sound(held: Proposal) -> None:
    """Raise NotDone for what nobody should approve: nothing, what is wrong, what clashes."""
    if not held.edits:
        raise NotDone(NotDone.EMPTY)
    work = working(held)
    if work.clashes:
        raise NotDone(NotDone.CLASH)
    if work.check.definition is None:
        raise NotDone(NotDone.ERRORS)


def _published(actor: Actor, found: Proposal) -> Proposal:
    """Edition and proposal in one transaction; the check, which takes its time, before it."""
    work = working(found)
    names = ", ".join(found.authors.values())
    how = Sending(by=names, why=found.why, seen=work.edition.number, way=DESK)
    assert work.check.definition is not None  # noqa: S101  looked at before
    with write():
        held = _locked(found.id)
        if (held.version, held.state) != (found.version, APPROVED):
            raise NotDone(NotDone.CHANGED)
        held.state, held.edition = PUBLISHED, work.edition.number + 1
        _changed(held, actor, "publish", "")
        made = publish_folders(work.folders, how)
        if made.number != held.edition:  # it said nothing new: what it changed is there already
            held.edition = made.number
            held.save(update_fields=["edition"])
    return held


def go_back(actor: Actor, number: int, why: str) -> Edition:
    """Put the content of an older edition in force, as a new one."""
    if not may_go_back(actor):
        raise PermissionDenied
    if not why.strip():
        raise NotDone(NotDone.WHY)
    check_folders(files_of(number))  # which takes its time; what it found is kept
    with write():
        record(str(actor.account), "editing:go-back", f"edition {number}", why=why)
        return publish_again(number, by=actor.name, why=why.strip())


def _locked(id: UUID) -> Proposal:
    held = Proposal.objects.select_for_update().filter(id=id).first()
    if held is None:
        raise PermissionDenied
    return held


def _changed(held: Proposal, actor: Actor, did: str, comment: str) -> None:
    at = now()
    held.version += 1
    held.changed_at = at
    held.save()
    Happening.objects.create(
        proposal=held, at=at, account=actor.account, name=actor.name, did=did, comment=comment
    )
    record(str(actor.account), f"editing:{did}", f"proposal {held.id}", comment=comment)
