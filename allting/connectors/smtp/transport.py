"""One mail, one connection: what the server answered decides whether it is worth trying again."""

import smtplib
import ssl
from contextlib import suppress
from copy import copy
from email.message import EmailMessage

from allting.connectors.smtp.address import SmtpAddress
from allting.notifications.ports import PermanentFailure, TemporaryFailure

GOODBYE = 2.0


class SmtpTransport:
    """Hands mail over to the server at `address`, introducing itself as `name`."""

    def __init__(self, address: SmtpAddress, name: str = "localhost") -> None:
        self.address = address
        self._name = name  # given, for asking the network for one's own name can take seconds
        # reading all that the machine trusts takes longer than sending a mail
        encrypted = address.tls != "none"
        self._tls = ssl.create_default_context(cafile=address.ca) if encrypted else None

    def __call__(self, mail: EmailMessage) -> None:
        """Hand `mail` over, or raise what its server's answer means.

        Only a "no" to this recipient or this content is for ever. That the server is away, or
        refuses us or our password, is for us to mend while the mail waits.
        """
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as fault:
            raise TemporaryFailure(_told(fault)) from None
        try:
            server.send_message(*_envelope(mail))
        except smtplib.SMTPRecipientsRefused as refusal:
            code, words = next(iter(refusal.recipients.values()))
            raise _meaning(code, words) from None
        except smtplib.SMTPDataError as refusal:
            raise _meaning(refusal.smtp_code, refusal.smtp_error) from None
        except smtplib.SMTPNotSupportedError as lack:
            raise PermanentFailure(_told(lack)) from None  # letters such as å in the address
        except (OSError, smtplib.SMTPException) as fault:
            raise TemporaryFailure(_told(fault)) from None
        finally:
            _leave(server)

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
        return server


def _envelope(mail: EmailMessage) -> tuple[EmailMessage, str | None]:
    """The mail as it goes, and the envelope's sender: to whom it comes back, if it says that."""
    way_back = mail["Return-Path"]
    if way_back is None:
        return mail, None
    sent = copy(mail)
    del sent["Return-Path"]  # the last server on the way writes it, by the envelope
    return sent, str(way_back).strip("<> ")


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye, if there is someone to say it to: the mail is accepted or refused already."""
    with suppress(OSError, smtplib.SMTPException):
        if server.sock is not None:
            server.sock.settimeout(GOODBYE)
        server.quit()
    server.close()


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
