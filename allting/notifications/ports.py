"""What notifications need from elsewhere; `config/wiring.py` fills it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from email.message import EmailMessage
from typing import Protocol
from uuid import UUID

from allting.packages.api import Duration


class Contact(Protocol):
    """How a person is reached."""

    @property
    def email(self) -> str | None: ...
    @property
    def phone(self) -> str | None: ...
    @property
    def language(self) -> str: ...
    @property
    def protected(self) -> bool: ...


class TemporaryFailure(Exception):
    """It could not be handed over now; it may be later."""


class PermanentFailure(Exception):
    """It will never be accepted as it is."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How the municipality behaves: when no text messages are sent, how long mails are gathered,
    how long texts that have come in are kept once they are dealt with (None: for ever), and by
    which decision, in each language."""

    quiet_from: time | None = None
    quiet_to: time | None = None
    bundle: timedelta | None = None
    texts_kept: Duration | None = None
    texts_decided: Mapping[str, str] = field(default_factory=dict)


ContactBook = Callable[[UUID], Contact | None]
MailTransport = Callable[[EmailMessage], None]
"""Hands a mail over, or raises TemporaryFailure or PermanentFailure. `Return-Path`, where it
stands, is the sender of the envelope, and does not go with the mail."""
LinkMaker = Callable[[str], str]
"""The address that a link leads to. It may open something by itself, so it is made when it is sent
and never kept."""


class SmsGateway(Protocol):
    """Sends text messages."""

    def send(self, *, id: str, to: str, text: str) -> None:
        """Hand over a text to a number in E.164, or raise TemporaryFailure or PermanentFailure.

        The same `id` again sends nothing more: it is the gateway's idempotency key.
        """
        ...


@dataclass(frozen=True, slots=True)
class MailboxLetter:
    """What goes to a digital mailbox: the whole of it, for the mailbox is as safe as the inbox."""

    subject: str
    body: str  # Markdown
    language: str
    attachment: tuple[str, str, bytes] | None = None  # name, media type, content


class MailboxGateway(Protocol):
    """Digital mailboxes of the person's own choice, such as those of Mina meddelanden.

    Whoever fills this port shows that it holds `tests.mailbox_contract`.
    """

    def reaches(self, person: UUID) -> bool:
        """Whether the person has a mailbox and takes our letters. May raise TemporaryFailure."""
        ...

    def send(self, *, id: str, person: UUID, letter: MailboxLetter) -> None:
        """Deliver a letter, or raise TemporaryFailure or PermanentFailure; once for each `id`."""
        ...


def _no_book(person: UUID) -> Contact | None:
    raise RuntimeError("no contact book is wired; see config/wiring.py")


def _no_transport(mail: EmailMessage) -> None:
    raise TemporaryFailure("no mail server is wired; set ALLTING_SMTP")


def _no_links(link: str) -> str:
    raise RuntimeError("nobody makes links; see config/wiring.py")


_book: ContactBook = _no_book
_transport: MailTransport = _no_transport
_links: LinkMaker = _no_links
_manners: Callable[[], Manners] = Manners
_gateway: SmsGateway | None = None
_mailboxes: MailboxGateway | None = None


def contacts_from(book: ContactBook) -> None:
    """Fill the port through which people's addresses are found."""
    global _book
    _book = book


def mail_through(transport: MailTransport) -> None:
    """Fill the port through which mail leaves."""
    global _transport
    _transport = transport


def links_from(maker: LinkMaker) -> None:
    """Fill the port through which links in messages get their addresses."""
    global _links
    _links = maker


def texts_through(gateway: SmsGateway | None) -> None:
    """Fill the port through which text messages leave."""
    global _gateway
    _gateway = gateway


def mailboxes_through(gateway: MailboxGateway | None) -> None:
    """Fill the port to digital mailboxes."""
    global _mailboxes
    _mailboxes = gateway


def manners_from(source: Callable[[], Manners]) -> None:
    """Fill the port that knows the municipality's quiet hours and the like."""
    global _manners
    _manners = source


def contact_of(person: UUID) -> Contact | None:
    """How this person is reached, or None for someone unknown."""
    return _book(person)


def hand_over(mail: EmailMessage) -> None:
    """Give a mail to the transport. Raises TemporaryFailure or PermanentFailure."""
    _transport(mail)


def address_of(link: str) -> str:
    """The address of a link."""
    return _links(link)


def sms_gateway() -> SmsGateway | None:
    """The gateway, if one is wired."""
    return _gateway


def mailbox_gateway() -> MailboxGateway | None:
    """The way to digital mailboxes, if one is wired."""
    return _mailboxes


def manners() -> Manners:
    """How the municipality behaves, by the package in force."""
    return _manners()
