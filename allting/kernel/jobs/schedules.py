"""Recurring work: named in code, its next time kept in the database so that it happens once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min
from django_tasks.base import Task

from allting.kernel.clock import now
from allting.kernel.database import write
from allting.kernel.jobs.backend import JobTask, put
from allting.kernel.jobs.rules import Every, read_every
from allting.kernel.models import OPEN, Job, Schedule


@dataclass(frozen=True, slots=True)
class Recurring:
    """A task that is enqueued again and again."""

    name: str
    every: str
    rule: Every
    task: JobTask[..., Any]


_known: dict[str, Recurring] = {}


def schedule(name: str, task: Task[..., Any], *, every: str) -> None:
    """Enqueue `task` (without arguments) every "10 minutes", "day at 03:30", "monday at 07:00".

    However many workers there are it is enqueued once, and not again while it is still open.
    Times that passed while nothing ran are made up for once.
    """
    rule = read_every(every)
    if not isinstance(task, JobTask):
        raise TypeError(f"the schedule '{name}' wants a function decorated with @task()")
    if name in _known and _known[name].task.module_path != task.module_path:
        raise ValueError(f"the schedule '{name}' is already {_known[name].task.module_path}")
    _known[name] = Recurring(name, every, rule, task)


def write_down() -> None:
    """Make a row for each schedule; one whose recurrence has changed starts over."""
    rows = {row.name: row for row in Schedule.objects.all()}
    for recurring in _known.values():
        row = rows.get(recurring.name)
        if row is not None and row.every == recurring.every:
            continue
        values = {"every": recurring.every, "next_at": recurring.rule.after(now())}
        with write():
            Schedule.objects.update_or_create(name=recurring.name, defaults=values)


def enqueue_due() -> None:
    """Enqueue what is due, each once however many workers look."""
    moment = now()
    for name, due in Schedule.objects.filter(next_at__lte=moment).values_list("name", "next_at"):
        if name in _known:
            _enqueue(_known[name], due, moment)


def _enqueue(recurring: Recurring, due: datetime, moment: datetime) -> None:
    with write():
        mine = Schedule.objects.filter(name=recurring.name, next_at=due).update(
            next_at=recurring.rule.after(moment)
        )
        if mine and not Job.objects.filter(OPEN, schedule=recurring.name).exists():
            put(recurring.task, (), {}, schedule=recurring.name)


def next_occurrence() -> datetime | None:
    """When the next recurring work is due."""
    known = Schedule.objects.filter(name__in=list(_known))
    due: datetime | None = known.aggregate(at=Min("next_at"))["at"]
    return due
