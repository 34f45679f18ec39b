"""Who holds a role, for telling them that there is something to do."""

from uuid import UUID

from allting.identity.models import Assignment


def people_with(role: str, board: str) -> tuple[UUID, ...]:
    """The people, as the register knows them, who hold the role for the board."""
    found = Assignment.objects.filter(role=role, board=board, account__person__isnull=False)
    people = found.order_by("account__person").values_list("account__person", flat=True).distinct()
    return tuple(person for person in people if person is not None)
