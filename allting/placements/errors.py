"""Why something was not done, in words for whoever asked.

Inside a transaction these are handed back, and raised when it has ended (`given`): an error that
passes through `write()` would undo what the caller has done around it.
"""

from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


class NotDone(Exception):
    """Nothing was changed."""


class NoSeat(NotDone):
    """Every seat of the unit is kept or taken."""

    def __init__(self, unit: str) -> None:
        super().__init__(f"no seat is free at {unit}")
        self.unit = unit


class NotNow(NotDone):
    """The round or the place is in a state in which this cannot be done: `state` says which."""

    def __init__(self, what: str, state: str) -> None:
        super().__init__(f"{what} is {state}")
        self.state = state


class AlreadyOpen(NotDone):
    """A round for the same first day is open already: `round` is its id."""

    def __init__(self, round: UUID | None) -> None:
        super().__init__("a round for this first day is open")
        self.round = round


class Offered(NotDone):
    """The child has an offer that has not been answered."""


def given(result: T | NotDone) -> T:
    """The result, or the error raised."""
    if isinstance(result, NotDone):
        raise result
    return result
