"""The twelve situations of packages/sverige for a whole city: `python -m bench.situations`.

Ours, as the package states them, beside OpenFisca-core with the same rules on the same made-up
people; the answers are compared, and differing ones fail the run. Each has a process of its own,
OpenFisca in an environment that is made for it and kept (in the machine's folder for temporary
files). Both clocks run from columns in memory to the answers for everyone. What OpenFisca's
entities cannot hold (guardians who live apart, who has died in a family, what was stated on which
day) it is given ready-made, and dead people not at all: ours works that out on its clock. Making
OpenFisca's simulation is told apart, and so is reading from a database: `--database` finds people
in one by `allting offers`' own search, and again 1,000 who have changed. The limit is the time that
it takes to read the columns once at the speed of the machine's memory. Ratios are of processor
time, which other work on the machine disturbs least; neither side uses more than one core.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
RULES = "bench/openfisca_rules.py"
RIVAL = "openfisca-core==46.0.1"


@dataclass(frozen=True)
class Run:
    """One contestant at one size: each round by the clock and of the processor, peak memory."""

    rounds: list[tuple[float, float]]
    peak: int
    more: dict[str, Any]

    @property
    def best(self) -> float:
        """Seconds of the processor that the leanest round took."""
        return min(spent for _, spent in self.rounds)

    @property
    def quickest(self) -> float:
        """Seconds by the clock of the quickest round."""
        return min(took for took, _ in self.rounds)


def main() -> int:
    """Measure, compare, print; the exit status says whether both gave the same answers."""
    asked = _arguments()
    rival = None if asked.alone else _environment()
    print(f"{asked.rounds} rounds; seconds of the processor, by the clock, of the first round; MB")
    held, before = True, None
    for size in (int(number) for number in asked.people.split(",") if number):
        with tempfile.TemporaryDirectory(prefix="allting-bench-") as folder:
            _child([sys.executable, "-m", "bench.crowds", folder, str(size)])
            theirs = _contest([rival, RULES], folder, asked.rounds) if rival else None
            ours = _contest([sys.executable, "-m", "bench.contestant"], folder, asked.rounds)
            print(f"{size:,} people")
            held &= theirs is None or _same(Path(folder))
            _tell(ours, theirs)
            _tell_growth(size, before, ours, theirs)
            before = (size, ours, theirs)
    if asked.database:
        _child([sys.executable, "-m", "bench.searched", str(asked.database)])
    print(f"Load of the machine, last 1, 5 and 15 minutes: {os.getloadavg()}")
    return 0 if held else 1


def _arguments() -> argparse.Namespace:
    given = argparse.ArgumentParser(
        prog="python -m bench.situations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    given.add_argument(
        "--people",
        default="15000,650000",
        help="sizes, multiples of 5,000: 15000,650000,10500000 needs 8 GB of memory (%(default)s)",
    )
    given.add_argument("--rounds", type=int, default=15, help="of each contestant (%(default)s)")
    given.add_argument("--alone", action="store_true", help="without OpenFisca")
    given.add_argument("--database", type=int, default=0, help="people of a database to search")
    return given.parse_args()


def _environment() -> str:
    """OpenFisca in an environment of its own, made once."""
    home = Path(tempfile.gettempdir()) / f"allting-bench-{RIVAL.replace('==', '-')}"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", RIVAL], check=True)
        (home / "ready").touch()
    return str(python)


def _contest(command: list[str], folder: str, rounds: int) -> Run:
    told = _child([*command, folder, str(rounds)])
    return Run(told.pop("rounds"), told.pop("peak"), told)


def _child(command: list[str]) -> dict[str, Any]:
    """Run a part by itself, with a home of its own; what it prints last is for us."""
    with tempfile.TemporaryDirectory(prefix="allting-bench-") as home:
        env = os.environ | {"ALLTING_HOME": home, "ALLTING_DATABASE": f"{home}/bench.sqlite3"}
        done = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=env)
        lines = []
        for line in done.stdout or ():
            lines.append(line)
            if not line.startswith("{"):
                print(f"  {line}", end="", flush=True)
        if done.wait():
            raise SystemExit(f"{' '.join(map(str, command))} failed")
    last = lines[-1] if lines else ""
    found: dict[str, Any] = json.loads(last) if last.startswith("{") else {}
    return found


def _same(folder: Path) -> bool:
    """Whether both said yes to the same people; says where not."""
    ours, theirs = (dict(np.load(folder / f"{who}.npz")) for who in ("ours", "openfisca"))
    if ours.keys() != theirs.keys():
        print(f"  not the same situations: {sorted(ours.keys() ^ theirs.keys())}")
        return False
    wrong = {key: int((yes != theirs[key]).sum()) for key, yes in ours.items()}
    for key, yes in ours.items():
        differ = f", {wrong[key]:,} NOT THE SAME" if wrong[key] else ""
        print(f"    {key:36}{int(yes.sum()):10,} people{differ}")
    same = not any(wrong.values()) and all(yes.any() for yes in ours.values())
    print(f"  the same answers from both, somebody in each: {'yes' if same else 'NO'}")
    return same


def _tell(ours: Run, theirs: Run | None) -> None:
    limit = ours.more["bytes"] / ours.more["bandwidth"]
    _tell_run("ours", ours)
    print(f"    telling no from unknown too  {ours.more['three_valued']:9.4f}")
    print(
        f"    {ours.more['bytes'] / 1e6:,.0f} MB read once at {ours.more['bandwidth'] / 1e9:.1f}"
        f" GB/s: {limit:.4f}; ours takes {ours.best / limit:.1f} times that"
    )
    if theirs:
        _tell_run("OpenFisca-core", theirs)
        print(f"    making its simulation        {theirs.more['building']:9.4f}")
        clock, first = theirs.quickest / ours.quickest, theirs.rounds[0][1] / ours.rounds[0][1]
        print(
            f"  OpenFisca takes {theirs.best / ours.best:.1f} times ours"
            f" (by the clock {clock:.1f}, in the first round {first:.1f})"
        )


def _tell_run(who: str, run: Run) -> None:
    first = run.rounds[0][1]
    print(f"  {who:31}{run.best:9.4f}{run.quickest:9.4f}{first:9.4f}{run.peak / 1e6:9,.0f}")


def _tell_growth(size: int, before: Any, ours: Run, theirs: Run | None) -> None:
    if not before:
        return
    grown = f"ours {ours.best / before[1].best:.1f}"
    grown += f", OpenFisca {theirs.best / before[2].best:.1f}" if theirs else ""
    print(f"  {size / before[0]:.1f} times the people, times the time: {grown}")


if __name__ == "__main__":
    sys.exit(main())
