"""The door of notifications."""

from allting.notifications.actions import About, Attachment, mark_read, retry_delivery, send
from allting.notifications.compose import inbox_url
from allting.notifications.queries import (
    DeliveryRow,
    InboxMessage,
    InboxPage,
    InboxRow,
    attachment,
    dead_deliveries,
    deliveries_about,
    inbox,
    message,
    unread_count,
)

__all__ = [
    "About",
    "Attachment",
    "DeliveryRow",
    "InboxMessage",
    "InboxPage",
    "InboxRow",
    "attachment",
    "dead_deliveries",
    "deliveries_about",
    "inbox",
    "inbox_url",
    "mark_read",
    "message",
    "retry_delivery",
    "send",
    "unread_count",
]
