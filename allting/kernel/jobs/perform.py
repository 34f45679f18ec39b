"""Doing one job, and settling it in the same commit that takes the next."""

import logging
import random
import time
from collections.abc import Callable
from datetime import timedelta
from traceback import format_exception
from typing import Any

from django.db import DatabaseError, connection
from django.utils.module_loading import import_string
from django_tasks.base import TaskContext
from django_tasks.utils import get_module_path, normalize_json

from allting.kernel.clock import now
from allting.kernel.database import write
from allting.kernel.jobs.backend import JobTask, result_of
from allting.kernel.jobs.rules import wait_before_retry
from allting.kernel.jobs.table import Outcome, Taken, settle, take
from allting.kernel.models import Job

State = Job.State
LONGEST_TRACEBACK = 4000
log = logging.getLogger(__name__)


class GiveUp(Exception):
    """Raised by a task for which trying again is of no use: it becomes a dead letter at once."""


class Again(Exception):
    """Raised by a task that knows when to be tried again; counts as an attempt."""

    def __init__(self, why: str, after: timedelta) -> None:
        super().__init__(why)
        self.after = after


class LeaseLost(RuntimeError):
    """Another worker has taken up the job: what this one did in the transaction is undone."""


def perform(job: Taken, lease: timedelta, go_on: Callable[[], bool]) -> Taken | None:
    """Run the job, settle it, and in the same transaction take the next one if we are to go on."""
    task = _find(job.task)
    if isinstance(task, JobTask) and task.atomic:
        try:
            with write():
                outcome = Outcome(State.DONE, result=_call(task, job))
                if not settle(job, outcome):
                    raise LeaseLost(job.task)
                return take(job.worker, lease) if go_on() else None
        except LeaseLost:
            return _next(job, lease, go_on)
        except Exception as error:
            outcome = _failed(job, task, error)
    else:
        outcome = _attempt(job, task)
    return _settle_and_take(job, outcome, lease, go_on)


def _attempt(job: Taken, task: JobTask[..., Any] | Exception) -> Outcome:
    if isinstance(task, Exception):
        return _failed(job, None, task)
    try:
        return Outcome(State.DONE, result=_call(task, job))
    except Exception as error:
        return _failed(job, task, error)


def _find(path: str) -> JobTask[..., Any] | Exception:
    """The task, or why it is not there: perhaps an older release is still running beside ours."""
    try:
        task = import_string(path)
    except Exception as error:
        return error
    return task if isinstance(task, JobTask) else TypeError(f"{path} is not a task")


def _call(task: JobTask[..., Any], job: Taken) -> Any:
    args, kwargs = job.arguments["args"], job.arguments["kwargs"]
    if task.takes_context:
        row = Job(
            pk=job.id, task=job.task, arguments=job.arguments, state=State.RUNNING,
            attempts=job.attempt, worker=job.worker, errors=job.errors,
        )  # fmt: skip
        args = [TaskContext(task_result=result_of(row, task)), *args]
    return normalize_json(task.call(*args, **kwargs))


def _failed(job: Taken, task: JobTask[..., Any] | None, error: Exception) -> Outcome:
    told = "".join(format_exception(error))[-LONGEST_TRACEBACK:]
    errors = [*job.errors, {"class": get_module_path(type(error)), "traceback": told}]
    if isinstance(error, GiveUp) or job.attempt >= job.max_attempts:
        log.error("job %s %s given up after attempt %s", job.id, job.task, job.attempt)
        return Outcome(State.DEAD, errors=errors)
    if isinstance(error, Again):
        wait = error.after
    else:
        first, longest = (task.first_wait, task.longest_wait) if task else (5, 3600)
        chance = random.random()  # noqa: S311  spreads load; nothing secret hangs on it
        wait = wait_before_retry(job.attempt, first, longest, chance)
    # only the kind: what it says may name people, and stays with the job
    log.warning("job %s %s: %s, again in %s", job.id, job.task, type(error).__name__, wait)
    return Outcome(State.LATER, again_at=now() + wait, errors=errors)


def _settle_and_take(
    job: Taken, outcome: Outcome, lease: timedelta, go_on: Callable[[], bool]
) -> Taken | None:
    """Settle at any price short of a minute: work done but not recorded would be done twice."""
    for pause in (0.1, 0.5, 2, 5, 10, 20, 0):
        try:
            with write():
                if not settle(job, outcome):
                    log.warning("job %s %s: lease lost, another has it", job.id, job.task)
                return take(job.worker, lease) if go_on() else None
        except DatabaseError:
            log.exception("job %s %s could not be settled", job.id, job.task)
            connection.close_if_unusable_or_obsolete()
            time.sleep(pause)
    return None


def _next(job: Taken, lease: timedelta, go_on: Callable[[], bool]) -> Taken | None:
    log.warning("job %s %s: lease lost, its work was undone", job.id, job.task)
    return take(job.worker, lease) if go_on() else None
