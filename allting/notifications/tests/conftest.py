"""A contact book of a few people, and a letter box instead of a mail server."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from uuid import UUID

import pytest

from allting.identity.api import Actor
from allting.notifications import ports

ANNA, BO, CARIN, DAN = (UUID(int=n) for n in range(1, 5))


@dataclass
class Known:
    email: str | None
    language: str = "sv"
    protected: bool = False
    phone: str | None = None


def acting(person: UUID | None) -> Actor:
    return Actor(UUID(int=99), person, "Someone", None, "loa3")


@pytest.fixture
def people() -> dict[UUID, Known]:
    """Anna has e-mail, Bo has none, Carin is protected; Dan is unknown."""
    return {
        ANNA: Known("anna@post.example"),
        BO: Known(None, "en"),
        CARIN: Known("carin@post.example", protected=True),
    }


@pytest.fixture(autouse=True)
def book(people: dict[UUID, Known]) -> Iterator[None]:
    before = ports._book
    ports.contacts_from(people.get)
    yield
    ports.contacts_from(before)


class LetterBox:
    """A transport that keeps what it is given, or fails as it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.trouble: list[Exception] = []

    def __call__(self, mail: EmailMessage) -> None:
        if self.trouble:
            raise self.trouble.pop(0)
        self.mails.append(mail)


@pytest.fixture
def box() -> Iterator[LetterBox]:
    before = ports._transport
    box = LetterBox()
    ports.mail_through(box)
    yield box
    ports.mail_through(before)


Behave = Callable[[ports.Manners], None]


class Phones:
    """A gateway that keeps what it is given, once for each id, or fails as it is told to."""

    def __init__(self) -> None:
        self.texts: dict[str, tuple[str, str]] = {}
        self.asked = 0
        self.trouble: list[Exception] = []

    def send(self, *, id: str, to: str, text: str) -> None:
        self.asked += 1
        if self.trouble:
            raise self.trouble.pop(0)
        self.texts.setdefault(id, (to, text))


@pytest.fixture
def phones() -> Iterator[Phones]:
    before = ports.sms_gateway()
    phones = Phones()
    ports.texts_through(phones)
    yield phones
    ports.texts_through(before)


@pytest.fixture
def behaving() -> Iterator[Behave]:
    """Sets the municipality's manners for this test."""
    before = ports._manners
    yield lambda manners: ports.manners_from(lambda: manners)
    ports.manners_from(before)
