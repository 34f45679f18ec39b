"""The mail server: starts in this process, keeps the newest mails, and says where it listens."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

from allting.connectors.demo_mail.models import Mail
from allting.connectors.smtp import SmtpAddress, SmtpTransport
from allting.kernel.api import now, write

HERE = "127.0.0.1"
KEPT = 500
_started: list[Controller] = []


class Keeper:
    """Takes what arrives and keeps it; one thread writes, beside the server's own loop."""

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1, "demo-mail")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Answer 250 when the mail is in the table, and not before."""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._writer, keep, envelope.content, envelope.rcpt_tos)
        except Exception:
            return "451 could not be kept now, try again"
        return "250 kept"

    def close(self) -> None:
        """Let go of the thread and its connection."""
        self._writer.submit(lambda: connection.close())  # looked up there: it is that thread's
        self._writer.shutdown()


def keep(source: bytes, recipients: list[str]) -> None:
    """Put a mail in the table; the oldest beyond the newest few hundred go."""
    mail = message_from_bytes(source, policy=default)
    with write():
        kept = Mail.objects.create(
            arrived_at=now(),
            to=", ".join(recipients)[:320],
            subject=str(mail["Subject"] or "")[:300],
            mail_id=str(mail["Message-ID"] or "")[:300],
            source=source,
        )
        Mail.objects.filter(pk__lte=kept.pk - KEPT).delete()


def start_demo_mail() -> int:
    """Start the server, once, and return its port: the one of the settings, or a free one."""
    if not _started:
        port = settings.DEMO_MAIL_PORT
        controller = Controller(Keeper(), hostname=HERE, port=port if _free(port) else _any_free())
        controller.start()
        _started.append(controller)
    return int(_started[0].port)


def stop_demo_mail() -> None:
    """Stop the server, if it runs here."""
    if _started:
        controller = _started.pop()
        controller.stop()
        controller.handler.close()


def hand_to_demo_mail(mail: EmailMessage) -> None:
    """The transport of the demonstration: to the server here, or to the one on the usual port."""
    port = int(_started[0].port) if _started else settings.DEMO_MAIL_PORT
    _transport_to(port)(mail)


@lru_cache(maxsize=4)
def _transport_to(port: int) -> SmtpTransport:
    return SmtpTransport(SmtpAddress(HERE, port, tls="none"))


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, port))
        except OSError:
            return False
    return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])
