"""The door of the ground floor."""

from allting.kernel.audit import record
from allting.kernel.clock import SWEDEN, clock_at, now, today
from allting.kernel.database import at_the_end, write
from allting.kernel.events import Event, announce, subscribe
from allting.kernel.ids import new_id
from allting.kernel.jobs.courtesy import served
from allting.kernel.jobs.letters import DeadLetter, counts, dead_letters, put_aside, requeue
from allting.kernel.jobs.perform import Again, GiveUp
from allting.kernel.jobs.schedules import schedule
from allting.kernel.jobs.worker import Worker, start_embedded_worker, work_off
from allting.kernel.kept import kept
from allting.kernel.money import Money
from allting.kernel.rows import (
    add,
    all_stored,
    among,
    as_date,
    as_json,
    as_moment,
    as_uuid,
    bundle,
    in_slices,
    insert,
    marks,
    one,
    rows,
    run,
    stored,
)
from allting.kernel.series import next_number

__all__ = [
    "SWEDEN",
    "Again",
    "DeadLetter",
    "Event",
    "GiveUp",
    "Money",
    "Worker",
    "add",
    "all_stored",
    "among",
    "announce",
    "as_date",
    "as_json",
    "as_moment",
    "as_uuid",
    "at_the_end",
    "bundle",
    "clock_at",
    "counts",
    "dead_letters",
    "in_slices",
    "insert",
    "kept",
    "marks",
    "new_id",
    "next_number",
    "now",
    "one",
    "put_aside",
    "record",
    "requeue",
    "rows",
    "run",
    "schedule",
    "served",
    "start_embedded_worker",
    "stored",
    "subscribe",
    "today",
    "work_off",
    "write",
]
