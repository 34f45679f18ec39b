"""Dead letters: work that was given up, for a person to see, requeue or put aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from allting.kernel.audit import record
from allting.kernel.clock import now
from allting.kernel.database import write
from allting.kernel.jobs.bell import work_is_ready
from allting.kernel.models import DEAD, Job

State = Job.State


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Work that was given up, and why."""

    id: int
    task: str
    attempts: int
    enqueued_at: datetime
    given_up_at: datetime
    why: str


def dead_letters(*, after: int = 0, limit: int = 50) -> tuple[DeadLetter, ...]:
    """Work that was given up, oldest first; pass the last id seen for the next page."""
    rows = Job.objects.filter(DEAD, pk__gt=after).order_by("pk")
    fields = ("pk", "task", "attempts", "enqueued_at", "finished_at", "errors")
    return tuple(
        DeadLetter(id, task, attempts, enqueued, given_up, _last_line(errors))
        for id, task, attempts, enqueued, given_up, errors in rows.values_list(*fields)[:limit]
    )


def requeue(job_id: int, *, by: str) -> bool:
    """Let dead work be tried again from the start; False when it is not dead (any more)."""
    with write():
        moved = Job.objects.filter(pk=job_id, state=State.DEAD).update(
            state=State.READY, attempts=0, due_at=now(), finished_at=None
        )
        if moved:
            record(by, "requeue", f"job {job_id}")
            transaction.on_commit(work_is_ready.ring)
    return bool(moved)


def put_aside(job_id: int, *, by: str, why: str) -> bool:
    """Remove dead work for good; the audit trail keeps that it was so. False when not dead."""
    with write():
        job = Job.objects.filter(pk=job_id, state=State.DEAD).first()
        if job is None:
            return False
        record(by, "put aside", f"job {job_id}", task=job.task, why=why)
        job.delete()
    return True


def counts() -> Mapping[str, int]:
    """How many jobs are in each state."""
    counted = Job.objects.values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(counted)


def _last_line(errors: list[dict[str, str]]) -> str:
    return errors[-1]["traceback"].strip().splitlines()[-1] if errors else "unknown"
