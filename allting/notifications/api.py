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
from allting.notifications.words import delivery_in_words

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
    "delivery_in_words",
    "inbox",
    "inbox_url",
    "mark_read",
    "message",
    "retry_delivery",
    "send",
    "unread_count",
]
