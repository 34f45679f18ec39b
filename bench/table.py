"""The figures as a table that can be pasted into Markdown."""

import os
import platform
import tempfile
import time
from collections.abc import Iterable, Sequence
from statistics import median

from bench.measure import CONNECTIONS, Line

COLUMNS = ("", "requests/s", "median ms", "95 % ms", "CPU ms", "of bare", "by CPU", "goal")


def print_header() -> None:
    """What the figures were measured on: they say little without."""
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {CONNECTIONS} connections, "
        f"a forced write to disk takes {_forced_write():.2f} ms, load {os.getloadavg()[0]:.1f}"
    )


def _forced_write() -> float:
    times = []
    with tempfile.NamedTemporaryFile() as file:
        for n in range(100):
            started = time.perf_counter()
            os.pwrite(file.fileno(), b"x" * 4096, n * 4096)
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - started)
    return median(times) * 1000


def print_table(kind: str, lines: list[Line]) -> None:
    """One row for each page; the bare view first."""
    print(f"\n| {kind}{' | '.join(COLUMNS)} |")
    print(f"|{'---|' * len(COLUMNS)}")
    for line in [_bare(lines), *lines]:
        goal = "" if line.goal is None else f"{line.goal:.2f}"
        cells = (
            line.name,
            f"{line.middle('per_second'):,.0f}",
            f"{line.middle('median_ms'):.1f}",
            f"{line.middle('p95_ms'):.1f}",
            f"{line.cpu_ms:.2f}",
            f"{line.ratio:.2f}",
            f"{line.cpu_ratio:.2f}",
            goal,
        )
        print(f"| {' | '.join(cells)} |")
    _growth([line for line in lines if line.name.startswith("desk")])
    print(flush=True)


def print_rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain table."""
    print(f"\n| {' | '.join(head)} |")
    print(f"|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def _bare(lines: list[Line]) -> Line:
    runs = [run for line in lines for run in line.bare]
    return Line("a bare Django view", None, runs, runs)


def _growth(queues: list[Line]) -> None:
    if len(queues) == 2:
        small, large = queues
        by_time = large.middle("median_ms") / small.middle("median_ms")
        by_cpu = large.cpu_ms / small.cpu_ms
        print(
            f"\nGrowth of the queue: {by_time:.2f} times by median, {by_cpu:.2f} by CPU; goal 1.3"
        )
