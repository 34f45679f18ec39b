"""A text message gateway for tests, written from the description in connectors/sms_http alone.

It takes messages over HTTP, once for each key, and tells how each went and what people answer by
webhooks that it signs itself: nothing of the house's own code is used.
"""

import base64
import hashlib
import hmac
import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2

NOT_IN_USE = "the number is not in use"


@dataclass(frozen=True)
class Text:
    """A message that was handed over to reach a telephone."""

    reference: str
    to: str
    sender: str
    text: str


@dataclass
class Gateway:
    """The peer: what it was given, in order, and whom it cannot reach."""

    url: str
    key: str = "a key that the municipality was given"
    secret: bytes = b"thirty-two bytes that both of us know"
    house: str = ""
    dead: set[str] = field(default_factory=set)
    texts: list[Text] = field(default_factory=list)
    told: list[int] = field(default_factory=list)  # what the house answered to receipts
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def settings(self) -> dict[str, str]:
        """What the house must know to use this gateway."""
        return {
            "ALLTING_SMS_URL": self.url,
            "ALLTING_SMS_KEY": self.key,
            "ALLTING_SMS_WEBHOOK_SECRET": f"whsec_{base64.b64encode(self.secret).decode()}",
            "ALLTING_SMS_SENDER": "+46701740690",
        }

    def take(self, text: Text) -> None:
        """Keep a message, unless its key has been seen, and promise its receipt."""
        with self._lock:
            if any(one.reference == text.reference for one in self.texts):
                return
            self.texts.append(text)
        threading.Thread(target=self._receipt, args=(text,), daemon=True).start()

    def _receipt(self, text: Text) -> None:
        data = {"reference": text.reference}
        dead = text.to in self.dead
        kind = "message.failed" if dead else "message.delivered"
        self.told.append(self.tell(kind, data | ({"error": NOT_IN_USE} if dead else {})))

    def tell(self, kind: str, data: dict[str, Any]) -> int:
        """One signed webhook; the status that the house answered with."""
        body = json.dumps({"type": kind, "data": data}).encode()
        name, moment = f"msg_{uuid.uuid4().hex}", str(int(time.time()))
        signed = hmac.new(self.secret, f"{name}.{moment}.".encode() + body, hashlib.sha256)
        headers = {
            "webhook-id": name,
            "webhook-timestamp": moment,
            "webhook-signature": f"v1,{base64.b64encode(signed.digest()).decode()}",
            "content-type": "application/json",
        }
        answer = httpx2.post(f"{self.house}/hooks/sms/", content=body, headers=headers, timeout=60)
        return answer.status_code

    def answers(self, number: str, text: str) -> int:
        """Somebody writes from their telephone."""
        data = {"id": uuid.uuid4().hex, "from": number, "to": "+46701740690", "text": text}
        return self.tell("message.received", data | {"at": datetime.now(UTC).isoformat()})

    def to(self, number: str) -> list[str]:
        """The texts that have come to a telephone."""
        with self._lock:
            return [one.text for one in self.texts if one.to == number]

    def wait_for(self, number: str, texts: int = 1, seconds: float = 180) -> str:
        """Until so many texts have come to a telephone; the latest. Raises AssertionError."""
        until = time.monotonic() + seconds
        while len(found := self.to(number)) < texts:
            assert time.monotonic() < until, f"{number} has had {len(found)} of {texts} texts"
            time.sleep(0.05)
        return found[-1]


class _Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    gateway: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/messages"
        if self.headers["Authorization"] != f"Bearer {self.gateway.key}":
            self._answer(401)
        elif self.headers["Idempotency-Key"] != body["reference"]:
            self._answer(400)
        else:
            self.gateway.take(Text(body["reference"], body["to"], body["from"], body["text"]))
            self._answer(202)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway on a free port of this machine."""
    visit = type("Visit", (_Visit,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), visit)
    server.daemon_threads = True
    one = Gateway(f"http://127.0.0.1:{server.server_address[1]}/v1")
    visit.gateway = one  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
