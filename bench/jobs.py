"""How many background jobs a second: `python -m bench.jobs` on SQLite and on PostgreSQL.

Both databases write durably (fsync on), as in service. The work is empty, so what is measured is
the queue: enqueuing one by one, each in its own transaction, and then emptying it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

from bench.table import print_rows


def measure(number: int = 2000) -> None:
    """Print jobs a second on the database of ALLTING_DATABASE."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from allting.kernel.api import Worker, counts, work_off, write
    from allting.kernel.tests import chores

    call_command("migrate", verbosity=0)
    rates: dict[str, float] = {}

    def rate(name: str, jobs: int, since: float) -> None:
        rates[name] = jobs / (time.perf_counter() - since)

    started = time.perf_counter()
    for _ in range(number):
        chores.nothing.enqueue()
    rate("enqueue, each committed", number, started)
    started = time.perf_counter()
    work_off()
    rate("one thread", number, started)
    for threads in (2, 4, 8):
        with write():
            for _ in range(number):
                chores.nothing.enqueue()
        done = counts()["done"] + number
        started = time.perf_counter()
        worker = Worker(threads=threads).start()
        while counts()["done"] < done:
            time.sleep(0.02)
        rate(f"{threads} threads", number, started)
        worker.stop()
    with write():
        for _ in range(number):
            chores.count.enqueue("BENCH")
    started = time.perf_counter()
    work_off()
    rate("one thread, a gapless number in each job (atomic)", number, started)
    print_rows((f"background work on {connection.vendor}", "jobs a second"),
               [(name, f"{value:,.0f}") for name, value in rates.items()])  # fmt: skip


def main() -> None:
    """Run on both databases, one after the other."""
    from tests.postgres import postgres

    Path("var").mkdir(exist_ok=True)  # on the disk that data lies on, not in memory
    again = [sys.executable, "-m", "bench.jobs", "here"]
    with tempfile.TemporaryDirectory(dir="var") as folder:
        where = f"{folder}/jobs.sqlite3"
        subprocess.run(again, check=True, env={**os.environ, "ALLTING_DATABASE": where})
    with postgres(durable=True) as address:
        subprocess.run(again, check=True, env={**os.environ, "ALLTING_DATABASE": address})


if __name__ == "__main__":
    measure() if "here" in sys.argv else main()
