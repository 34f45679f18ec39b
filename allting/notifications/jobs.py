"""Sending: one piece of background work for each delivery, with waits from ½ minute to 4 hours."""

from email.message import EmailMessage
from uuid import UUID

from django_tasks import TaskContext, task

from allting.kernel.api import one
from allting.notifications.actions import move
from allting.notifications.compose import compose
from allting.notifications.models import Delivery, Message
from allting.notifications.ports import (
    PermanentFailure,
    TemporaryFailure,
    contact_of,
    hand_over,
)
from allting.notifications.rules import why_withheld

ATTEMPTS = 20  # close to two days


class NotYet(Exception):
    """The delivery's own row says why; nothing about people goes into the job's traceback."""


@task(takes_context=True, max_attempts=ATTEMPTS, first_wait=30, longest_wait=4 * 3600)
def deliver(context: TaskContext, delivery: str) -> str:
    """Send one e-mail. After a crash in the midst of it the same Message-ID is sent again."""
    id_ = UUID(delivery)
    mail = _begin(id_)
    if mail is None:
        return "nothing to send"
    try:
        hand_over(mail)
    except PermanentFailure as failure:
        move(id_, "refused", str(failure))
        return "refused"
    except Exception as failure:
        told = str(failure) if isinstance(failure, TemporaryFailure) else type(failure).__name__
        if context.attempt >= ATTEMPTS:
            move(id_, "refused", told)
            return "given up"
        move(id_, "failed", told)
        raise NotYet(delivery) from None
    move(id_, "accepted")
    return "sent"


def _begin(id_: UUID) -> EmailMessage | None:
    """Mark the delivery as being sent, and write its mail; None when there is nothing to send."""
    row = one(Delivery, id_)
    message = one(Message, row.message_id) if row else None
    if row is None or message is None:
        return None
    row.message = message
    contact = contact_of(message.to_person)  # as it is now: protection may be new
    why = why_withheld(contact)
    if contact is None or contact.email is None or why:
        move(id_, "withhold", why or "")
        return None
    return compose(row, contact.email) if move(id_, "begin") else None
