"""Telling someone something, and all that happens to it after."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from allting.identity.api import Actor, person_of
from allting.kernel.api import new_id, now, record, write
from allting.notifications.models import Attachment as AttachmentRow
from allting.notifications.models import Delivery, Message
from allting.notifications.ports import contact_of
from allting.notifications.rules import Channel, State, after, why_withheld


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
) -> UUID:
    """Put a message in the person's inbox and queue the e-mail that says so; returns its id.

    Joins the caller's transaction. `occasion` names the news ("decision:BUN-2026-000123:<person>"):
    the second call with the same one changes nothing and returns the first message's id.
    """
    about = about or About()
    message = Message(
        to_person=to_person,
        kind=kind,
        subject=" ".join(subject.split())[:300],
        body=body_markdown,
        language=language,
        number=about.number,
        url=about.url,
        service=about.service,
        occasion=occasion,
        sent_at=now(),
    )
    with write():
        Message.objects.bulk_create([message], ignore_conflicts=True)
        kept = Message.objects.values_list("id", flat=True).get(occasion=occasion)
        if kept == message.id:
            _attach(message, attachment)
            _queue_email(message)
    return kept


def _attach(message: Message, attachment: Attachment | None) -> None:
    if attachment is not None:
        AttachmentRow.objects.create(
            message=message,
            name=attachment.name,
            media_type=attachment.media_type,
            content=attachment.content,
            in_email=attachment.in_email,
        )


def _queue_email(message: Message) -> None:
    from allting.notifications.jobs import deliver

    contact = contact_of(message.to_person)
    why = why_withheld(contact)
    key = new_id()
    delivery = Delivery.objects.create(
        id=key,
        message=message,
        channel=Channel.EMAIL,
        state=State.WITHHELD if why else State.QUEUED,
        why=why or "",
        mail_id=f"<{key.hex}@{urlsplit(settings.BASE_URL).hostname}>",
        changed_at=message.sent_at,
    )
    if not why:
        deliver.enqueue(str(delivery.id))


def mark_read(actor: Actor, message_id: UUID) -> None:
    """Note that the person has opened their own message; the first time counts."""
    unread = Message.objects.filter(id=message_id, to_person=person_of(actor), read_at__isnull=True)
    if unread.exists():
        with write():
            unread.update(read_at=now())


def move(delivery_id: UUID, happened: str, why: str = "") -> bool:
    """Change a delivery's state as the table says; False, and no change, where it says nothing."""
    with write():
        delivery = Delivery.objects.select_for_update().filter(id=delivery_id).first()
        if delivery is None:
            return False
        state = after(delivery.state, happened)
        if state is None:
            return False
        delivery.state = state
        delivery.why = why[:500]
        delivery.attempts += happened == "begin"
        delivery.changed_at = now()
        delivery.save(update_fields=["state", "why", "attempts", "changed_at"])
    return True


def retry_delivery(actor: Actor, delivery_id: UUID) -> bool:
    """Let a delivery that was given up be tried again; False when it is not dead (any more).

    The caller has checked that the actor may see the case that the message is about.
    """
    from allting.notifications.jobs import deliver

    with write():
        moved = move(delivery_id, "retry")
        if moved:
            record(str(actor.account), "retry", f"delivery {delivery_id}")
            deliver.enqueue(str(delivery_id))
    return moved
