"""Mail that comes back, over real SMTP: from send() out to a server, and its report in again."""

import smtplib
from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import Settings

from allting.connectors.bounces.reports import read_report
from allting.connectors.bounces.server import listen, stop
from allting.connectors.smtp import SmtpAddress, SmtpTransport
from allting.connectors.smtp.tests.servers import Temper, serving
from allting.kernel.api import work_off
from allting.notifications import ports
from allting.notifications.api import send
from allting.notifications.models import BrokenAddress, Delivery, Message
from allting.register.testing import person
from tests.ports import free_port

database = pytest.mark.django_db(transaction=True)

DSN = """From: MAILER-DAEMON@post.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.post.example
Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822; anna@post.example
Original-Recipient: rfc822;anna@post.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.post.example
Diagnostic-Code: smtp; {why}

--B
Content-Type: text/rfc822-headers

Message-ID: <x@solvik.example>

--B--
"""


def report(action: str = "failed", status: str = "5.1.1", why: str = "550 no such user") -> str:
    return DSN.format(to="x@y", action=action, status=status, why=why).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("status", "works"),
    [
        ("5.1.1", False), ("5.1.2", False), ("5.1.10", False), ("5.0.0", False), ("5.2.1", False),
        ("5.4.4", False), ("5.2.2", True), ("5.7.1", True), ("5.3.4", True), ("5.2.10", True),
        ("", True),
    ],
)  # fmt: skip
def test_which_failures_blame_the_address(status: str, works: bool) -> None:
    found = read_report(report(status=status).encode())
    assert found is not None and found.failed and found.address_works is works


def test_the_servers_words_without_the_address() -> None:
    found = read_report(report(why="550 5.1.1 <anna@post.example>: user unknown").encode())
    assert found is not None and found.why == "550 5.1.1 user unknown"


@pytest.mark.parametrize(
    "source",
    [
        b"", b"\xff\xfe", b"Subject: On holiday\r\n\r\nBack in May",
        b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\n\r\nx\r\n--B--",
        b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nAction\r\n\r\n--B--",
        b"Content-Type: multipart/report\r\n\r\nnothing",
    ],
)  # fmt: skip
def test_what_is_no_report(source: bytes) -> None:
    assert read_report(source) is None


@pytest.fixture
def listener(settings: Settings) -> Iterator[int]:
    settings.BOUNCES = "bounces.solvik.example"
    port = free_port()
    controller = listen(f"127.0.0.1:{port}")
    yield port
    stop(controller)


@pytest.fixture
def sent(listener: int) -> Iterator[str]:
    """A mail has gone out over SMTP; gives the sender of its envelope."""
    before, temper = ports._transport, Temper()
    anna = person("Anna", date(1990, 5, 1), email="anna@post.example")
    with serving(temper) as port:
        ports.mail_through(SmtpTransport(SmtpAddress("127.0.0.1", port, tls="none")))
        send(
            to_person=anna.id, kind="case", subject="Hej", body_markdown="Hej", language="sv",
            occasion="1",
        )  # fmt: skip
        work_off()
        yield temper.senders[0]
    ports.mail_through(before)


def bring(port: int, to: str, source: str) -> None:
    with smtplib.SMTP("127.0.0.1", port, "mx.post.example", timeout=60) as server:
        server.sendmail("", [to], source.encode())


@database
def test_a_bounce_is_noted_once_and_the_person_is_told(listener: int, sent: str) -> None:
    bring(listener, sent, report())
    bring(listener, sent, report())
    delivery = Delivery.objects.order_by("id")[0]
    assert (delivery.state, delivery.why) == ("returned", "550 no such user")
    assert BrokenAddress.objects.count() == 1
    assert Message.objects.filter(kind="address").count() == 1
    work_off()
    assert Delivery.objects.order_by("-id")[0].why == "broken address"


@database
def test_what_is_delayed_is_not_lost_and_what_is_delivered_is_told(
    listener: int, sent: str
) -> None:
    bring(listener, sent, report("delayed", "4.4.1"))
    assert Delivery.objects.get().state == "sent"
    bring(listener, sent, "Subject: On holiday\r\n\r\nBack in May")
    assert Delivery.objects.get().state == "sent"
    bring(listener, sent, report("delivered", "2.1.5"))
    assert Delivery.objects.get().state == "delivered"


@database
def test_nobody_else_gets_in(listener: int, sent: str) -> None:
    name, _, domain = sent.partition("@")
    forged = name[:-1] + ("a" if name[-1] != "a" else "b")
    for stranger in (f"{forged}@{domain}", "kontakt@solvik.example", "eve@evil.example"):
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            bring(listener, stranger, report())
    with smtplib.SMTP("127.0.0.1", listener, "mx", timeout=60) as server:
        refused = server.sendmail("", [sent, sent], report().encode())
    assert [code for code, _ in refused.values()] == [452]
    assert Delivery.objects.order_by("id")[0].state == "returned"


@database
def test_a_report_that_cannot_be_kept_now_is_to_be_brought_again(
    listener: int, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> bool:
        raise RuntimeError("the database is away")

    monkeypatch.setattr("allting.connectors.bounces.server.bounced", away)
    with pytest.raises(smtplib.SMTPDataError, match="451"):
        bring(listener, sent, report())


@pytest.mark.parametrize("where", ["", "here", ":25", "localhost:mail"])
def test_no_place_to_listen(where: str) -> None:
    with pytest.raises(ValueError, match="no place to listen"):
        listen(where)
