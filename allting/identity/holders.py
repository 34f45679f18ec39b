"""Who holds a role, for telling them that there is something to do."""

from typing import NamedTuple
from uuid import UUID

from allting.identity.models import Assignment


def people_with(role: str, board: str) -> tuple[UUID, ...]:
    """The people, as the register knows them, who hold the role for the board."""
    found = Assignment.objects.filter(role=role, board=board, account__person__isnull=False)
    people = found.order_by("account__person").values_list("account__person", flat=True).distinct()
    return tuple(person for person in people if person is not None)


class Held(NamedTuple):
    """A role that somebody holds for a board."""

    identifier: str
    name: str
    role: str
    board: str


def roles_held() -> tuple[Held, ...]:
    """Who may do what at work, all of it."""
    columns = ("account__identifier", "account__name", "role", "board")
    found = Assignment.objects.order_by("board", "role", "account__name", "account__identifier")
    return tuple(Held(*row) for row in found.values_list(*columns))
