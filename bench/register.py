"""Loading extracts of the population register: `python -m bench.register`.

Each load is a process of its own, as at night: from its start to its end, with reading the file,
checking and writing; memory is the most that the process held. Made-up extracts of 10,000 and
100,000 people, the changes of 1,000 on a day after, and the whole file of that day once more.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.municipality import Municipality, municipalities
from bench.server import ROOT
from bench.table import print_header

A_DAY = 1_000
AIM = 60  # seconds for 100,000 people


@dataclass(frozen=True)
class Run:
    """What one load took."""

    what: str
    people: int
    seconds: float
    processor: float
    megabytes: float
    said: str

    def row(self, kind: str, size: int) -> str:
        """A line of the table."""
        return (
            f"| {kind} | {size:,} | {self.what} | {self.seconds:.1f} | {self.processor:.1f} "
            f"| {self.people / self.seconds:,.0f} | {self.megabytes:.0f} |"
        )


def allting(town: Municipality | None, *words: str) -> tuple[float, float, float, str]:
    """Run a command: seconds, seconds of the processor, megabytes at most, and what it said."""
    environment = {**os.environ, **(town.environment if town else {})}
    command = [sys.executable, "-m", "allting", *words]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"allting {' '.join(words)} failed: {said}")
    taken = time.perf_counter() - started
    return taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.strip()


def files(folder: Path, size: int) -> list[tuple[str, Path]]:
    """The extracts to load, in their order."""
    asked = {
        "a full load of an empty register": ("0",),
        "1,000 people changed in a day": ("1",),
        "the full extract of that day": ("1", "--full"),
    }
    found = []
    for n, (what, day) in enumerate(asked.items()):
        path = folder / f"{size}-{n}.jsonl"
        words = ("--size", str(size), "--changes", str(A_DAY), "--day", *day, "--to", str(path))
        allting(None, "people", "extract", *words)
        found.append((what, path))
    return found


def measure(kind: str, size: int, made: list[tuple[str, Path]], rounds: int) -> list[Run]:
    """The best of some rounds of each load, each round on a new database."""
    best: dict[str, Run] = {}
    for n in range(rounds):
        with municipalities(kind, f"round{n}") as (town,):
            allting(town, "migrate", "-v0")
            for what, path in made:
                taken = allting(town, "people", "import", str(path))
                with path.open("rb") as file:
                    people = sum(1 for _ in file) - 1
                run = Run(what, people, *taken)
                if what not in best or run.seconds < best[what].seconds:
                    best[what] = run
    return list(best.values())


def main() -> int:
    """Print the table; the exit status says whether 100,000 came in within a minute."""
    given = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    given.add_argument("--on", default="sqlite,postgres")
    given.add_argument("--sizes", default="10000,100000")
    given.add_argument("--rounds", type=int, default=2)
    asked = given.parse_args()
    print_header()
    print(
        "\n| database | people | load | s | CPU s | lines/s | MB |\n|---|---|---|---|---|---|---|"
    )
    slowest = 0.0
    with TemporaryDirectory(prefix="allting-bench-") as folder:
        for size in map(int, asked.sizes.split(",")):
            made = files(Path(folder), size)
            for kind in asked.on.split(","):
                runs = measure(kind, size, made, asked.rounds)
                print("\n".join(run.row(kind, size) for run in runs), flush=True)
                slowest = max(slowest, *(run.seconds * 100_000 / size for run in runs[:1]))
    print(f"\n100,000 people in {slowest:.0f} s at the slowest; the aim is {AIM} s")
    print(f"Load of the machine, last 1, 5 and 15 minutes: {os.getloadavg()}")
    return 0 if slowest < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
