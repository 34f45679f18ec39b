"""Real mail servers on this machine, each with a temper of its own."""

import asyncio
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.ports import free_port


class Temper:
    """What the server answers to each recipient and each mail; afterwards it is friendly."""

    def __init__(
        self, *, recipients: tuple[str, ...] = (), mails: tuple[str, ...] = (), slow: float = 0
    ) -> None:
        self.recipients = list(recipients)
        self.mails = list(mails)
        self.slow = slow
        self.kept: list[EmailMessage] = []
        self.senders: list[str] = []
        self.connections: set[object] = set()  # those by which mails came
        self.begun = threading.Event()

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.recipients:
            return self.recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.begun.set()
        self.connections.add(session.peer)
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.mails:
            return self.mails.pop(0)
        self.senders.append(envelope.mail_from)
        self.kept.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@contextmanager
def serving(temper: Temper, port: int | None = None, **how: Any) -> Iterator[int]:
    """A server with this temper; yields its port."""
    controller = Controller(temper, hostname="127.0.0.1", port=port or free_port(), **how)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


@contextmanager
def speaking(*lines: bytes, hang: bool = False) -> Iterator[int]:
    """A server that says each line after whatever it hears, then closes, or hangs in silence."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def talk() -> None:
            visitor, _ = listener.accept()
            with visitor:
                for line in lines:
                    visitor.sendall(line + b"\r\n")
                    if not visitor.recv(65536):
                        return
                if hang:
                    done.wait(20)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        done.set()
        thread.join(5)


def certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1 in one file, which is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def server_tls(path: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def knows(user: str, password: str) -> Any:
    """An authenticator that knows one user."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return check


def wait_until(holds: Any, seconds: float = 120) -> None:
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, f"waited {seconds} s in vain"
        time.sleep(0.02)
