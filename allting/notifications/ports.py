"""What notifications need from elsewhere; `config/wiring.py` fills it."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Protocol
from uuid import UUID


class Contact(Protocol):
    """How a person is reached."""

    @property
    def email(self) -> str | None: ...
    @property
    def language(self) -> str: ...
    @property
    def protected(self) -> bool: ...


class TemporaryFailure(Exception):
    """The mail could not be handed over now; it may be later."""


class PermanentFailure(Exception):
    """The mail will never be accepted as it is."""


LinkMaker = Callable[[str], str]
"""The address that a link leads to. It may open something by itself, so it is made when it is sent
and never kept."""
ContactBook = Callable[[UUID], Contact | None]
MailTransport = Callable[[EmailMessage], None]
"""Hands a mail over, or raises TemporaryFailure or PermanentFailure."""


def _no_book(person: UUID) -> Contact | None:
    raise RuntimeError("no contact book is wired; see config/wiring.py")


def _no_transport(mail: EmailMessage) -> None:
    raise TemporaryFailure("no mail server is wired; set ALLTING_SMTP")


def _no_links(link: str) -> str:
    raise RuntimeError("nobody makes links; see config/wiring.py")


_book: ContactBook = _no_book
_links: LinkMaker = _no_links
_transport: MailTransport = _no_transport


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


def address_of(link: str) -> str:
    """The address of a link."""
    return _links(link)


def contact_of(person: UUID) -> Contact | None:
    """How this person is reached, or None for someone unknown."""
    return _book(person)


def hand_over(mail: EmailMessage) -> None:
    """Give a mail to the transport. Raises TemporaryFailure or PermanentFailure."""
    _transport(mail)
