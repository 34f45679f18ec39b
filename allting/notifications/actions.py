"""Telling someone something, and all that happens to it after."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from allting.identity.api import Actor, person_of
from allting.kernel.api import add, marks, new_id, now, record, run, write
from allting.notifications.models import Attachment as AttachmentRow
from allting.notifications.models import Delivery, Message
from allting.notifications.ports import (
    Contact,
    contact_of,
    mailbox_gateway,
    manners,
    sms_gateway,
)
from allting.notifications.rules import (
    MOVES,
    NO_GATEWAY,
    Channel,
    State,
    after_quiet,
    why_withheld,
)


@dataclass(frozen=True, slots=True)
class About:
    """The case that a message is about. `service` may stand in an e-mail: leave it out to hide."""

    number: str = ""
    url: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document with a message. Only with `in_email` does it leave the inbox."""

    name: str
    media_type: str
    content: bytes
    in_email: bool = False


def send(
    *,
    to_person: UUID,
    kind: str,
    subject: str,
    body_markdown: str,
    language: str,
    occasion: str,
    about: About | None = None,
    attachment: Attachment | None = None,
    sms: str | None = None,
    link: str = "",
    topic: str = "",
    urgent: bool = False,
    not_before: datetime | None = None,
) -> UUID:
    """Put a message in the person's inbox and queue news of it; returns its id.

    Joins the caller's transaction. `occasion` names the news ("decision:BUN-2026-000123:<person>"):
    the second call with the same one changes nothing and returns the first message's id.

    `sms` is what may be said where others can read: it goes out as a text message too, and stands
    in the e-mail; its `{link}` becomes the address of `link` only as it is sent. `topic` is what
    the person can turn off ("offers"). Nothing leaves before `not_before`, nor a text message in
    the municipality's quiet hours unless it is `urgent`; what is urgent is not gathered with other
    news in one e-mail either. What a person has turned off is looked up when it is to be sent.
    """
    about = about or About()
    id_, moment = new_id(), now()
    message = {
        "id": id_,
        "to_person": to_person,
        "kind": kind,
        "subject": " ".join(subject.split())[:300],
        "body": body_markdown,
        "language": language,
        "number": about.number,
        "url": about.url,
        "service": about.service,
        "occasion": occasion,
        "topic": topic,
        "urgent": urgent,
        "sms": sms or None,
        "link": link or None,
        "sent_at": moment,
    }
    with write():
        if not add("notifications_message", message, unique="occasion"):
            return Message.objects.values_list("id", flat=True).get(occasion=occasion)
        _attach(id_, attachment)
        contact = contact_of(to_person)
        _queue(id_, Channel.EMAIL, contact, moment, not_before)
        if sms:
            due = max(moment, not_before or moment)
            due = due if urgent else after_quiet(due, manners())
            _queue(id_, Channel.SMS, contact, moment, due if due > moment else None)
        if mailbox_gateway() is not None:
            _queue(id_, Channel.MAILBOX, contact, moment, not_before)
    return id_


def _attach(message: UUID, attachment: Attachment | None) -> None:
    if attachment is not None:
        AttachmentRow.objects.create(
            message_id=message,
            name=attachment.name,
            media_type=attachment.media_type,
            content=attachment.content,
            in_email=attachment.in_email,
        )


def _queue(
    message: UUID,
    channel: Channel,
    contact: Contact | None,
    moment: datetime,
    not_before: datetime | None,
) -> None:
    why = why_withheld(contact, channel)
    if not why and channel is Channel.SMS and sms_gateway() is None:
        why = NO_GATEWAY
    key = new_id()
    delivery = {
        "id": key,
        "message_id": message,
        "channel": channel.value,
        "state": State.WITHHELD.value if why else State.QUEUED.value,
        "why": why or "",
        "attempts": 0,
        "mail_id": _name(key, channel),
        "not_before": not_before,
        "sent_to": "",
        "changed_at": moment,
    }
    add("notifications_delivery", delivery)
    if not why:
        enqueue(key, not_before)


def _name(key: UUID, channel: Channel) -> str:
    """What the receiver knows a delivery by."""
    if channel is Channel.EMAIL:
        return f"<{key.hex}@{urlsplit(settings.BASE_URL).hostname}>"
    return str(key)


def enqueue(delivery_id: UUID, not_before: datetime | None = None) -> None:
    """Let the delivery be made, now or at its time. Call inside `write()`."""
    from allting.notifications.jobs import deliver

    work = deliver.using(run_after=not_before) if not_before else deliver
    work.enqueue(str(delivery_id))


def mark_read(actor: Actor, message_id: UUID) -> None:
    """Note that the person has opened their own message; the first time counts."""
    unread = Message.objects.filter(id=message_id, to_person=person_of(actor), read_at__isnull=True)
    if unread.exists():
        with write():
            unread.update(read_at=now())


# what another's e-mail carries stands or falls with it
_MOVE = """
    UPDATE notifications_delivery
    SET state = %s, why = %s, changed_at = %s
    WHERE (id = %s OR carrier_id = %s) AND state IN ({before})
"""


def move(delivery_id: UUID, happened: str, why: str = "", *, forced: bool = True) -> bool:
    """Change a delivery's state as the table says; False, and no change, where it says nothing."""
    before, state = MOVES[happened]
    told = [state.value, why[:500], now(), delivery_id, delivery_id]
    with write(forced=forced):
        sql = _MOVE.format(before=marks(before))
        return bool(run(sql, [*told, *(one.value for one in before)]))


_BEGIN = """
    UPDATE notifications_delivery
    SET state = %s, why = '', changed_at = %s, attempts = attempts + 1, sent_to = %s
    WHERE (id = %s OR carrier_id = %s) AND state IN ({before})
"""


def begin(delivery_id: UUID, sent_to: str) -> bool:
    """Mark the delivery as being sent to the address of this digest; False if it is not to be."""
    before, state = MOVES["begin"]
    told = [state.value, now(), sent_to, delivery_id, delivery_id]
    with write():
        sql = _BEGIN.format(before=marks(before))
        return bool(run(sql, [*told, *(one.value for one in before)]))


def retry_delivery(actor: Actor, delivery_id: UUID) -> bool:
    """Let a delivery that was given up be tried again; False when it is not (any more).

    The caller has checked that the actor may: for the message's case, or as keeper of the post.
    """
    with write():
        moved = move(delivery_id, "retry")
        if moved:
            _rename(Delivery.objects.get(id=delivery_id))
            record(str(actor.account), "retry", f"delivery {delivery_id}")
            enqueue(delivery_id)
    return moved


def _rename(found: Delivery) -> None:
    """A gateway does nothing for a key that it has dealt with; a person has asked for it anew."""
    if found.channel != Channel.EMAIL:
        found.mail_id = f"{found.id}.{found.attempts}"
    found.not_before = None
    found.save(update_fields=["mail_id", "not_before"])
