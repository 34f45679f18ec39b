"""A whole municipality running for a test: the real command, the real server, a real database.

`ALLTING_DATABASE` of the test run chooses the kind of database; each house has one of its own.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx2
import psycopg

from tests.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 240.0  # seconds to open, with a whole city to move in


@dataclass
class House:
    """One municipality. `start`, `kill` and `start` again: what was promised must still hold."""

    home: Path
    database: str
    port: int
    package: str = "packages/solvik"
    people: int = 200
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> dict[str, str]:
        """The environment of every process of this house."""
        return {
            **os.environ,
            "ALLTING_HOME": str(self.home),
            "ALLTING_DATABASE": self.database,
            "ALLTING_BASE_URL": self.url,
            **self.environment,
        }

    def start(self) -> "House":
        """Open, and wait until the front page answers."""
        command = [
            *(sys.executable, "-m", "allting", "run", "--port", str(self.port)),
            *("--package", self.package, "--people", str(self.people)),
        ]
        log = (self.home / "log.txt").open("ab")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.settings(), stdout=log, stderr=log, start_new_session=True
        )
        self._wait()
        return self

    def kill(self) -> None:
        """kill -9, to every process of the house at once: no goodbye of any kind."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Close in good order."""
        self._end(signal.SIGTERM)

    def command(self, *words: str) -> str:
        """Run `allting …` in this house; its output. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "-m", "allting", *words],
            cwd=ROOT,
            env=self.settings(),
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def log(self) -> str:
        """What it has said so far."""
        return (self.home / "log.txt").read_text("utf-8", "replace")

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process is not None and self.process.poll() is not None:
                break
            try:
                if httpx2.get(f"{self.url}/sv/", timeout=5).status_code == 200:
                    return
            except httpx2.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"the house did not open:\n{self.log()[-4000:]}")

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)
        self.process = None


@contextmanager
def house(folder: Path, **more: object) -> Iterator[House]:
    """A house in `folder`, not yet started; closed and its database taken away at the end."""
    with _database(folder) as address:
        one = House(home=folder, database=address, port=free_port(), **more)  # type: ignore[arg-type]
        try:
            yield one
        finally:
            one.kill()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    address = os.environ.get("ALLTING_DATABASE", "")
    if "://" not in address:
        yield str(folder / "house.sqlite3")
        return
    name = f"house_{os.getpid()}_{free_port()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    parts = urlsplit(address)
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
