"""Sending requests to a server for some seconds, and what that cost it."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from statistics import median

from bench.asking import Supply
from bench.load import Seen
from bench.server import ROOT, Server

CONNECTIONS = 8


@dataclass(frozen=True)
class Figure:
    """One run: what the visitors saw, and the server's processor time for each answer."""

    seen: Seen
    cpu_ms: float


@dataclass
class Line:
    """One page in all its runs, each with a run of the bare view just before it."""

    name: str
    goal: float | None
    runs: list[Figure]
    bare: list[Figure]

    @property
    def ratio(self) -> float:
        """Requests a second compared with the bare view; the middle one of the runs."""
        pairs = zip(self.runs, self.bare, strict=True)
        return median(one.seen.per_second / bare.seen.per_second for one, bare in pairs)

    @property
    def cpu_ratio(self) -> float:
        """The same by processor time, which other work on the machine disturbs less."""
        pairs = zip(self.runs, self.bare, strict=True)
        return median(bare.cpu_ms / one.cpu_ms for one, bare in pairs)

    @property
    def wrong(self) -> int:
        """Answers that were not the expected ones."""
        return sum(run.seen.wrong for run in self.runs)

    @property
    def answers(self) -> int:
        """All answers."""
        return sum(run.seen.requests for run in self.runs)

    def middle(self, name: str) -> float:
        """The middle value of one of Seen's fields over the runs."""
        return float(median(getattr(run.seen, name) for run in self.runs))

    @property
    def cpu_ms(self) -> float:
        """Processor time an answer, the middle one of the runs."""
        return median(run.cpu_ms for run in self.runs)


def measure(server: Server, supply: Supply, seconds: float) -> Figure:
    """Keep the server busy. Raises RuntimeError if there was nothing to send or nobody answered."""
    before = server.cpu_seconds()
    seen = _load(server.port, supply, seconds)
    used = server.cpu_seconds() - before
    supply.used(seen.requests)
    if not seen.requests:
        raise RuntimeError("not a single answer: has the supply of requests run out?")
    return Figure(seen, used / seen.requests * 1000)


def send_each(server: Server, requests: list[str]) -> None:
    """Send every request a single time. Raises RuntimeError if an answer is not a page."""
    seen = _load(server.port, Supply(requests, once=True), seconds=600)
    if seen.wrong or seen.requests != len(requests):
        raise RuntimeError(f"{seen.wrong} of {seen.requests} answers were not pages")


def _load(port: int, supply: Supply, seconds: float) -> Seen:
    asked = {
        "port": port,
        "requests": supply.requests,
        "expected": str(supply.expected),
        "seconds": seconds,
        "once": supply.once,
        "connections": CONNECTIONS,
        "core": 1 if (os.cpu_count() or 1) > 1 else None,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(asked, file)
        file.flush()
        command = [sys.executable, "-m", "bench.load", file.name]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return Seen(**json.loads(done.stdout))
