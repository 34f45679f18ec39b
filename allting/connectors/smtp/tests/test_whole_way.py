"""From `send()` to a real mail server, through trouble and through kill -9."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest

from allting.connectors.smtp import SmtpAddress, SmtpTransport
from allting.connectors.smtp.tests.servers import Temper, serving, wait_until
from allting.kernel.api import clock_at, now, work_off, write
from allting.notifications import ports
from allting.notifications.api import About, send
from allting.notifications.models import Delivery
from allting.register.testing import person
from tests.databases import line_with, start
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def mended() -> Iterator[None]:
    """Tests change the transport; the one of the wiring comes back."""
    wired = ports._transport
    yield
    ports.mail_through(wired)


def tell(who: UUID, occasion: str) -> UUID:
    return send(
        to_person=who, kind="decision", subject="Beslut", body_markdown="Ja.", language="sv",
        about=About("BUN-2026-000001", service="Förskoleplats"), occasion=occasion,
    )  # fmt: skip


def through(port: int) -> None:
    address = SmtpAddress("127.0.0.1", port, tls="none", timeout=30)
    ports.mail_through(SmtpTransport(address))


def states() -> Counter[str]:
    return Counter(Delivery.objects.values_list("state", flat=True))


@contextmanager
def worker(port: int) -> "Iterator[object]":
    """A worker process that sends through `port`, killed at the end."""
    process = start(
        "allting", "work", "--threads", "1", "--poll", "0.1", "--lease", "1",
        ALLTING_SMTP=f"smtp://127.0.0.1:{port}",
    )  # fmt: skip
    try:
        line_with("Working as", process.stdout)
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_server_that_is_away_then_busy_then_well_gets_the_mail_once() -> None:
    anna = person("Anna", date(1990, 5, 1), email="anna@post.example")
    port, moment = free_port(), now()
    through(port)
    tell(anna.id, "decision:1")
    work_off()
    assert states() == {"failed": 1}
    temper = Temper(recipients=("451 greylisted, come back",))
    with serving(temper, port):
        for minutes in (1, 3):
            with clock_at(moment + timedelta(minutes=minutes)):
                work_off()
    assert states() == {"sent": 1}
    [kept] = temper.kept
    assert kept["To"] == "anna@post.example"
    assert kept["Message-ID"] == Delivery.objects.get().mail_id


def test_protected_people_get_no_email_over_any_wire() -> None:
    carin = person("Carin", date(1990, 5, 1), email="carin@post.example", protection="registration")
    temper = Temper()
    with serving(temper) as port:
        through(port)
        tell(carin.id, "decision:1")
        work_off()
    assert temper.kept == []
    assert states() == {"withheld": 1}


@pytest.mark.slow
def test_killed_while_sending_nothing_is_lost_and_only_the_mail_in_flight_repeats() -> None:
    number, kills = 40, 3
    people = [person(f"P{n}", date(1990, 5, 1), email=f"p{n}@post.example") for n in range(number)]
    with write():
        for who in people:
            tell(who.id, f"decision:{who.id}")
    temper = Temper(slow=0.05)
    with serving(temper) as port:
        for done in range(1, kills + 1):
            with worker(port) as process:
                wait_until(lambda n=done: len(temper.kept) >= 8 * n)
                temper.begun.clear()
                assert temper.begun.wait(60)  # the server has a mail and has not answered yet
                process.kill()  # type: ignore[attr-defined]
                process.wait()  # type: ignore[attr-defined]
        assert states()["sending"] <= 1
        with worker(port):
            wait_until(lambda: states() == {"sent": number})
    arrived = Counter(str(mail["Message-ID"]) for mail in temper.kept)
    assert set(arrived) == set(Delivery.objects.values_list("mail_id", flat=True))
    assert sum(arrived.values()) - number <= kills
    assert max(arrived.values()) <= 2
