"""The list that a child is placed by: what was wished for, and units near home after that."""

from collections.abc import Sequence
from typing import TypeVar

from allting.placements.parts import Places

U = TypeVar("U")


def listed(wishes: Sequence[U], near: Sequence[U], places: Places) -> tuple[U, ...]:
    """All units that a child asks for, the most wanted first.

    `near` are the units nearest home, the nearest first. Who has wished for nothing asks for the
    first of them (`unasked`); when a whole list is full the next nearest follow (`beyond`), so that
    nobody is left without a place because the list was short.
    """
    own = tuple(dict.fromkeys(wishes)) or tuple(near[: places.unasked or 0])
    seen = frozenset(own)
    others = [unit for unit in near if unit not in seen]
    return (*own, *others[: places.beyond or 0])
