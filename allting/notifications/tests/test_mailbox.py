"""The port to digital mailboxes: its contract against a small peer over HTTP, and its channel."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import httpx2
import pytest

from allting.kernel.api import work_off
from allting.notifications import ports
from allting.notifications.api import Attachment, deliveries_of, delivery_in_words, send
from allting.notifications.models import Delivery
from allting.notifications.ports import MailboxLetter, PermanentFailure, TemporaryFailure
from allting.notifications.preferences import save_preferences
from allting.notifications.tests.conftest import ANNA, BO, CARIN, LetterBox, acting
from allting.notifications.tests.mailbox_contract import Mailboxes, mailbox_contract


class Peer:
    """Mailboxes behind HTTP, in this process; made for these tests and no picture of a real one."""

    with_mailbox, without = ANNA, BO

    def __init__(self) -> None:
        self.kept: dict[str, tuple[UUID, MailboxLetter]] = {}
        self.silent = False
        peer = self

        class Visit(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(200 if UUID(self.path[1:]) != peer.without else 404)

            def do_PUT(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                person, id = UUID(told.pop("person")), self.path[1:]
                if person == peer.without:
                    return self._answer(404)
                if told["attachment"]:
                    name, kind, content = told["attachment"]
                    told["attachment"] = (name, kind, base64.b64decode(content))
                peer.kept.setdefault(id, (person, MailboxLetter(**told)))
                if peer.silent:
                    peer.silent = False
                    self.close_connection = True
                    return None
                return self._answer(200)

            def _answer(self, status: int) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Visit)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def gateway(self) -> "OverHttp":
        return OverHttp(self.server.server_address[1])

    def letters(self) -> list[tuple[UUID, MailboxLetter]]:
        return list(self.kept.values())

    def away(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def lose_the_next_answer(self) -> None:
        self.silent = True


class OverHttp:
    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"

    def _ask(self, method: str, path: str, **more: Any) -> int:
        try:
            return httpx2.request(method, f"{self._base}/{path}", timeout=30, **more).status_code
        except httpx2.HTTPError as fault:
            raise TemporaryFailure(type(fault).__name__) from None

    def reaches(self, person: UUID) -> bool:
        return self._ask("GET", str(person)) == 200

    def send(self, *, id: str, person: UUID, letter: MailboxLetter) -> None:
        told = {**asdict(letter), "person": str(person)}
        if letter.attachment:
            name, kind, content = letter.attachment
            told["attachment"] = (name, kind, base64.b64encode(content).decode())
        if self._ask("PUT", id, json=told) == 404:
            raise PermanentFailure("no mailbox")


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer()
    yield peer
    peer.server.server_close()


@pytest.mark.parametrize("holds", mailbox_contract, ids=lambda it: it.__name__)
def test_the_contract(holds: Callable[[Mailboxes], None], peer: Peer) -> None:
    holds(peer)


# ---- the channel


@pytest.fixture
def wired(peer: Peer, box: LetterBox) -> Iterator[Peer]:
    ports.mailboxes_through(peer.gateway())
    yield peer
    ports.mailboxes_through(None)


def tell(person: UUID, **more: Any) -> UUID:
    document = Attachment("Beslut.pdf", "application/pdf", b"%PDF-")
    return send(
        to_person=person, kind="decision", subject="Beslut", body_markdown="Ja.", language="sv",
        occasion=f"decision:{person}", attachment=document, **more,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_letter_itself_goes_to_the_mailbox(wired: Peer) -> None:
    id_ = tell(ANNA)
    work_off()
    letter = MailboxLetter("Beslut", "Ja.", "sv", ("Beslut.pdf", "application/pdf", b"%PDF-"))
    assert wired.letters() == [(ANNA, letter)]
    row = next(it for it in deliveries_of(acting(ANNA), id_) if it.channel == "mailbox")
    assert delivery_in_words(row, "en").startswith("The letter was put in the digital mailbox")


@pytest.mark.django_db(transaction=True)
def test_who_has_none_is_protected_or_has_turned_it_off(wired: Peer) -> None:
    save_preferences(acting(ANNA), {"": ["email"]}, ["email", "mailbox"])
    for person in (ANNA, BO, CARIN):
        tell(person)
    work_off()
    assert wired.letters() == []
    found = Delivery.objects.filter(channel="mailbox").order_by("message_id")
    assert {row.why for row in found} == {"not wanted", "no mailbox", "protected"}


@pytest.mark.django_db(transaction=True)
def test_without_a_gateway_there_is_no_such_channel(box: LetterBox) -> None:
    tell(ANNA)
    assert not Delivery.objects.filter(channel="mailbox").exists()
