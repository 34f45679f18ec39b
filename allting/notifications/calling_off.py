"""News that may no longer be told: what has not gone out of the house does not go."""

from collections.abc import Collection
from uuid import UUID

from allting.kernel.api import as_uuid, marks, now, rows, run, write
from allting.notifications.actions import enqueue
from allting.notifications.rules import CALLED_OFF, WAITING, State

_WAITING = """
    SELECT d.id FROM notifications_delivery d JOIN notifications_message m ON m.id = d.message_id
    WHERE m.to_person IN ({people}) AND substr(m.occasion, 1, {length}) = %s
      AND d.state IN ({waiting})
"""
_STOP = """
    UPDATE notifications_delivery SET state = %s, why = %s, changed_at = %s
    WHERE id = %s AND state IN ({waiting})
"""
# the rest of what one e-mail was to tell goes by itself
_FREE = """
    UPDATE notifications_delivery SET carrier_id = NULL, state = %s, changed_at = %s
    WHERE id = %s
"""
_CARRIED = "SELECT id FROM notifications_delivery WHERE carrier_id = %s AND state IN ({waiting})"
_STATES = [state.value for state in WAITING]


def call_off(to: Collection[UUID], occasion: str) -> int:
    """Let no e-mail, text message or letter go out to these people of which the occasion begins
    so; how many were stopped. What is in an inbox stays there.

    What a worker is sending at this moment may still go, and is not tried again.
    """
    if not to:
        return 0
    sql = _WAITING.format(people=marks([*to]), length=len(occasion), waiting=marks(_STATES))
    with write():
        found = [as_uuid(id) for (id,) in rows(sql, [*to, occasion, *_STATES])]
        return sum(_stop(id) for id in found)


def _stop(id: UUID) -> bool:
    stop = _STOP.format(waiting=marks(_STATES))
    if not run(stop, [State.WITHHELD.value, CALLED_OFF, now(), id, *_STATES]):
        return False
    for (carried,) in rows(_CARRIED.format(waiting=marks(_STATES)), [id, *_STATES]):
        run(_FREE, [State.QUEUED.value, now(), as_uuid(carried)])
        enqueue(as_uuid(carried))
    return True
