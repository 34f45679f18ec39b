"""A municipality to measure: a database of its own in a temporary folder, prepared and running."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.server import ROOT, Server, free_port, server
from tests.postgres import postgres


@dataclass
class Municipality:
    """One database with its own home. `serve()` runs it as `allting run` does."""

    name: str
    home: Path
    database: str
    own_worker: bool = True  # background work in the web process, as by default
    mail_port: int = field(default_factory=free_port)
    _server: Server | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process of this municipality."""
        return {
            "ALLTING_HOME": str(self.home),
            "ALLTING_DATABASE": self.database,
            "ALLTING_LOG_LEVEL": "WARNING",
            "ALLTING_DEMO_MAIL_PORT": str(self.mail_port),
            "ALLTING_EMBEDDED": "1" if self.own_worker else "0",
        }

    def prepare(self, name: str, *arguments: object) -> dict[str, Any]:
        """Run one command of `bench.prepare` here and give what it tells."""
        words = [sys.executable, "-m", "bench.prepare", name, *map(str, arguments)]
        environment = {**os.environ, **self.environment}
        done = subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
        told: dict[str, Any] = json.loads(
            done.stdout.splitlines()[-1]
        )  # commands before it may have spoken
        return told

    @contextmanager
    def serve(self) -> Iterator[Server]:
        """The web server with background work in the same process."""
        with server("config.wsgi:application", self.environment) as running:
            self._server = running
            yield running

    def is_at(self, server: Server) -> bool:
        """Whether `server` is this municipality's."""
        return self._server is server


@contextmanager
def municipalities(kind: str, *names: str) -> Iterator[list[Municipality]]:
    """One of each name on a `kind` of database (sqlite or postgres); all traces go at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="allting-bench-")))
        server = stack.enter_context(postgres(durable=True)) if kind == "postgres" else None
        found = []
        for name in names:
            home = folder / name
            home.mkdir()
            address = _database(server, name) if server else str(home / "allting.sqlite3")
            found.append(Municipality(name, home, address))
        yield found


def _database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/allting?", f"/{name}?")
