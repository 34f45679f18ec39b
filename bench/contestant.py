"""Ours at the situations: `python -m bench.contestant FOLDER ROUNDS`; the figures as JSON."""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import bench.solvik as solvik  # before the rooms
from allting.conditions.api import Array, columns, holds
from allting.register.everyone.city import City
from allting.register.everyone.needs import Needs
from allting.register.everyone.people import People
from bench.crowds import load

NEEDS = Needs.of(solvik.NAMES)


def main(folder: Path, rounds: int) -> None:
    """Answer everything so many times."""
    city = load(folder)
    measured = [timed(lambda: answers(city)) for _ in range(rounds)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    there = crowd(city).present
    found: dict[str, Any] = {key: yes[there] for key, yes in answers(city).items()}
    np.savez(folder / "ours.npz", **found)
    told = {
        "rounds": measured,
        "peak": peak,
        "three_valued": min(timed(lambda: _with_unknown(city))[1] for _ in range(rounds)),
        "bytes": _bytes(city),
        "bandwidth": _bandwidth(),
    }
    print(json.dumps(told))


def crowd(city: City) -> People:
    """Everyone, nothing of them worked out yet."""
    return People(city, NEEDS, as_of=solvik.ON, here=solvik.HERE)


def answers(city: City) -> dict[str, Array]:
    """Who is in which situation, of those who live here."""
    people = crowd(city)
    found = holds(solvik.SITUATIONS, people, as_of=solvik.ON, constants=solvik.CONSTANTS)
    for yes in found.values():
        yes &= people.present
    return found


def _with_unknown(city: City) -> None:
    columns(solvik.SITUATIONS, crowd(city), as_of=solvik.ON, constants=solvik.CONSTANTS)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that it takes, by the clock and of the processor; what was before is let go."""
    gc.collect()
    began, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - spent


def _bytes(city: City) -> int:
    """What the answers hang on, each column once from its beginning to its end."""
    whole = [city.birth, city.died, city.left, city.first, city.last, city.house, city.since,
             city.until, city.moved_in, city.texts["municipality_code"].codes]  # fmt: skip
    lines = [city.deaths, *(told.line for told in city.stated.values()), city.income_changes]
    whole += [c for line in lines if line for c in (line.about, line.at, line.value)]
    edges = city.guardians
    whole += [edges.starts, edges.other, edges.since, edges.until] if edges else []
    return sum(column.nbytes for column in whole if column is not None)


def _bandwidth() -> float:
    """Bytes a second that one core reads from memory, at best."""
    much = np.ones(2**26, dtype=np.int64)
    reads = (much.sum, much.max, lambda: np.bitwise_or.reduce(much))
    return max(much.nbytes / min(timed(read)[1] for _ in range(5)) for read in reads)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
