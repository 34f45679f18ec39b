"""The same placing in rounds over columns: all who are free ask at once. For whole cities.

The result does not hang on who asks first (McVitie and Wilson 1971): `one_by_one` gives the same.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def rank(unit: Ints, keys: Ints) -> Ints:
    """Where each row stands among those who ask for the same unit; `keys` has a row for each.

    >>> rank(np.array([0, 0, 1]), np.array([[1, 7], [0, 9], [5, 5]])).tolist()
    [1, 0, 0]
    """
    in_order = np.lexsort((*keys.T[::-1], unit))
    starts = np.searchsorted(unit[in_order], np.arange(unit.max(initial=-1) + 1))
    order = np.empty(len(unit), np.int64)
    order[in_order] = np.arange(len(unit)) - starts[unit[in_order]]
    return order


def place(begins: Ints, unit: Ints, order: Ints, capacity: Ints) -> Ints:
    """The row that each child is given, or -1.

    >>> given = place(*map(np.array, ([0, 2, 3], [0, 1, 0], [1, 0, 0], [1, 1])))
    >>> given.tolist()
    [1, 2]
    """
    return _Rounds(begins, unit, order, capacity).run()


class _Rounds:
    """Rows also have a seat in a long line, unit after unit, the one who comes first in front.

    `end` is, for each unit, where those begin who cannot get in any more: it only moves forward.
    """

    def __init__(self, begins: Ints, unit: Ints, order: Ints, capacity: Ints) -> None:
        asked = np.bincount(unit, minlength=len(capacity))
        self.start = np.concatenate(([0], np.cumsum(asked)[:-1])) if len(asked) else asked
        self.end = self.start + asked
        self.seat = self.start[unit] + order
        self.row_in = np.empty(len(unit), np.int64)
        self.row_in[self.seat] = np.arange(len(unit))
        self.child_of = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
        self.unit, self.capacity = unit, capacity
        self.next, self.stop = begins[:-1].copy(), begins[1:]
        self.held = np.zeros(len(unit), bool)
        self.number = np.zeros(len(capacity), np.int64)

    def run(self) -> Ints:
        free = np.arange(len(self.next))
        while len(free):
            free = free[self.next[free] < self.stop[free]]
            rows = self.next[free]
            in_time = self.seat[rows] < self.end[self.unit[rows]]
            self.next[free[~in_time]] += 1
            left = self._ask(rows[in_time])
            self.next[left] += 1
            free = np.concatenate((free[~in_time], left))
        given = np.full(len(self.next), -1, np.int64)
        rows = self.row_in[np.flatnonzero(self.held)]
        given[self.child_of[rows]] = rows
        return given

    def _ask(self, rows: Ints) -> Ints:
        """Take these rows in; the children who have to leave."""
        self.held[self.seat[rows]] = True
        self.number += np.bincount(self.unit[rows], minlength=len(self.number))
        crowded = np.flatnonzero(self.number > self.capacity)
        seats = _ranges(self.start[crowded], self.end[crowded])
        seats = seats[self.held[seats]]
        owner = np.repeat(np.arange(len(crowded)), self.number[crowded])
        first = np.cumsum(self.number[crowded]) - self.number[crowded]
        leaving = np.arange(len(seats)) - first[owner] >= self.capacity[crowded][owner]
        self.held[seats[leaving]] = False
        # the first who has to leave shows where nobody else can get in
        gone, where = np.unique(owner[leaving], return_index=True)
        self.end[crowded[gone]] = seats[leaving][where]
        self.number[crowded] = self.capacity[crowded]
        left: Ints = self.child_of[self.row_in[seats[leaving]]]
        return left


def _ranges(starts: Ints, ends: Ints) -> Ints:
    """All numbers from each start to before its end, one after the other.

    >>> _ranges(np.array([2, 7]), np.array([4, 10])).tolist()
    [2, 3, 7, 8, 9]
    """
    lengths = ends - starts
    shift = starts - (np.cumsum(lengths) - lengths)
    found: Any = np.arange(lengths.sum()) + np.repeat(shift, lengths)
    return found  # type: ignore[no-any-return]
