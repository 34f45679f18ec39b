"""Pure decisions: how a delivery changes state, and what keeps an e-mail from being sent."""

from django.db.models import TextChoices

from allting.notifications.ports import Contact


class Channel(TextChoices):
    """How news of a message reaches a person."""

    EMAIL = "email"


class State(TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"  # the next mail server has taken responsibility for it
    FAILED = "failed"  # will be tried again
    DEAD = "dead"  # given up; a person may let it be tried again
    WITHHELD = "withheld"  # not to be sent: protected, or no address


Q, SENDING, SENT, FAILED = State.QUEUED, State.SENDING, State.SENT, State.FAILED
DEAD, WITHHELD = State.DEAD, State.WITHHELD

# what can happen to a delivery: in which states, and the state that follows
MOVES: dict[str, tuple[tuple[State, ...], State]] = {
    "begin": ((Q, FAILED, SENDING), SENDING),  # SENDING: the worker was killed in the midst of it
    "accepted": ((SENDING,), SENT),
    "failed": ((SENDING,), FAILED),
    "refused": ((SENDING,), DEAD),
    "withhold": ((Q, FAILED, SENDING), WITHHELD),
    "retry": ((DEAD,), Q),
}

PROTECTED = "protected"
NO_ADDRESS = "no address"


def why_withheld(contact: Contact | None) -> str | None:
    """Why no e-mail may be sent, or None. Protection comes first: it outranks any address."""
    if contact is not None and contact.protected:
        return PROTECTED
    return None if contact is not None and contact.email else NO_ADDRESS
