"""Requests a second of the pages that matter: `make bench`, or `python -m bench --help`.

Each database gets municipalities of its own, run as `allting run` runs them: one process, on one
core, background work included; the load comes from the other core. On the same server runs a bare
Django view, measured just before each page: what a page does is told as a share of what that does.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

from bench import pages
from bench.asking import Supply, get
from bench.measure import Line, measure
from bench.municipality import Municipality, municipalities
from bench.pages import Measured
from bench.server import Server, server
from bench.table import print_header, print_table

PAGES = ("service", "plan", "search", "form", "submission", "queue", "my")
A_SECOND = 800  # submissions to have ready for each second of measuring
WARM = 1.0
HELLO = Supply([get("/")])


def main() -> int:
    """Measure what is asked for; the exit status says whether every answer was right."""
    asked = _arguments()
    print_header()
    held = [Bench(kind, asked).run() for kind in asked.on.split(",")]
    print(f"Load of the machine, last 1, 5 and 15 minutes: {os.getloadavg()}")
    return 0 if all(held) else 1


def _arguments() -> argparse.Namespace:
    given = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    given.add_argument("--only", default=",".join(PAGES), help=f"some of {','.join(PAGES)}")
    given.add_argument("--on", default="sqlite,postgres", help="sqlite, postgres or both")
    given.add_argument("--seconds", type=float, default=4, help="of each run")
    given.add_argument("--rounds", type=int, default=3, help="runs of each page; the middle counts")
    given.add_argument("--cases", type=int, default=1_000_000, help="in the long queue")
    return given.parse_args()


class Bench:
    """Everything on one kind of database."""

    def __init__(self, kind: str, asked: argparse.Namespace) -> None:
        self.kind, self.asked = kind, asked
        self.only = set(asked.only.split(","))

    def run(self) -> bool:
        """Prepare, measure, print; True if every answer was right and nothing was lost."""
        names = ["town"]  # `alone` leaves background work to others; `city` has many cases
        names += ["alone"] if "submission" in self.only else []
        names += ["city"] if "queue" in self.only else []
        with municipalities(self.kind, *names) as made, ExitStack() as open_:
            towns = {town.name: town for town in made}
            for town in made:
                self.say(f"preparing {town.name}")
                town.prepare("opened")
                town.own_worker = town.name != "alone"
            bare = open_.enter_context(server("bench.bare:application", {}))
            servers = {name: open_.enter_context(towns[name].serve()) for name in names}
            measured = list(self._pages(towns, servers))
            ordinary = open_.enter_context(server("bench.ordinary:application", {}))
            measured.append(Measured("startproject's middleware", None, ordinary, HELLO))
            lines = self._measure(bare, measured)
            print_table(self.kind, lines)
            return all([self._right(lines), *self._complete(towns, measured)])

    def _pages(
        self, towns: dict[str, Municipality], servers: dict[str, Server]
    ) -> Iterator[Measured]:
        town, there = towns["town"], servers["town"]
        if "service" in self.only:
            yield pages.service(there)
        if "plan" in self.only:
            yield pages.plan(there)
        if "search" in self.only:
            yield pages.search(there)
            yield pages.suggestions(there)
        if self.only & {"form", "submission"}:
            drafts = self._drafts(town, there)
        if "form" in self.only:
            yield pages.form(there, drafts)
        if "submission" in self.only:
            yield pages.submission("submission", there, drafts)
            elsewhere = self._drafts(towns["alone"], servers["alone"])
            name = "submission, background work elsewhere"
            yield pages.submission(name, servers["alone"], elsewhere)
        if "queue" in self.only:
            self.say(f"queues of 1,000 and {self.asked.cases:,}")
            yield pages.queue(town, there, 1000)
            yield pages.queue(towns["city"], servers["city"], self.asked.cases)
        if "my" in self.only:
            yield pages.mine(town, there)

    def _drafts(self, town: Municipality, there: Server) -> pages.Drafts:
        number = 500
        if "submission" in self.only:
            number += int((self.asked.rounds * self.asked.seconds + WARM) * A_SECOND)
        self.say(f"{number:,} drafts in {town.name}")
        return pages.drafts(town, there, number)

    def _measure(self, bare: Server, measured: list[Measured]) -> list[Line]:
        lines = [Line(page.name, page.goal, [], []) for page in measured]
        for page in measured:  # what is drawn once is drawn before
            measure(page.server, page.supply, WARM)
        for n in range(self.asked.rounds):
            self.say(f"round {n + 1} of {self.asked.rounds}")
            for page, line in zip(measured, lines, strict=True):
                line.bare.append(measure(bare, HELLO, self.asked.seconds / 2))
                line.runs.append(measure(page.server, page.supply, self.asked.seconds))
        return lines

    def _right(self, lines: list[Line]) -> bool:
        wrong = {line.name: line.wrong for line in lines if line.wrong}
        if wrong:
            print(f"Answers that were not the expected ones: {wrong}")
        return not wrong

    def _complete(self, towns: dict[str, Municipality], measured: list[Measured]) -> Iterator[bool]:
        """As many cases as answers, numbered without a gap; nothing in background work given up."""
        for page in measured:
            town = next((t for t in towns.values() if t.is_at(page.server)), None)
            if not page.supply.once or town is None:
                continue
            found = town.prepare("counted")
            right = found["cases"] == found["submissions"] == page.supply.answered
            held = right and found["gapless"] and not found["dead"]
            told = f"{page.supply.answered} answers, {found}"
            print(f"{town.name}: {told}: {'right' if held else 'WRONG'}")
            yield held

    def say(self, words: str) -> None:
        """Progress, for whoever waits."""
        print(f"  {time.strftime('%H:%M:%S')} {self.kind}: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
