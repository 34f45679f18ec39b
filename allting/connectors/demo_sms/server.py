"""The gateway's own HTTP server: takes messages, each once, and says where it listens."""

import json
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HERE = "127.0.0.1"
LARGEST = 16 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """A message as it was handed to us."""

    key: str
    to: str
    sender: str
    text: str


Keep = Callable[[Taken], None]
"""Keeps a message, once for each key."""


class Gateway(ThreadingHTTPServer):
    """Answers `POST /messages` as documented in connectors/sms_http."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, key: str, keep: Keep, leave: Callable[[], None] | None = None):
        self.key, self.keep, self.leave = key, keep, leave
        self._visitors: set[Any] = set()
        super().__init__((HERE, port), Visit)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def begin(self) -> "Gateway":
        """Serve in a thread of this process."""
        threading.Thread(target=self.serve_forever, name="demo-sms", daemon=True).start()
        return self

    def end(self) -> None:
        """Serve no more, not even those who stand in the door."""
        self.shutdown()
        self.server_close()
        for visitor in list(self._visitors):
            with suppress(OSError):
                visitor.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        """A visitor comes."""
        self._visitors.add(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who was cut off in the middle is nobody's fault here."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """A visitor leaves."""
        self._visitors.discard(request)
        super().shutdown_request(request)


class Visit(BaseHTTPRequestHandler):
    """One connection, which may bring many messages."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer leaves in one piece
    server: Gateway

    def do_POST(self) -> None:
        """Take a message, and answer when it is kept."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            self.close_connection = True
            self._answer(413, {"error": "too large, or of no stated length"})
            return
        body = self.rfile.read(int(length))
        if self.path != "/messages":
            self._answer(404, {"error": "there is only /messages"})
        elif self.headers.get("Authorization") != f"Bearer {self.server.key}":
            self._answer(401, {"error": "the key is not ours"})
        else:
            self._take(body)

    def _take(self, body: bytes) -> None:
        try:
            told = json.loads(body)
            taken = Taken(self.headers["Idempotency-Key"], told["to"], told["from"], told["text"])
        except (ValueError, KeyError, TypeError):
            self._answer(400, {"error": "expected to, from, text and an Idempotency-Key"})
            return
        if not (isinstance(taken.to, str) and taken.to.startswith("+") and taken.key):
            self._answer(422, {"error": "the number is not in E.164"})
            return
        try:
            self.server.keep(taken)
        except Exception:
            self._answer(503, {"error": "could not be kept now, try again"})
            return
        self._answer(202, {"id": taken.key})

    def _answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def finish(self) -> None:
        """The visitor leaves, and with them the thread."""
        super().finish()
        if self.server.leave:
            self.server.leave()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what is in a message is nobody's log."""


def any_free(wanted: int) -> int:
    """The port that is wanted, or another that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, wanted))
        except OSError:
            probe.bind((HERE, 0))
        return int(probe.getsockname()[1])
