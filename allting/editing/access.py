"""Who may edit, approve and publish: by the boards whose services an edit is about."""

import re
from collections.abc import Iterable

from allting.catalogue.api import SERVICE
from allting.editing.rules import APPROVER, EDITOR, Move
from allting.identity.api import Actor
from allting.packages.api import Edition

_OF_SERVICE = re.compile(r"services/([^/]+)/")


def service_of(file: str) -> str:
    """The service that a file belongs to; empty if it is shared by all."""
    found = _OF_SERVICE.match(file)
    return found[1] if found else ""


def board_of(edition: Edition, file: str) -> str:
    """The board whose service a file is about; empty if it is about no single board's."""
    held = edition.definition.find(SERVICE, service_of(file))
    return held.board if held else ""


def holds(actor: Actor, edition: Edition, roles: Iterable[str], files: Iterable[str]) -> bool:
    """Whether the actor holds one of `roles` for the board of every file.

    What all boards share, such as parameters and units, is for whoever holds it for any board.
    """
    boards = actor.boards(*roles)
    return bool(boards) and all(board_of(edition, file) in {*boards, ""} for file in files)


def may_edit(actor: Actor, edition: Edition, file: str) -> bool:
    """Whether the actor may change a file."""
    return holds(actor, edition, (EDITOR,), (file,))


def may_do(
    actor: Actor, edition: Edition, move: Move, files: Iterable[str], authors: Iterable[str]
) -> bool:
    """Whether a move is the actor's to make; never mind the state."""
    if move.by_another and str(actor.account) in authors:
        return False
    return holds(actor, edition, move.roles, files)


def may_go_back(actor: Actor) -> bool:
    """Whether the actor may put an older edition in force again: it has been approved before."""
    return bool(actor.boards(APPROVER))
