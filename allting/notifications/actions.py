"""Telling someone something, and all that happens to it after."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from allting.identity.api import Actor, person_of
from allting.kernel.api import insert, marks, new_id, now, record, run, write
from allting.notifications.models import Attachment as AttachmentRow
from allting.notifications.models import Message
from allting.notifications.ports import contact_of
from allting.notifications.rules import MOVES, Channel, State, why_withheld


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
    sms: str = "",
    link: str = "",
) -> UUID:
    """Put a message in the person's inbox and queue the e-mail that says so; returns its id.

    Joins the caller's transaction. `occasion` names the news ("decision:BUN-2026-000123:<person>"):
    the second call with the same one changes nothing and returns the first message's id.
    `sms` is what may be said where others can read; its `{link}` becomes the address of `link` only
    as it is sent. It stands in the e-mail too.
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
        "sent_at": moment,
        **({"sms": sms, "link": link or None} if sms else {}),
    }
    with write():
        if insert("notifications_message", message, unique="occasion") is None:
            return Message.objects.values_list("id", flat=True).get(occasion=occasion)
        _attach(id_, attachment)
        _queue_email(id_, to_person, moment)
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


def _queue_email(message: UUID, to_person: UUID, moment: datetime) -> None:
    from allting.notifications.jobs import deliver

    why = why_withheld(contact_of(to_person))
    key = new_id()
    delivery = {
        "id": key,
        "message_id": message,
        "channel": Channel.EMAIL.value,
        "state": State.WITHHELD.value if why else State.QUEUED.value,
        "why": why or "",
        "attempts": 0,
        "mail_id": f"<{key.hex}@{urlsplit(settings.BASE_URL).hostname}>",
        "changed_at": moment,
    }
    insert("notifications_delivery", delivery)
    if not why:
        deliver.enqueue(str(key))


def mark_read(actor: Actor, message_id: UUID) -> None:
    """Note that the person has opened their own message; the first time counts."""
    unread = Message.objects.filter(id=message_id, to_person=person_of(actor), read_at__isnull=True)
    if unread.exists():
        with write():
            unread.update(read_at=now())


_MOVE = """
    UPDATE notifications_delivery
    SET state = %s, why = %s, attempts = attempts + %s, changed_at = %s
    WHERE id = %s AND state IN ({before})
"""


def move(delivery_id: UUID, happened: str, why: str = "") -> bool:
    """Change a delivery's state as the table says; False, and no change, where it says nothing."""
    before, state = MOVES[happened]
    told = [state.value, why[:500], int(happened == "begin"), now(), delivery_id]
    with write():
        sql = _MOVE.format(before=marks(before))
        return bool(run(sql, [*told, *(one.value for one in before)]))


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
