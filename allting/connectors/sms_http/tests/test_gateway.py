"""Handing texts over to a real HTTP server: what each answer means, and nothing twice."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from allting.connectors.demo_sms.server import Gateway, Taken
from allting.connectors.sms_http import SmsHttp
from allting.notifications.ports import PermanentFailure, TemporaryFailure
from tests.ports import free_port

TO = "+46701740605"


@contextmanager
def answering(status: int, body: bytes = b"", *, slow: float = 0) -> Iterator[int]:
    """A server that always answers so."""
    let_go = threading.Event()

    class Always(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            let_go.wait(slow)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Always)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        let_go.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    kept: dict[str, Taken] = {}
    server = Gateway(0, "our key", lambda it: kept.update({it.key: it})).begin()
    server.kept = kept  # type: ignore[attr-defined]
    yield server
    server.end()


def to(port: int, key: str = "our key", **more: float) -> SmsHttp:
    return SmsHttp(f"http://127.0.0.1:{port}/", key, "Solvik", **more)


def test_a_text_is_handed_over_once_for_its_id(gateway: Gateway) -> None:
    sender = to(gateway.port)
    for _ in range(3):
        sender.send(id="d-1", to=TO, text="Räksmörgås ☃")
    assert gateway.kept == {"d-1": Taken("d-1", TO, "Solvik", "Räksmörgås ☃")}  # type: ignore[attr-defined]


def test_what_it_does_not_take_is_for_ever_and_our_key_is_for_us_to_mend(gateway: Gateway) -> None:
    with pytest.raises(PermanentFailure, match="422 the number is not in"):
        to(gateway.port).send(id="d-1", to="070", text="x")
    with pytest.raises(TemporaryFailure, match="401 the key is not ours"):
        to(gateway.port, "another").send(id="d-1", to=TO, text="x")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, PermanentFailure), (410, PermanentFailure), (413, PermanentFailure),
        (403, TemporaryFailure), (404, TemporaryFailure), (409, TemporaryFailure),
        (429, TemporaryFailure), (500, TemporaryFailure), (503, TemporaryFailure),
        (302, TemporaryFailure),
    ],
)  # fmt: skip
def test_what_an_answer_means(status: int, kind: type[Exception]) -> None:
    body = json.dumps({"error": "because\nof this"}).encode()
    with (
        answering(status, body) as port,
        pytest.raises(kind, match=f"the gateway answered {status} because of this"),
    ):
        to(port).send(id="d-1", to=TO, text="x")


@pytest.mark.parametrize("body", [b"", b"<html>no", b"[]", b'"x"', b"\xff"])
def test_an_answer_that_says_nothing_we_know(body: bytes) -> None:
    with answering(400, body) as port, pytest.raises(PermanentFailure, match=r"answered 400$"):
        to(port).send(id="d-1", to=TO, text="x")


def test_a_gateway_that_is_away_or_silent_may_come_back() -> None:
    with pytest.raises(TemporaryFailure, match="ConnectError"):
        to(free_port()).send(id="d-1", to=TO, text="x")
    with answering(200, slow=5) as port, pytest.raises(TemporaryFailure, match="Timeout"):
        to(port, timeout=0.3).send(id="d-1", to=TO, text="x")
