"""The listener: takes what comes to our own return paths, and nothing else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiosmtpd.controller import Controller
from django.db import connection

from allting.connectors.bounces.reports import read_report
from allting.notifications.api import bounced, delivery_at, mail_delivered

LARGEST = 1024 * 1024


class Taker:
    """Says no at once to whoever is not for us; answers 250 when what was told is kept."""

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1, "bounces")

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Only addresses that carry our proof."""
        if delivery_at(address) is None:
            return "550 5.1.1 nobody here has that address"
        if envelope.rcpt_tos:
            return "452 4.5.3 one recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep what the report says."""
        loop = asyncio.get_running_loop()
        content = envelope.content or b""
        try:
            await loop.run_in_executor(self._writer, take, envelope.rcpt_tos[0], content)
        except Exception:
            return "451 4.3.0 could not be kept now, try again"
        return "250 2.0.0 kept"

    def close(self) -> None:
        """Let go of the thread and its connection."""
        self._writer.submit(lambda: connection.close())  # looked up there: it is that thread's
        self._writer.shutdown()


def take(address: str, source: bytes) -> None:
    """Note what a report says of the delivery whose return path it came to."""
    delivery, report = delivery_at(address), read_report(source)
    if delivery is None or report is None:
        return
    if report.failed:
        bounced(delivery, why=report.why, address_works=report.address_works)
    elif report.action == "delivered":
        mail_delivered(delivery)


def listen(address: str) -> Controller:
    """Listen at `host:port`, in a thread of this process, until `stop(…)`."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"'{address}' is no place to listen; expected such as 127.0.0.1:2627")
    controller = Controller(
        Taker(), hostname=host.strip("[]"), port=int(port), data_size_limit=LARGEST
    )
    controller.start()
    return controller


def stop(controller: Controller) -> None:
    """Listen no more."""
    controller.stop()
    controller.handler.close()
