"""Names for an employee's list of cases: one lean query, logged like every other read."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.kernel.api import among, bundle, rows
from allting.register.access import NAMED_HANDLER, Errand
from allting.register.looks import Look, log

_COLUMNS = "id, given_name, surname, protection"


class Listed(NamedTuple):
    """A person in a list. `name` is None where it may not be read."""

    name: str | None
    protected: bool


_WITHHELD = Listed(None, True)


def names_for_lists(
    actor: Actor, boards_by_person: Mapping[str, str], *, purpose: str
) -> dict[str, Listed]:
    """The names of people (by id, 32 digits) in lists of cases, each on an errand of a board.

    A protected person has none, unless the actor is a named handler of that board: then nothing
    has been read. People whom the register does not know are left out. Raises PermissionDenied
    for a board where the actor holds no role.
    """
    if not set(boards_by_person.values()) <= actor.boards():
        raise PermissionDenied("no role for this board")
    if not boards_by_person:
        return {}
    condition, ids = among("id", boards_by_person)
    query = f"SELECT {_COLUMNS} FROM register_person WHERE {condition}"  # noqa: S608
    names: dict[str, Listed] = {}
    looks: dict[str, list[Look]] = defaultdict(list)
    for look, listed in _read(bundle(_COLUMNS, query, [ids])):
        board = boards_by_person[look.person]
        if look.protected and not actor.has(NAMED_HANDLER, board):
            names[look.person] = _WITHHELD
            continue
        names[look.person] = listed
        looks[board].append(look)
    for board, read in looks.items():
        log(actor, read, purpose, Errand(board))
    return names


def shielded(people: Collection[str]) -> frozenset[str]:
    """Who among them (by id, 32 digits) is protected; nothing else of anybody is read."""
    if not people:
        return frozenset()
    condition, ids = among("id", people)
    where = f"protection <> 'none' AND {condition}"
    query = f"SELECT id FROM register_person WHERE {where}"  # noqa: S608
    return frozenset(str(row[0]).replace("-", "") for row in rows(query, [ids]))


@lru_cache(maxsize=64)  # many look at the same list, again and again: its text is the same
def _read(people: str) -> tuple[tuple[Look, Listed], ...]:
    found = []
    for id, given, surname, protection in json.loads(people):
        protected = protection != "none"
        name = Listed(f"{given} {surname}", protected)
        found.append((Look(id.replace("-", ""), protected), name))
    return tuple(found)
