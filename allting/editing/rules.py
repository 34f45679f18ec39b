"""What may become of a proposal: one readable table."""

from dataclasses import dataclass

EDITOR, APPROVER = "editor", "approver"  # roles of organisation.yaml, each held for a board
DRAFT, PROPOSED, APPROVED, RETURNED, PUBLISHED, WITHDRAWN = (
    "draft",
    "proposed",
    "approved",
    "returned",
    "published",
    "withdrawn",
)
OPEN = (DRAFT, PROPOSED, APPROVED, RETURNED)
EDITABLE = (DRAFT, RETURNED)


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can be done with a proposal."""

    do: str
    states: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    by_another: bool = False  # not by anyone who has edited it
    says_why: bool = False  # with a comment


MOVES = (
    Move("propose", (DRAFT, RETURNED), PROPOSED, (EDITOR,)),
    Move("approve", (PROPOSED,), APPROVED, (APPROVER,), by_another=True),
    Move("return", (PROPOSED, APPROVED), RETURNED, (APPROVER,), by_another=True, says_why=True),
    Move("publish", (APPROVED,), PUBLISHED, (EDITOR, APPROVER)),
    Move("withdraw", OPEN, WITHDRAWN, (EDITOR,)),
)


def move_named(do: str) -> Move | None:
    """The row of the table, if there is one.

    >>> move_named("approve").by_another
    True
    """
    return next((move for move in MOVES if move.do == do), None)
