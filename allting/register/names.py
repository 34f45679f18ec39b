"""Names for an employee's list of cases: one lean query, logged like every other read."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.kernel.api import as_uuid, marks, rows
from allting.register.access import NAMED_HANDLER, Errand
from allting.register.looks import Look, log


class Listed(NamedTuple):
    """A person in a list. `name` is None where it may not be read."""

    name: str | None
    protected: bool


def names_for_lists(
    actor: Actor, boards_by_person: Mapping[UUID, str], *, purpose: str
) -> dict[UUID, Listed]:
    """The names of people in lists of cases, each on an errand of the board of their case.

    A protected person has none, unless the actor is a named handler of that board: then nothing
    has been read. People whom the register does not know are left out. Raises PermissionDenied
    for a board where the actor holds no role.
    """
    if not set(boards_by_person.values()) <= actor.boards():
        raise PermissionDenied("no role for this board")
    if not boards_by_person:
        return {}
    ids = list(boards_by_person)
    found = rows(
        "SELECT id, given_name, surname, protection FROM register_person"  # noqa: S608
        f" WHERE id IN ({marks(ids)})",
        ids,
    )
    names: dict[UUID, Listed] = {}
    looks: dict[str, list[Look]] = defaultdict(list)
    for key, given, surname, protection in found:
        person = as_uuid(key)
        board = boards_by_person[person]
        protected = protection != "none"
        if protected and not actor.has(NAMED_HANDLER, board):
            names[person] = Listed(None, True)
            continue
        names[person] = Listed(f"{given} {surname}", protected)
        looks[board].append(Look(person, protected))
    for board, read in looks.items():
        log(actor, read, purpose, Errand(board))
    return names
