"""The gateway in the demonstration: its table, its way back to Allting, and where it listens."""

from functools import lru_cache

from django.conf import settings
from django.db import connections

from allting.connectors.demo_sms.jobs import report
from allting.connectors.demo_sms.server import HERE, Gateway, Taken, any_free
from allting.connectors.sms_http import SmsHttp
from allting.kernel.api import insert, now, write

_started: list[Gateway] = []


def keep(taken: Taken) -> None:
    """Put a message in the table, once for each key, and promise its receipt."""
    row = {
        "key": taken.key[:100],
        "phone": taken.to[:20],
        "house": taken.sender[:20],
        "text": taken.text,
        "incoming": True,
        "at": now(),
    }
    with write():
        new = insert("demo_sms_sms", row, unique="key")
        if new is not None:
            report.enqueue(new)


def start_demo_sms() -> int:
    """Start the gateway, once, and return its port: the one of the settings, or a free one."""
    if not _started:
        port = any_free(settings.DEMO_SMS_PORT)
        _started.append(Gateway(port, settings.SMS["key"], keep, connections.close_all).begin())
    return _started[0].port


def stop_demo_sms() -> None:
    """Stop the gateway, if it runs here."""
    if _started:
        _started.pop().end()


class ToDemoSms:
    """The gateway of the demonstration as a port: the one here, or that on the usual port."""

    def send(self, *, id: str, to: str, text: str) -> None:
        """Over HTTP, as to any gateway."""
        port = _started[0].port if _started else settings.DEMO_SMS_PORT
        _client(port).send(id=id, to=to, text=text)


@lru_cache(maxsize=4)
def _client(port: int) -> SmsHttp:
    return SmsHttp(f"http://{HERE}:{port}", settings.SMS["key"], settings.SMS["sender"])
