"""The queue as a table: taking work, settling it, and waking what is due.

A worker holds what it took by a lease (`due_at` of a running job). A worker that is killed stops
renewing, the lease runs out, and the job is ready again. Settling names worker and attempt, so one
that lost its lease cannot settle work that another has taken up.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Min

from allting.kernel.clock import now
from allting.kernel.database import write
from allting.kernel.models import READY, WAITING, Job

State = Job.State
KEPT_ERRORS = 5
VANISHED = {"class": "builtins.RuntimeError", "traceback": "The worker vanished, time and again."}


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that this worker holds."""

    id: int
    worker: str
    attempt: int
    max_attempts: int
    task: str
    arguments: dict[str, Any]
    errors: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: done with a result, to be tried again at `again_at`, or given up."""

    state: Job.State
    result: Any = None
    again_at: datetime | None = None
    errors: list[dict[str, str]] | None = None


_TAKE = """
    UPDATE kernel_job
    SET state = 'running', worker = %(worker)s, attempts = attempts + 1, due_at = %(until)s,
        started_at = COALESCE(started_at, %(now)s), attempted_at = %(now)s
    WHERE id = (
        SELECT id FROM kernel_job WHERE state = 'ready' ORDER BY priority DESC, id LIMIT 1 {lock}
    )
    RETURNING id, attempts, max_attempts, task, arguments, errors
"""
_SETTLE = """
    UPDATE kernel_job
    SET state = %(state)s, finished_at = %(finished)s, due_at = COALESCE(%(again)s, due_at),
        result = %(result)s, errors = COALESCE(%(errors)s, errors)
    WHERE id = %(id)s AND state = 'running' AND worker = %(worker)s AND attempts = %(attempt)s
"""
_WAKE = """
    UPDATE kernel_job SET state = 'ready' WHERE id IN (
        SELECT id FROM kernel_job
        WHERE state IN ('later', 'running') AND due_at <= %(now)s {lock}
    )
"""


def _for_this_database(sql: str) -> str:
    # SQLite has one writer, which holds the whole file: nobody else can pick the same row
    return sql.format(lock="FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else "")


def _stamp(moment: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def take(worker: str, lease: timedelta) -> Taken | None:
    """Take the first ready job, or None. Two workers never take the same one."""
    moment = now()
    values = {"worker": worker, "now": _stamp(moment), "until": _stamp(moment + lease)}
    with write(), connection.cursor() as cursor:
        cursor.execute(_for_this_database(_TAKE), values)
        row = cursor.fetchone()
    if row is None:
        return None
    id, attempt, most, task, arguments, errors = row
    return Taken(id, worker, attempt, most, task, json.loads(arguments), json.loads(errors))


def settle(job: Taken, outcome: Outcome) -> bool:
    """Record how it went; False when the lease was lost, and then nothing is recorded."""
    errors = None if outcome.errors is None else json.dumps(outcome.errors[-KEPT_ERRORS:])
    finished = now() if outcome.state in (State.DONE, State.DEAD) else None
    values = {
        "id": job.id,
        "worker": job.worker,
        "attempt": job.attempt,
        "state": outcome.state.value,
        "finished": _stamp(finished),
        "again": _stamp(outcome.again_at),
        "result": None if outcome.result is None else json.dumps(outcome.result),
        "errors": errors,
    }
    with write(), connection.cursor() as cursor:
        cursor.execute(_SETTLE, values)
        return bool(cursor.rowcount == 1)


def renew(jobs: Sequence[Taken], lease: timedelta) -> None:
    """Hold these jobs a while longer."""
    if not jobs:
        return
    with write():
        Job.objects.filter(
            pk__in=[job.id for job in jobs], state=State.RUNNING, worker=jobs[0].worker
        ).update(due_at=now() + lease)


def wake_due() -> int:
    """Make ready what has reached its time or lost its worker; how many became ready."""
    moment = now()
    if not Job.objects.filter(state__in=[State.LATER, State.RUNNING], due_at__lte=moment).exists():
        return 0
    with write():
        _bury_what_kills_workers(moment)
        with connection.cursor() as cursor:
            cursor.execute(_for_this_database(_WAKE), {"now": _stamp(moment)})
            return int(cursor.rowcount)


def next_due() -> datetime | None:
    """When the next waiting job, or the next lease to run out, is due."""
    due: datetime | None = Job.objects.filter(WAITING).aggregate(at=Min("due_at"))["at"]
    return due


def anything_ready() -> bool:
    """Whether a look with the write lock is worth while."""
    return Job.objects.filter(READY).exists()


def _bury_what_kills_workers(moment: datetime) -> None:
    """Work that took its worker down too often is given up, before it takes another."""
    vanished = Job.objects.select_for_update(skip_locked=True).filter(
        WAITING, state=State.RUNNING, due_at__lte=moment, attempts__gte=F("max_attempts")
    )
    for job in vanished:
        job.state = State.DEAD
        job.finished_at = moment
        job.errors = [*job.errors, VANISHED][-KEPT_ERRORS:]
        job.save(update_fields=["state", "finished_at", "errors"])
