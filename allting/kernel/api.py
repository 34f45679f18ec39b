"""The door of the ground floor."""

from allting.kernel.audit import record
from allting.kernel.clock import SWEDEN, clock_at, now, today
from allting.kernel.database import write
from allting.kernel.events import Event, announce, subscribe
from allting.kernel.ids import new_id
from allting.kernel.money import Money
from allting.kernel.series import next_number

__all__ = [
    "SWEDEN",
    "Event",
    "Money",
    "announce",
    "clock_at",
    "new_id",
    "next_number",
    "now",
    "record",
    "subscribe",
    "today",
    "write",
]
