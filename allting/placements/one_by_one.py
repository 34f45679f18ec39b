"""Placing children one at a time, with a heap for each unit: the plain statement of the rule."""

from collections.abc import Sequence
from heapq import heappush, heappushpop


def rank(unit: Sequence[int], keys: Sequence[tuple[int, ...]]) -> list[int]:
    """Where each row stands among those who ask for the same unit.

    >>> rank([0, 0, 1], [(1, 7), (0, 9), (5, 5)])
    [1, 0, 0]
    """
    order = [0] * len(unit)
    before, n = -1, 0
    for row in sorted(range(len(unit)), key=lambda row: (unit[row], keys[row])):
        n = n + 1 if unit[row] == before else 0
        before = unit[row]
        order[row] = n
    return order


def place(
    begins: Sequence[int], unit: Sequence[int], order: Sequence[int], capacity: Sequence[int]
) -> list[int]:
    """The row that each child is given, or -1.

    A child asks for its units in turn. A unit keeps those who come first, up to its places; whoever
    has to leave asks for the next on their own list. Nothing is settled until nobody asks.

    >>> place([0, 2, 3], [0, 1, 0], [1, 0, 0], [1, 1])
    [1, 2]
    """
    nexts, given = list(begins[:-1]), [-1] * (len(begins) - 1)
    kept: list[list[tuple[int, int]]] = [[] for _ in capacity]
    for first in range(len(given)):
        child = first
        while child >= 0 and nexts[child] < begins[child + 1]:
            row = nexts[child]
            nexts[child] += 1
            here = kept[unit[row]]
            given[child] = row
            if len(here) < capacity[unit[row]]:
                heappush(here, (-order[row], child))
                break
            _, child = heappushpop(here, (-order[row], child))
            given[child] = -1
    return given
