"""Placing a whole city: `python -m bench.placement`. No database, no server.

The same markets by columns, by a plain heap for each unit, and by PyPI `matching` where it manages,
one after the other in one run. All start from the same wishes and priorities as plain numbers; none
is timed while it is made. Times are of the processor. The results must be the same, child by child.
"""

import argparse
import sys
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from matching.games import HospitalResident

from allting.placements import in_columns, one_by_one
from allting.placements.rules import allocate
from bench.table import print_header

NEAR = 6  # units on each list
SIBLINGS = 0.08
SLOW = 1.0  # seconds: who needed longer is not asked for sixteen times as much


@dataclass(frozen=True)
class Market:
    """Children and units on a map; each child wishes for units near home."""

    begins: Any
    unit: Any
    keys: Any
    capacity: Any

    @property
    def name(self) -> str:
        """How large it is."""
        return f"{len(self.begins) - 1:,} × {len(self.capacity):,}"


def market(children: int, units: int, seed: int = 1) -> Market:
    """As many places as children, unevenly spread; priorities: sibling, distance, lot."""
    chance = np.random.default_rng(seed)
    homes, places = chance.random((children, 2)), chance.random((units, 2))
    liked = chance.random(units) * 0.02
    wished, metres = [], []
    for start in range(0, children, 2_000):
        apart = np.sqrt(((homes[start : start + 2_000, None] - places[None]) ** 2).sum(2))
        wanted = apart + chance.normal(0, 0.02, apart.shape) - liked
        some = np.argpartition(wanted, NEAR, axis=1)[:, :NEAR]
        order = np.argsort(np.take_along_axis(wanted, some, 1), axis=1)
        first = np.take_along_axis(some, order, 1)
        wished.append(first.ravel())
        metres.append((np.take_along_axis(apart, first, 1).ravel() * 20_000).astype(np.int64))
    unit = np.concatenate(wished)
    sibling = (chance.random(len(unit)) > SIBLINGS).astype(np.int64)
    lot = np.repeat(chance.permutation(children), NEAR)
    keys = np.stack((sibling, np.concatenate(metres), lot), axis=1)
    capacity = chance.multinomial(children, np.ones(units) / units)
    return Market(np.arange(0, len(unit) + 1, NEAR), unit, keys, capacity)


def by_columns(it: Market) -> Callable[[], list[int]]:
    """NumPy, in rounds."""
    return lambda: in_columns.place(
        it.begins, it.unit, in_columns.rank(it.unit, it.keys), it.capacity
    ).tolist()


def by_heap(it: Market) -> Callable[[], list[int]]:
    """Plain Python, one child after the other."""
    begins, unit, capacity = it.begins.tolist(), it.unit.tolist(), it.capacity.tolist()
    keys = [tuple(key) for key in it.keys.tolist()]
    return lambda: one_by_one.place(begins, unit, one_by_one.rank(unit, keys), capacity)


def by_matching(it: Market) -> Callable[[], list[int]]:
    """PyPI `matching`. It wants each unit's order of children ready made, which is not timed."""
    begins, unit = it.begins.tolist(), it.unit.tolist()
    order = in_columns.rank(it.unit, it.keys)
    wishes = {n: unit[begins[n] : begins[n + 1]] for n in range(len(begins) - 1)}
    asked: dict[int, list[int]] = {}
    for row in np.lexsort((order, it.unit)).tolist():
        asked.setdefault(unit[row], []).append(row // NEAR)
    room = {n: int(it.capacity[n]) for n in asked if it.capacity[n]}
    asked = {n: asked[n] for n in room}
    wishes = {n: [u for u in listed if u in room] for n, listed in wishes.items()}

    def run() -> list[int]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            game = HospitalResident.create_from_dictionaries(wishes, asked, room)
            found = game.solve(optimal="resident")
        given = [-1] * len(wishes)
        for place, children in found.items():
            for child in children:
                at = begins[child.name]
                given[child.name] = at + unit[at : at + NEAR].index(place.name)
        return given

    return deep(run)


def deep(work: Callable[[], list[int]]) -> Callable[[], list[int]]:
    """The same in a thread with room for `matching` to copy its game, one inside the other."""

    def run() -> list[int]:
        found: list[list[int]] = []
        thread = threading.Thread(target=lambda: found.append(work()))
        thread.start()
        thread.join()
        return found[0]

    return run


def by_the_door(it: Market) -> float:
    """Processor seconds for `allocate` as other rooms call it, drawing the lots included."""
    begins, unit = it.begins.tolist(), it.unit.tolist()
    keys = [tuple(key) for key in it.keys[:, :-1].tolist()]
    wishes, priorities = {}, {}
    for n in range(len(begins) - 1):
        rows = range(begins[n], begins[n + 1])
        wishes[f"child-{n}"] = [f"unit-{unit[row]}" for row in rows]
        priorities[f"child-{n}"] = {f"unit-{unit[row]}": keys[row] for row in rows}
    capacity = {f"unit-{n}": places for n, places in enumerate(it.capacity.tolist())}
    started = time.process_time()
    allocate(wishes, priorities, capacity, seed="bench")
    return time.process_time() - started


WAYS = {"columns": by_columns, "a plain heap": by_heap, "matching": by_matching}


def timed(work: Callable[[], list[int]], rounds: int) -> tuple[float, list[int]]:
    """The middle of some rounds in processor time (the machine may be shared), and the result."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        found = work()
        times.append(time.process_time() - started)
        if times[-1] > SLOW * 5:
            break
    return median(times), found


def main() -> int:
    """Print the table; the exit status says whether all came to the same result."""
    given = argparse.ArgumentParser(prog="python -m bench.placement", description=__doc__)
    given.add_argument("--rounds", type=int, default=3)
    rounds = given.parse_args().rounds
    sys.setrecursionlimit(10**6)
    threading.stack_size(1 << 30)
    print_header()
    print("\n| children × units | " + " | ".join(f"{way}, s | ratio" for way in WAYS) + " |")
    print("|---|" + "---|---|" * len(WAYS))
    same, slow, grown = True, set(), []
    for size in ((1_000, 50), (6_000, 300), (100_000, 3_000)):
        it = market(*size)
        cells, first, result = [it.name], 0.0, None
        for name, way in WAYS.items():
            if name in slow:
                cells += ["too slow", ""]
                continue
            seconds, found = timed(way(it), rounds)
            first, result = first or seconds, result or found
            same = same and found == result
            cells += [f"{seconds:.4f}", f"{seconds / first:.1f}"]
            if seconds > SLOW:
                slow.add(name)
        grown.append((size[0], first))
        print(f"| {' | '.join(cells)} |", flush=True)
    (few, quick), (many, long) = grown[1], grown[-1]
    print(f"\nColumns: {long / quick:.0f} times the time for {many / few:.0f} times the children.")
    print(f"By the room's door, ids in and ids out: {by_the_door(it):.2f} s.")
    print("The same result by all." if same else "THE RESULTS DIFFER.")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
