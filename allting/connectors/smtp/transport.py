"""One mail after the other: what the server answered decides whether it is worth trying again.

To greet a server and agree on TLS takes longer than to hand a mail over, so each thread keeps its
connection for the next mail. Nothing is lost by that: a mail is handed over when the server says
so, and a connection that has gone meanwhile is made anew before anything is said of a mail.
"""

import smtplib
import ssl
import threading
import time
from contextlib import suppress
from copy import copy
from email.message import EmailMessage

from allting.connectors.smtp.address import SmtpAddress
from allting.notifications.ports import PermanentFailure, TemporaryFailure

GOODBYE = 2.0
MANY = 100  # mails by one connection: servers do not like it to last for ever
KEPT = 20.0  # seconds that a connection is kept unused


class _Kept(threading.local):
    """This thread's connection, how many mails have gone by it, and when the last one did."""

    server: smtplib.SMTP | None = None
    mails = 0
    at = 0.0


class SmtpTransport:
    """Hands mail over to the server at `address`, introducing itself as `name`."""

    def __init__(self, address: SmtpAddress, name: str = "localhost") -> None:
        self.address = address
        self._name = name  # given, for asking the network for one's own name can take seconds
        # reading all that the machine trusts takes longer than sending a mail
        encrypted = address.tls != "none"
        self._tls = ssl.create_default_context(cafile=address.ca) if encrypted else None
        self._kept = _Kept()

    def __call__(self, mail: EmailMessage) -> None:
        """Hand `mail` over, or raise what its server's answer means.

        Only a "no" to this recipient or this content is for ever. That the server is away, or
        refuses us or our password, is for us to mend while the mail waits.
        """
        server = self._server()
        try:
            server.send_message(*_envelope(mail))
        except (OSError, smtplib.SMTPException) as fault:
            raise _what_it_means(fault) from None
        except BaseException:
            server.close()  # in the midst of something: nobody may go on from there
            raise
        finally:
            self._keep(server)

    def _server(self) -> smtplib.SMTP:
        try:
            return self._at_hand() or self._connect()
        except (OSError, smtplib.SMTPException) as fault:
            raise TemporaryFailure(_told(fault)) from None

    def _at_hand(self) -> smtplib.SMTP | None:
        """The connection that was kept, if the server still wants it."""
        kept = self._kept
        server, kept.server = kept.server, None
        if server is None:
            return None
        if kept.mails < MANY and time.monotonic() - kept.at < KEPT and _is_there(server):
            return server
        _leave(server)
        return None

    def _keep(self, server: smtplib.SMTP) -> None:
        if server.sock is None:  # smtplib closes it whenever the talk itself has failed
            return
        kept = self._kept
        kept.server, kept.at = server, time.monotonic()
        kept.mails += 1

    def _connect(self) -> smtplib.SMTP:
        to = self.address
        if to.tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                to.host, to.port, self._name, timeout=to.timeout, context=self._tls
            )
        else:
            server = smtplib.SMTP(to.host, to.port, self._name, timeout=to.timeout)
        try:
            if to.tls == "required":
                server.starttls(context=self._tls)
            if to.user:
                server.login(to.user, to.password)
        except BaseException:
            server.close()
            raise
        self._kept.mails = 0
        return server


def _envelope(mail: EmailMessage) -> tuple[EmailMessage, str | None]:
    """The mail as it goes, and the envelope's sender: to whom it comes back, if it says that."""
    way_back = mail["Return-Path"]
    if way_back is None:
        return mail, None
    sent = copy(mail)
    del sent["Return-Path"]  # the last server on the way writes it, by the envelope
    return sent, str(way_back).strip("<> ")


def _is_there(server: smtplib.SMTP) -> bool:
    """Whether the server still listens: it may have hung up while nothing was sent."""
    try:
        return server.rset()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye, if there is someone to say it to."""
    with suppress(OSError, smtplib.SMTPException):
        if server.sock is not None:
            server.sock.settimeout(GOODBYE)
        server.quit()
    server.close()


def _what_it_means(fault: OSError) -> TemporaryFailure | PermanentFailure:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return _meaning(*next(iter(fault.recipients.values())))
    if isinstance(fault, smtplib.SMTPDataError):
        return _meaning(fault.smtp_code, fault.smtp_error)
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return PermanentFailure(_told(fault))  # letters such as å in the address
    return TemporaryFailure(_told(fault))


def _told(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _answer(fault.smtp_code, fault.smtp_error)
    return f"{type(fault).__name__}: {fault}"


def _meaning(code: int, words: bytes | str) -> TemporaryFailure | PermanentFailure:
    kind = PermanentFailure if 500 <= code < 600 else TemporaryFailure
    return kind(_answer(code, words))


def _answer(code: int, words: bytes | str) -> str:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"the mail server answered {code} {' '.join(told.split())}"
