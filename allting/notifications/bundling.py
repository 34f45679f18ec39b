"""Several pieces of news in one e-mail.

The first goes at once. What comes within the municipality's time after it waits until that time has
passed, and then goes together: nobody waits for what is alone, and nobody gets ten mails in a row.
"""

from datetime import datetime, timedelta

from allting.kernel.api import as_moment, now, rows, run
from allting.notifications.models import Delivery
from allting.notifications.ports import manners
from allting.notifications.rules import Channel, State

_LATEST = """
    SELECT max(d.changed_at) FROM notifications_delivery d
    JOIN notifications_message m ON m.id = d.message_id
    WHERE m.to_person = %s AND d.channel = %s AND d.state IN (%s, %s, %s) AND d.id <> %s
      AND m.sent_at > %s
"""
_GATHER = """
    UPDATE notifications_delivery SET carrier_id = %s, state = %s, changed_at = %s
    WHERE channel = %s AND state = %s AND carrier_id IS NULL AND id <> %s
      AND (not_before IS NULL OR not_before <= %s)
      AND message_id IN (SELECT id FROM notifications_message
                         WHERE to_person = %s AND NOT urgent AND language = %s)
"""
LONGEST = timedelta(days=2)


def when_gathered(row: Delivery, moment: datetime) -> datetime:
    """When this e-mail may go: not within the time after the latest one to the same person."""
    pause = manners().bundle
    if pause is None:
        return moment
    sent = (State.SENDING.value, State.SENT.value, State.DELIVERED.value)
    found = rows(
        _LATEST,
        [row.message.to_person, Channel.EMAIL.value, *sent, row.id, moment - pause - LONGEST],
    )[0][0]
    return moment if found is None else as_moment(found) + pause


def gather(row: Delivery) -> bool:
    """Let this e-mail, just begun, tell of all that waits for the same person.

    True when it tells of more than its own. Call inside `write()`.
    """
    if row.channel != Channel.EMAIL or row.message.urgent or manners().bundle is None:
        return False
    moment = now()
    run(
        _GATHER,
        [
            row.id, State.SENDING.value, moment, Channel.EMAIL.value, State.QUEUED.value, row.id,
            moment, row.message.to_person, row.message.language,
        ],
    )  # fmt: skip
    return True


def carried_by(row: Delivery) -> tuple[Delivery, ...]:
    """The deliveries whose news this e-mail tells, beside its own, oldest first."""
    found = Delivery.objects.filter(carrier=row.id).exclude(state=State.WITHHELD)
    return tuple(found.select_related("message").order_by("id"))
