"""How long from a fresh clone to the first page: `python -m bench.first_page`.

Twice: with empty caches of packages, as on a new machine, and then with the caches that the first
left, as when one clones again. Each clones what is committed here, runs `make run` on a free port
and asks for the front page until it answers, with all the people of the demonstration there. The
first needs a network. Everything lies in one temporary folder, which goes at the end.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.server import ROOT, cpu_of_all, free_port

PEOPLE = 15_000
PATIENCE = 900  # seconds for `make run`
STAMPS = {  # left by `make run` where a part ends
    ".venv/uv.stamp": "environment",
    ".venv/run.stamp": "packages",
    "allting/ui/node_modules/.allting--omit=dev": "node parts",
}
LINES = {"database is ready": "tables", "is published": "package", "have moved in": "people"}
PARTS = ("clone", *STAMPS.values(), *LINES.values(), "first page")


class NoPage(RuntimeError):
    """`make run` did not come to a page."""


@dataclass
class Start:
    """One start from a clone: when each part ended, and what was said."""

    name: str
    began: float = field(default_factory=time.time)
    ended: dict[str, float] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    cpu: float = 0  # of `make run`: what it would take on one core with nothing to wait for

    def end(self, part: str, at: float | None = None) -> None:
        """A part is over."""
        self.ended[part] = time.time() if at is None else at

    def listen(self, process: subprocess.Popen[str]) -> None:
        """Hear what `make run` says, until it is silent."""
        for line in process.stdout or ():
            self.said.append(line.rstrip())
            for words, part in LINES.items():
                if words in line:
                    self.end(part)

    @property
    def seconds(self) -> dict[str, float]:
        """What each part took."""
        found, since = {}, self.began
        for part in PARTS:
            found[part] = self.ended[part] - since
            since = self.ended[part]
        return found

    @property
    def total(self) -> float:
        """From the clone's beginning to the page."""
        return self.ended[PARTS[-1]] - self.began


def first_page(name: str, folder: Path, caches: Path) -> Start:
    """Clone into `folder` and run until there is a page. Raises NoPage."""
    start = Start(name)
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder)], check=True)
    start.end("clone")
    port = free_port()
    with running(folder, environment(caches, port)) as process:
        listener = threading.Thread(target=start.listen, args=[process], daemon=True)
        listener.start()
        while not answers(port):
            if process.poll() is not None or time.time() - start.began > PATIENCE:
                listener.join(1)
                raise NoPage("\n".join(["`make run` came to no page. It said:", *start.said[-20:]]))
            time.sleep(0.02)
        start.end("first page")
        start.cpu = cpu_of_all(process.pid)
    for stamp, part in STAMPS.items():
        start.end(part, (folder / stamp).stat().st_mtime)
    with closing(sqlite3.connect(folder / "var/allting.sqlite3")) as database:
        people = database.execute("SELECT count(*) FROM register_person").fetchone()[0]
    if people < PEOPLE:
        raise NoPage(f"the page was there, but only {people} people; expected {PEOPLE}")
    return start


def environment(caches: Path, port: int) -> dict[str, str]:
    """As for one who has just come: none of this project's settings, and no cache but `caches`."""
    own = ("ALLTING_", "MAKE", "MFLAGS", "VIRTUAL_ENV", "UV_", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return kept | {
        "ALLTING_PORT": str(port),
        "ALLTING_DEMO_MAIL_PORT": str(free_port()),
        "UV_CACHE_DIR": str(caches / "uv"),
        "PIP_CACHE_DIR": str(caches / "pip"),
        "npm_config_cache": str(caches / "npm"),
    }


@contextmanager
def running(folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """`make run` in `folder`; it and all it started are stopped at the end."""
    process = subprocess.Popen(
        ["make", "run"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        for how, wait in ((signal.SIGTERM, 10), (signal.SIGKILL, 1)):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                process.wait(wait)


def answers(port: int) -> bool:
    """Whether the front page is there."""
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    with closing(asked), suppress(OSError, HTTPException):
        asked.request("GET", "/sv/")
        return asked.getresponse().status == 200
    return False


def print_starts(starts: list[Start]) -> None:
    """One column for each start, and what else the machine had to do meanwhile."""
    if not starts:
        return
    print(f"{os.cpu_count()} cores, load in the last 1, 5 and 15 minutes: {os.getloadavg()}\n")
    print(f"| seconds | {' | '.join(start.name for start in starts)} |")
    print(f"|---|{'---|' * len(starts)}")
    for part in PARTS:
        print(f"| {part} | {' | '.join(f'{start.seconds[part]:.1f}' for start in starts)} |")
    print(f"| processor time of it | {' | '.join(f'{start.cpu:.1f}' for start in starts)} |")
    print(f"| **from clone to first page** | {' | '.join(f'{s.total:.1f}' for s in starts)} |")


def main() -> int:
    """Cold, then warm."""
    starts: list[Start] = []
    with tempfile.TemporaryDirectory(prefix="allting-first-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            for heat in ("cold", "warm"):
                starts.append(first_page(heat, folder / heat, folder / "caches"))
        except NoPage as failed:
            print(failed, file=sys.stderr)
            if not starts:
                told = "The cold start fetches Python's and Node's packages: it needs a network."
                print(told, file=sys.stderr)
        print_starts(starts)
        print("Removing it all again ...", flush=True)  # tens of thousands of files
    return 0 if len(starts) == 2 else 1


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    with suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
