"""`allting bounces`: takes mail that could not be delivered, as a process of its own."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from allting.connectors.bounces.server import listen, stop


class Command(BaseCommand):
    """Listen until stopped."""

    help = "Take mail that comes back (SMTP), until stopped"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        usual = settings.BOUNCES_LISTEN or "127.0.0.1:2627"
        parser.add_argument("--listen", default=usual, help=f"host:port ({usual})")

    def handle(self, *_: Any, **options: Any) -> None:
        """Listen, say where, and stop in good order."""
        if not settings.BOUNCES:
            raise CommandError("ALLTING_BOUNCES is not set: no mail says where it is to come back")
        done = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: done.set())
        try:
            controller = listen(options["listen"])
        except (ValueError, OSError) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"Taking mail to {settings.BOUNCES} at {options['listen']}")
        self.stdout.flush()
        done.wait()
        stop(controller)
