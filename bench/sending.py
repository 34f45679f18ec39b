"""Many messages at once, and workers killed on the way: `python -m bench.sending --number 100000`.

Every other message goes as a text message to the gateway of the demonstration, over HTTP, and the
others as e-mail to an SMTP server; both run in a process of their own and count what they get. A
worker sends with some threads; it is killed with -9 three times, and another takes up its work.
Nothing may be lost; a text must be with the gateway once for each delivery, and of the mails only
those that a killed worker had begun (one a thread at most, each told by its row) may have come
twice, under the same Message-ID.
"""

import argparse
import itertools
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
LEASE = 5  # seconds until another takes up the work of one that was killed
BATCH = 500
WAIT = 600.0  # seconds without anything being sent: something is wrong


# ---- the receiving end, in a process of its own


@dataclass
class Received:
    """What the gateway and the mail server have got."""

    texts: Counter[str] = field(default_factory=Counter)  # handed over, by key
    phones: dict[str, str] = field(default_factory=dict)  # kept, once for each key
    mails: Counter[str] = field(default_factory=Counter)

    def keep(self, taken: Any) -> None:
        """As the demonstration's table does."""
        self.texts[taken.key] += 1
        self.phones.setdefault(taken.key, taken.to)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Count a mail by its Message-ID, which stands among the first lines."""
        head = envelope.content[:2000].decode("utf-8", "replace")
        name = next(it for it in head.splitlines() if it.lower().startswith("message-id:"))
        self.mails[name.partition(":")[2].strip()] += 1
        return "250 kept"


def receive() -> None:
    """Serve until the other end of the pipe is closed; a line asked, a line answered."""
    from aiosmtpd.controller import Controller

    from allting.connectors.demo_sms.server import Gateway, any_free

    got = Received()
    gateway = Gateway(0, "bench", got.keep).begin()
    mail = Controller(got, hostname="127.0.0.1", port=any_free(0))
    mail.start()
    print(json.dumps({"sms": gateway.port, "smtp": mail.port}), flush=True)
    for line in sys.stdin:
        if line.strip() == "count":
            told: Any = {"texts": len(got.phones), "mails": len(got.mails)}
        else:
            told = {"texts": got.texts, "phones": list(got.phones), "mails": got.mails}
        print(json.dumps(told), flush=True)


@dataclass
class Peers:
    """The receiving process, seen from here."""

    process: "subprocess.Popen[str]"
    ports: dict[str, int]

    def ask(self, what: str) -> dict[str, Any]:
        """`count`, or `all`."""
        assert self.process.stdin and self.process.stdout
        print(what, file=self.process.stdin, flush=True)
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def settings(self) -> dict[str, str]:
        """What leads a house here."""
        return {
            "ALLTING_SMTP": f"smtp://127.0.0.1:{self.ports['smtp']}",
            "ALLTING_SMS_URL": f"http://127.0.0.1:{self.ports['sms']}",
            "ALLTING_SMS_KEY": "bench",
        }


@contextmanager
def peers() -> Iterator[Peers]:
    """A gateway and a mail server that count."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.sending", "--receive"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        yield Peers(process, json.loads(process.stdout.readline()))
    finally:
        process.kill()
        process.communicate()


# ---- the sending end


def put(number: int) -> float:
    """People, and a message to each, in this process's database; the seconds that `send` took."""
    from allting.kernel.api import write
    from allting.notifications.api import About, send

    people = _people(number)
    started = time.perf_counter()
    for at in range(0, number, BATCH):
        with write():
            for n, who in enumerate(people[at : at + BATCH], at):
                send(
                    to_person=who, kind="offer", subject="En plats", body_markdown="En plats.",
                    language="sv", occasion=f"bench:{who}", about=About(service="Förskoleplats"),
                    sms="Solvik: en plats. Svara JA eller NEJ." if n % 2 == 0 else None,
                )  # fmt: skip
    return time.perf_counter() - started


def _people(number: int) -> list[UUID]:
    """As many people, none of whom has a number that anybody could have."""
    from allting.kernel.api import write
    from allting.register.models import Person

    with write():
        made = Person.objects.bulk_create(
            (
                Person(
                    identity_number=f"{n:012d}", given_name="Någon", surname="Provsson",
                    birth_date=date(1990, 1, 1), sex="f", civil_status="unmarried",
                    email=f"p{n}@post.example" if n % 2 else "",
                    phone="" if n % 2 else "+46701740605",
                )
                for n in range(number)
            ),
            batch_size=1000,
        )  # fmt: skip
    return [person.id for person in made]


def states() -> Counter[str]:
    """How many deliveries stand how."""
    from allting.notifications.models import Delivery

    return Counter(Delivery.objects.exclude(state="withheld").values_list("state", flat=True))


def begun_mails() -> set[tuple[str, int]]:
    """The attempts at a mail, Message-ID and number, that were begun and have not ended."""
    from allting.notifications.models import Delivery

    begun = Delivery.objects.filter(state="sending", channel="email")
    return set(begun.values_list("mail_id", "attempts"))


