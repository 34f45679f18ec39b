"""The door of notifications."""

from allting.notifications.actions import About, Attachment, mark_read, retry_delivery, send
from allting.notifications.addresses import delivery_at
from allting.notifications.arriving import bounced, mail_delivered, receipt, text_received
from allting.notifications.calling_off import call_off
from allting.notifications.compose import OPEN, inbox_url
from allting.notifications.followed import LastDay, follow
from allting.notifications.queries import (
    DeliveryRow,
    InboxMessage,
    InboxPage,
    InboxRow,
    attachment,
    dead_deliveries,
    deliveries_about,
    deliveries_of,
    inbox,
    message,
    texts_sent_to,
    unread_count,
)
from allting.notifications.received import text_understood, waiting_texts
from allting.notifications.reminders import (
    Deadline,
    Reminder,
    deadlines_by,
    remind,
    remind_at,
    reminders_of,
)
from allting.notifications.rules import KEEPER
from allting.notifications.staff import TaskList, task_list, tell_soon
from allting.notifications.texting import TextLength, e164, text_length
from allting.notifications.words import delivery_in_words, delivery_to_you

__all__ = [
    "KEEPER",
    "OPEN",
    "About",
    "Attachment",
    "Deadline",
    "DeliveryRow",
    "InboxMessage",
    "InboxPage",
    "InboxRow",
    "LastDay",
    "Reminder",
    "TaskList",
    "TextLength",
    "attachment",
    "bounced",
    "call_off",
    "dead_deliveries",
    "deadlines_by",
    "deliveries_about",
    "deliveries_of",
    "delivery_at",
    "delivery_in_words",
    "delivery_to_you",
    "e164",
    "follow",
    "inbox",
    "inbox_url",
    "mail_delivered",
    "mark_read",
    "message",
    "receipt",
    "remind",
    "remind_at",
    "reminders_of",
    "retry_delivery",
    "send",
    "task_list",
    "tell_soon",
    "text_length",
    "text_received",
    "text_understood",
    "texts_sent_to",
    "unread_count",
    "waiting_texts",
]
