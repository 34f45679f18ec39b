"""`allting work`: background work as a process of its own."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from allting.kernel.api import Worker, work_off


class Command(BaseCommand):
    help = "Do background work until stopped (SIGTERM or Ctrl-C finishes what is in hand)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--threads", type=int, default=4, help="jobs at a time (4)")
        parser.add_argument("--poll", type=float, default=1.0, help="seconds between looks (1)")
        parser.add_argument("--lease", type=float, default=30.0, help="seconds a job is held (30)")
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{work_off()} jobs attempted")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        worker = Worker(
            threads=options["threads"], poll=options["poll"], lease=options["lease"]
        ).start()
        self.stdout.write(f"Working as {worker.name}")
        self.stdout.flush()
        stop.wait()
        finished = worker.stop()
        self.stdout.write("Stopped" if finished else "Stopped with work in hand: it will be redone")
