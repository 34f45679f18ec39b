"""Reading: a person's own inbox, and what an employee may know of deliveries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allting.identity.api import Actor, person_of
from allting.kernel.api import as_moment, as_uuid, rows
from allting.notifications.actions import Attachment
from allting.notifications.addresses import digest_of
from allting.notifications.models import DEAD, Delivery, Message
from allting.notifications.models import Attachment as AttachmentRow


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A line of the inbox."""

    id: UUID
    kind: str
    subject: str
    language: str
    number: str
    service: str
    sent_at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Some lines, newest first; `older` is what to pass as `before` for the next page."""

    rows: tuple[InboxRow, ...]
    older: UUID | None


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """A message as its person reads it; `body` is Markdown."""

    id: UUID
    kind: str
    subject: str
    body: str
    language: str
    number: str
    url: str
    service: str
    sent_at: datetime
    read: bool
    attachment_name: str | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """How news of a message was delivered; says nothing of whether the person has read it."""

    id: UUID
    number: str
    kind: str
    subject: str
    channel: str
    state: str
    why: str
    attempts: int
    sent_at: datetime
    changed_at: datetime
    not_before: datetime | None = None


_INBOX = """
    SELECT id, kind, subject, language, number, service, sent_at, read_at IS NOT NULL
    FROM notifications_message WHERE to_person = %s {before} ORDER BY id DESC LIMIT %s
"""
_NEWEST, _OLDER = _INBOX.format(before=""), _INBOX.format(before="AND id < %s")


def inbox(actor: Actor, *, before: UUID | None = None, limit: int = 20) -> InboxPage:
    """The actor's own messages, newest first."""
    from_where = [] if before is None else [before]
    found = rows(_OLDER if from_where else _NEWEST, [person_of(actor), *from_where, limit + 1])
    lines = tuple(_line(row) for row in found[:limit])
    return InboxPage(lines, lines[-1].id if len(found) > limit else None)


def _line(row: tuple[Any, ...]) -> InboxRow:
    id_, kind, subject, language, number, service, sent_at, read = row
    return InboxRow(
        as_uuid(id_), kind, subject, language, number, service, as_moment(sent_at), bool(read)
    )


_TEXTED = """
    SELECT m.to_person, m.occasion
    FROM notifications_delivery d JOIN notifications_message m ON m.id = d.message_id
    WHERE d.sent_to = %s AND d.channel = 'sms' AND m.kind = %s
    ORDER BY d.id DESC LIMIT 20
"""


def texts_sent_to(number: str, kind: str) -> list[tuple[UUID, str]]:
    """To whom, and by which occasion, messages of a kind were texted to a telephone, the latest
    first. For whoever takes an answer from it."""
    found = rows(_TEXTED, [digest_of(number), kind])
    return [(as_uuid(person), occasion) for person, occasion in found]


_UNREAD = """
    SELECT count(*) FROM notifications_message WHERE to_person = %s AND read_at IS NULL
"""


def unread_count(actor: Actor) -> int:
    """How many of the actor's messages are unread; nobody known has none."""
    if actor.person is None:
        return 0
    return int(rows(_UNREAD, [actor.person])[0][0])


def message(actor: Actor, message_id: UUID) -> InboxMessage | None:
    """One of the actor's own messages, or None for another's and for one that is not there."""
    row = Message.objects.select_related("attachment").filter(
        id=message_id, to_person=person_of(actor)
    )
    found = row.defer("attachment__content").first()
    if found is None:
        return None
    document = getattr(found, "attachment", None)
    return InboxMessage(
        id=found.id,
        kind=found.kind,
        subject=found.subject,
        body=found.body,
        language=found.language,
        number=found.number,
        url=found.url,
        service=found.service,
        sent_at=found.sent_at,
        read=found.read_at is not None,
        attachment_name=document.name if document else None,
    )


def attachment(actor: Actor, message_id: UUID) -> Attachment | None:
    """The document of one of the actor's own messages, or None."""
    row = AttachmentRow.objects.filter(
        message_id=message_id, message__to_person=person_of(actor)
    ).first()
    if row is None:
        return None
    return Attachment(row.name, row.media_type, bytes(row.content), row.in_email)


_DELIVERY = (
    "id", "message__number", "message__kind", "message__subject", "channel", "state", "why",
    "attempts", "message__sent_at", "changed_at", "not_before",
)  # fmt: skip


def deliveries_about(number: str) -> tuple[DeliveryRow, ...]:
    """Deliveries about the case with this number, oldest first.

    The caller has checked that the reader may see the case.
    """
    rows = Delivery.objects.filter(message__number=number).exclude(message__number="")
    return tuple(
        DeliveryRow(*row) for row in rows.order_by("message_id", "channel").values_list(*_DELIVERY)
    )


def deliveries_of(actor: Actor, message_id: UUID) -> tuple[DeliveryRow, ...]:
    """How news of one of the actor's own messages was delivered."""
    rows = Delivery.objects.filter(message_id=message_id, message__to_person=person_of(actor))
    return tuple(
        DeliveryRow(*row) for row in rows.order_by("message_id", "channel").values_list(*_DELIVERY)
    )


def dead_deliveries(*, after: UUID | None = None, limit: int = 50) -> tuple[DeliveryRow, ...]:
    """Deliveries given up or sent back, oldest first; pass the last id seen for the next page.

    One that another carries stands or falls with that one, and is not told of by itself.
    """
    rows = Delivery.objects.filter(DEAD, carrier__isnull=True)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return tuple(DeliveryRow(*row) for row in rows.order_by("id").values_list(*_DELIVERY)[:limit])
