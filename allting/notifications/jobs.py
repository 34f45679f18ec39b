"""Sending: one piece of background work for each delivery, with waits from ½ minute to 4 hours."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django_tasks import TaskContext, task

from allting.kernel.api import now, one, run, schedule, today, write
from allting.notifications.actions import begin, enqueue, move
from allting.notifications.addresses import digest_of
from allting.notifications.bundling import carried_by, gather, when_gathered
from allting.notifications.compose import compose, compose_bundle, text_of
from allting.notifications.models import Attachment, Delivery, Message
from allting.notifications.ports import (
    MailboxLetter,
    PermanentFailure,
    TemporaryFailure,
    contact_of,
    hand_over,
    mailbox_gateway,
    manners,
    sms_gateway,
)
from allting.notifications.preferences import hindrance
from allting.notifications.rules import (
    NO_ADDRESS,
    NO_GATEWAY,
    NO_MAILBOX,
    WAITING,
    Channel,
    address_for,
    after_quiet,
    why_withheld,
)
from allting.notifications.weeding import weed_texts

ATTEMPTS = 20  # close to two days
Hand = Callable[[], None]


class NotYet(Exception):
    """The delivery's own row says why; nothing about people goes into the job's traceback."""


@task(takes_context=True, max_attempts=ATTEMPTS, first_wait=30, longest_wait=4 * 3600)
def deliver(context: TaskContext, delivery: str) -> str:
    """Send news once by one channel. After a crash in its midst it is sent under the same name."""
    id_ = UUID(delivery)
    hand = _begin(id_)
    if hand is None:
        return "nothing to send"
    try:
        hand()
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
    move(id_, "accepted", forced=False)  # the job itself is settled next, and forces both
    return "sent"


def _begin(id_: UUID) -> Hand | None:
    """Mark the delivery as being sent, and make it ready; None when there is nothing to send."""
    row = one(Delivery, id_)
    message = one(Message, row.message_id) if row else None
    if row is None or message is None or row.state not in WAITING or row.carrier_id is not None:
        return None
    row.message = message
    contact = contact_of(message.to_person)  # as it is now: protection may be new
    channel = Channel(row.channel)
    why = why_withheld(contact, channel)
    address = address_for(contact, channel) if contact and not why else None
    digest = digest_of(address) if address else ""
    why = why or hindrance(message.to_person, message.topic, channel, digest)
    if why or contact is None or address is None:
        move(id_, "withhold", why or NO_ADDRESS)
        return None
    if _waits(row):
        return None
    return _ready(row, address, digest)


def _waits(row: Delivery) -> bool:
    """Whether its time has not come; then there is, or comes, other work for its time."""
    moment = now()
    if row.not_before is not None and row.not_before > moment:
        return True
    due = _due(row, moment)
    if due <= moment:
        return False
    with write():
        if run(
            "UPDATE notifications_delivery SET not_before = %s WHERE id = %s"
            " AND (not_before IS NULL OR not_before < %s)",
            [due, row.id, due],
        ):
            enqueue(row.id, due)
    return True


def _due(row: Delivery, moment: datetime) -> datetime:
    if row.message.urgent:
        return moment
    if row.channel == Channel.SMS:
        return after_quiet(moment, manners())
    first_time = row.channel == Channel.EMAIL and not row.attempts
    return when_gathered(row, moment) if first_time else moment


def _ready(row: Delivery, address: str, digest: str) -> Hand | None:
    with write(forced=False):  # undone by a power cut it is begun again, under the same name
        if not begin(row.id, digest):
            return None
        # what one mail says stays the same when it is sent again under its Message-ID
        more = bool(row.attempts) or gather(row)
    hand = HANDS[Channel(row.channel)]
    return lambda: hand(row, address, more)


def _email(row: Delivery, address: str, more: bool) -> None:
    carried = carried_by(row) if more else ()
    hand_over(compose_bundle(row, carried, address) if carried else compose(row, address))


def _sms(row: Delivery, address: str, more: bool) -> None:
    gateway = sms_gateway()
    if gateway is None:
        raise TemporaryFailure(NO_GATEWAY)
    gateway.send(id=row.mail_id, to=address, text=text_of(row.message))


def _mailbox(row: Delivery, address: str, more: bool) -> None:
    gateway, message = mailbox_gateway(), row.message
    if gateway is None:
        raise TemporaryFailure(NO_GATEWAY)
    if not gateway.reaches(message.to_person):
        raise PermanentFailure(NO_MAILBOX)
    found = one(Attachment, message.id)
    attached = (found.name, found.media_type, bytes(found.content)) if found else None
    letter = MailboxLetter(message.subject, message.body, message.language, attached)
    gateway.send(id=row.mail_id, person=message.to_person, letter=letter)


HANDS: dict[Channel, Callable[[Delivery, str, bool], None]] = {
    Channel.EMAIL: _email,
    Channel.SMS: _sms,
    Channel.MAILBOX: _mailbox,
}


@task(max_attempts=5)  # type: ignore[call-overload,untyped-decorator,unused-ignore]
def remove_old_texts() -> int:
    """Remove what people have texted when it need not be kept any more."""
    return weed_texts(today())


schedule("texts that are no longer kept", remove_old_texts, every="day at 03:30")
