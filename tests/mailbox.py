"""A real SMTP server for tests: it keeps what it is given, and can be slow about it."""

import asyncio
import email
import email.policy
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port


@dataclass
class Mailbox:
    """What has arrived, in order. `seconds` is how long it takes over each message."""

    address: str
    seconds: float = 0
    messages: list[EmailMessage] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the message, then say so: killed between, the sender cannot know."""
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        with self._lock:
            self.messages.append(message)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return "250 Kept"

    def ids(self) -> list[str]:
        """The Message-ID of each, in order of arrival."""
        with self._lock:
            return [str(message["Message-ID"]) for message in self.messages]

    def wait_for(self, number: int, seconds: float = 180) -> list[EmailMessage]:
        """Until at least `number` different messages are here. Raises AssertionError."""
        until = time.monotonic() + seconds
        while len(set(self.ids())) < number:
            assert time.monotonic() < until, f"{len(set(self.ids()))} of {number} mails came"
            time.sleep(0.05)
        return list(self.messages)


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server on a free port of this machine."""
    port = free_port()
    box = Mailbox(f"smtp://127.0.0.1:{port}")
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": port}
    controller = Controller(box, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
