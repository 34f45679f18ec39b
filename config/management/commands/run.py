"""`allting run`: the whole house in one process, from an empty folder to the first page."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from allting.register.api import Someone, demonstration_people
from config.prepare import prepare
from config.required import lacking, told


def _some_of_the_cast() -> list[Someone]:
    """Two residents and two employees: enough to begin with."""
    cast = demonstration_people("")
    residents = [person for person in cast if not person.employee]
    employees = [person for person in cast if person.employee]
    return [*residents[:2], *employees[:2]]


class Command(BaseCommand):
    """Prepare what is missing, then serve."""

    help = "Run the municipality: database, package, people, web and background work in one process"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Port, package and address to listen on."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("ALLTING_PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument(
            "--package", default=os.environ.get("ALLTING_PACKAGE", "packages/solvik")
        )
        parser.add_argument("--people", type=int, default=15_000, help="of the demonstration")

    def handle(self, *, port: int, host: str, package: str, people: int, **_: Any) -> None:
        """Prepare, say where to look, serve until stopped."""
        if missing := lacking():
            raise CommandError(told(missing))
        port = self._port(host, port)
        base = os.environ.setdefault("ALLTING_BASE_URL", f"http://127.0.0.1:{port}")
        settings.BASE_URL = base
        for step in prepare(Path(package), people=people):
            self.stdout.write(f"  {step}")
            self.stdout.flush()
        self._greet(base)
        self.stdout.flush()
        os.environ["ALLTING_EMBEDDED"] = "1"
        serve = [
            *("--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error"),
            *("--respawn-failed-workers", "--backlog", "1024"),
        ]
        granian = [sys.executable, "-m", "granian", *serve, "config.wsgi:application"]
        os.execv(sys.executable, granian)  # noqa: S606 (our own command)

    def _port(self, host: str, wanted: int) -> int:
        """`wanted`, or the next free one: someone may have two municipalities running."""
        for port in range(wanted, wanted + 20):
            with socket.socket() as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if trial.connect_ex((host if host != "0.0.0.0" else "127.0.0.1", port)):  # noqa: S104
                    return port
        raise CommandError(
            f"ports {wanted} to {wanted + 19} are all taken; name a free one with --port"
        )

    def _greet(self, base: str) -> None:
        say = self.stdout.write
        say("")
        say(self.style.SUCCESS(f"  Allting is open: {base}"))
        if settings.DEMO:
            say("  Sign in with the demo e-ID as whom you like; for instance")
            for person in _some_of_the_cast():
                say(f"    {person.given_name} {person.surname}, {person.says['en']}")
            say(f"  Mail that is sent arrives at {base}/demo-mail/, texts at {base}/demo-sms/")
        say("  Stop with Ctrl-C. Data is kept in var/; `make reset` forgets it.")
        say("")
