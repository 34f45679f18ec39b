"""For whoever fills the port to digital mailboxes: what must hold of it."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

import pytest

from allting.notifications.ports import (
    MailboxGateway,
    MailboxLetter,
    PermanentFailure,
    TemporaryFailure,
)


class Mailboxes(Protocol):
    """The other end of a mailbox gateway, as its tests can see and trouble it."""

    with_mailbox: UUID
    without: UUID

    def gateway(self) -> MailboxGateway:
        """The gateway under test, which leads here."""
        ...

    def letters(self) -> list[tuple[UUID, MailboxLetter]]:
        """What lies in the mailboxes, in order."""
        ...

    def away(self) -> None:
        """From now on nobody answers."""
        ...

    def lose_the_next_answer(self) -> None:
        """The next letter is taken, and the answer that says so is lost on the way."""
        ...


LETTER = MailboxLetter(
    "Beslut", "# Beslut\n\nJa, å ä ö ☃.", "sv", ("B.pdf", "application/pdf", b"%P\0")
)


def _arrives_whole(peer: Mailboxes) -> None:
    gateway = peer.gateway()
    assert gateway.reaches(peer.with_mailbox)
    gateway.send(id="d-1", person=peer.with_mailbox, letter=LETTER)
    assert peer.letters() == [(peer.with_mailbox, LETTER)]


def _once_for_each_id(peer: Mailboxes) -> None:
    gateway = peer.gateway()
    for id in ("d-1", "d-1", "d-2"):
        gateway.send(id=id, person=peer.with_mailbox, letter=LETTER)
    assert len(peer.letters()) == 2


def _a_lost_answer_is_no_second_letter(peer: Mailboxes) -> None:
    gateway = peer.gateway()
    peer.lose_the_next_answer()
    with pytest.raises(TemporaryFailure):
        gateway.send(id="d-1", person=peer.with_mailbox, letter=LETTER)
    gateway.send(id="d-1", person=peer.with_mailbox, letter=LETTER)
    assert len(peer.letters()) == 1


def _nobody_without_a_mailbox(peer: Mailboxes) -> None:
    gateway = peer.gateway()
    assert not gateway.reaches(peer.without)
    with pytest.raises(PermanentFailure):
        gateway.send(id="d-1", person=peer.without, letter=LETTER)
    assert peer.letters() == []


def _who_is_away_may_come_back(peer: Mailboxes) -> None:
    gateway = peer.gateway()
    peer.away()
    with pytest.raises(TemporaryFailure):
        gateway.reaches(peer.with_mailbox)
    with pytest.raises(TemporaryFailure):
        gateway.send(id="d-1", person=peer.with_mailbox, letter=LETTER)


mailbox_contract: tuple[Callable[[Mailboxes], None], ...] = (
    _arrives_whole,
    _once_for_each_id,
    _a_lost_answer_is_no_second_letter,
    _nobody_without_a_mailbox,
    _who_is_away_may_come_back,
)
"""What must hold of every MailboxGateway; each is called with a fresh other end."""