def worker(environment: dict[str, str], threads: int) -> "subprocess.Popen[bytes]":
    """One that sends, a delivery at a time in each thread."""
    command = ["work", "--threads", str(threads), "--poll", "0.1", "--lease", str(LEASE)]
    return subprocess.Popen(
        [sys.executable, "-m", "allting", *command],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@dataclass
class Run:
    """How it went."""

    number: int
    threads: int
    in_flight: list[set[tuple[str, int]]]  # the attempts at mails that each kill cut short
    seconds: float
    processor: float  # seconds that all workers used
    rates: list[float]  # of each tenth
    got: dict[str, Any]

    def wrong(self) -> list[str]:
        """What was promised and does not hold."""
        from allting.notifications.models import Delivery

        sent = Delivery.objects.exclude(state="withheld").values_list("channel", "mail_id")
        texts = {name for channel, name in sent if channel == "sms"}
        mails = {name for channel, name in sent if channel == "email"}
        begun = Counter(name for name, _ in itertools.chain(*self.in_flight))
        too_often = [name for name, n in self.got["mails"].items() if n > 1 + begun[name]]
        found = {
            "deliveries that are not sent": states() != {"sent": self.number},
            "texts lost or made up": set(self.got["phones"]) != texts,
            "texts kept twice": len(self.got["phones"]) != len(texts),
            "mails lost or made up": set(self.got["mails"]) != mails,
            "more in flight than threads": any(len(it) > self.threads for it in self.in_flight),
            f"{len(too_often)} mails repeated that were in flight at no kill": bool(too_often),
        }
        return [what for what, is_so in found.items() if is_so]


def send_all(
    number: int, kills: int, threads: int, peers: Peers, environment: dict[str, str]
) -> Run:
    """Let workers send all that is queued, and kill them in their midst."""
    marks = [number * n // (kills + 1) for n in range(1, kills + 1)]
    started = time.perf_counter()
    tenths, process = [started], worker(environment, threads)
    in_flight: list[set[tuple[str, int]]] = []
    used = _processor()
    try:
        at, moved = 0, started
        while at < number:
            told = peers.ask("count")
            before, at = at, told["texts"] + told["mails"]
            while len(tenths) <= 10 and at >= number * len(tenths) // 10:
                tenths.append(time.perf_counter())
            if marks and at >= marks[0]:
                marks.pop(0)
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                # what an earlier kill cut short may still be waiting for its lease to end
                in_flight.append(begun_mails().difference(*in_flight))
                process = worker(environment, threads)
            moved = time.perf_counter() if at > before else moved
            still = time.perf_counter() - moved
            assert still < WAIT, f"{at} of {number} sent, and no more for {still:.0f} s"
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        until = time.monotonic() + 60
        while states() != {"sent": number} and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        process.kill()
        process.wait()
    rates = [number / 10 / (b - a) for a, b in itertools.pairwise(tenths)]
    used = _processor() - used
    return Run(number, threads, in_flight, seconds, used, rates, peers.ask("all"))


def _processor() -> float:
    """Seconds of processor that the processes we started and that have ended used."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def measure(number: int, kills: int, threads: int) -> int:
    """On the database of ALLTING_DATABASE: put, send, tell."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from allting.packages.api import publish

    call_command("migrate", verbosity=0)
    publish(ROOT / "packages/solvik", by="bench", why="sending")
    with peers() as receiving:
        put_in = put(number)
        environment = {**os.environ, **receiving.settings()}
        run = send_all(number, kills, threads, receiving, environment)
    again = sum(run.got["texts"].values()) - len(run.got["texts"])
    repeated = sum(run.got["mails"].values()) - len(run.got["mails"])
    kind, begun = connection.vendor, sum(map(len, run.in_flight))
    tenths = ", ".join(f"{it:,.0f}" for it in run.rates)
    print(f"{kind}: {number:,} messages put in the outbox, {number / put_in:,.0f} a second")
    print(
        f"{kind}: sent in {run.seconds:,.0f} s, {number / run.seconds:,.0f} a second, with "
        f"{threads} threads and {kills} workers killed; by tenths {tenths}; "
        f"{run.processor / number * 1000:.1f} ms of processor in the workers for each"
    )
    print(
        f"{kind}: {len(run.got['phones']):,} texts, each once ({again} asked for twice); "
        f"{len(run.got['mails']):,} mails, {repeated} of them twice ({begun} were in flight when a "
        "worker was killed)"
    )
    wrong = run.wrong()
    print(f"{kind}: {'WRONG: ' + '; '.join(wrong) if wrong else 'nothing lost'}")
    return 1 if wrong else 0


def main() -> int:
    """Both databases, one after the other."""
    asked = argparse.ArgumentParser(prog="python -m bench.sending", description=__doc__)
    asked.add_argument("--number", type=int, default=100_000, help="of messages (100,000)")
    asked.add_argument("--kills", type=int, default=3, help="of workers, on the way (3)")
    asked.add_argument("--threads", type=int, default=4, help="of each worker (4, as usual)")
    asked.add_argument("--on", default="sqlite,postgres", help="sqlite, postgres or both")
    asked.add_argument("--receive", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.receive:
        receive()
        return 0
    if given.here:
        return measure(given.number, given.kills, given.threads)
    return max(_on(kind, given) for kind in given.on.split(","))


def _on(kind: str, given: argparse.Namespace) -> int:
    from tests.postgres import postgres

    with (
        tempfile.TemporaryDirectory(prefix="allting-sending-") as folder,
        postgres(durable=True) if kind == "postgres" else nullcontext("") as address,
    ):
        here = {
            "ALLTING_DATABASE": address or f"{folder}/sending.sqlite3",
            "ALLTING_HOME": folder,
            "ALLTING_LOG_LEVEL": "ERROR",
        }
        again = ["--here", "--number", str(given.number), "--kills", str(given.kills)]
        again += ["--threads", str(given.threads)]
        command = [sys.executable, "-m", "bench.sending", *again]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **here}).returncode


if __name__ == "__main__":
    sys.exit(main())
