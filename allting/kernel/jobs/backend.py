"""The `django-tasks` interface on our own table: enqueued in the transaction that wants the work.

    @task(max_attempts=5)
    def deliver(message: str) -> None: ...

    with write():
        ...change something...
        deliver.enqueue(str(message.id))

Work runs at least once, so a task must do no harm when it runs again. One with `atomic=True` runs
in the same transaction as its own completion, hence exactly once: for short work in the database.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from typing_extensions import ParamSpec

from allting.kernel.clock import now
from allting.kernel.database import write
from allting.kernel.jobs.bell import time_is_set, work_is_ready
from allting.kernel.models import Job
from allting.kernel.rows import insert

P = ParamSpec("P")
T = TypeVar("T")
State = Job.State
_READY, _LATER = State.READY.value, State.LATER.value
_NEW = {field.attname: field.get_default() for field in Job._meta.concrete_fields[1:]}  # not the id

STATUS = {
    State.LATER: TaskResultStatus.READY,
    State.READY: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.DEAD: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task, and how it is tried again: waits double from `first_wait` to `longest_wait` (s)."""

    max_attempts: int = 10
    first_wait: float = 5
    longest_wait: float = 3600
    atomic: bool = False


class JobBackend(BaseTaskBackend):
    """Keeps tasks in the table `kernel_job` of the ordinary database."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        """Put the work in the queue; it becomes visible when the transaction commits.

        A task is checked once, when it is made.
        """
        id, moment = put(task, args, kwargs)
        return TaskResult(
            task=task,
            id=str(id),
            status=TaskResultStatus.READY,
            enqueued_at=moment,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=task.backend,
            errors=[],
            worker_ids=[],
        )

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How the work went, or goes. Raises TaskResultDoesNotExist for one unknown or pruned."""
        job = Job.objects.filter(pk=result_id).first() if result_id.isdigit() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, import_string(job.task))


def put(
    task: JobTask[..., Any], args: Any, kwargs: Any, schedule: str | None = None
) -> tuple[int, datetime]:
    """Add a row for the work and, once it is committed, wake whoever waits for work: id, when."""
    moment = now()
    later = task.run_after is not None and task.run_after > moment
    row = {
        **_NEW,
        "task": task.module_path,
        "arguments": _plain(task, args, kwargs),
        "priority": task.priority,
        "schedule": schedule,
        "max_attempts": task.max_attempts,
        "state": _LATER if later else _READY,
        "due_at": task.run_after or moment,
        "enqueued_at": moment,
    }
    with write():
        id = int(insert("kernel_job", row))
        transaction.on_commit(time_is_set.ring if later else work_is_ready.ring)
    return id, moment


def _plain(task: JobTask[..., Any], args: Any, kwargs: Any) -> dict[str, Any]:
    for name, value in [*enumerate(args), *kwargs.items()]:
        if not isinstance(value, str | int | float | bool | list | dict | None):
            raise InvalidTaskError(
                f"{task.name}: argument {name} is a {type(value).__name__}; arguments are kept as "
                "JSON, so pass text, a number, a list or a dict (an id as str(id))"
            )
    return {"args": list(args), "kwargs": kwargs}


def result_of(job: Job, task: JobTask[..., Any]) -> TaskResult[Any]:
    """The job as `django-tasks` speaks of it; of earlier workers only their number is kept."""
    made: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.pk),
        status=STATUS[State(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        last_attempted_at=job.attempted_at,
        finished_at=job.finished_at,
        args=job.arguments["args"],
        kwargs=job.arguments["kwargs"],
        backend=task.backend,
        errors=[
            TaskError(exception_class_path=e["class"], traceback=e["traceback"]) for e in job.errors
        ],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(made, "_return_value", job.result)
    return made
