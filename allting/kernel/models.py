"""Tables of the ground floor: number series, the audit trail, background work."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL


class NumberSeries(models.Model):
    """The last number given in a series and year; gapless because it commits with its use."""

    series = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_row_per_series_and_year")
        ]


class AuditEntry(models.Model):
    """Who did what to what, and when. Rows are only ever added."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    verb = models.CharField(max_length=64)
    what = models.CharField(max_length=200)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["what", "id"], name="audit_of_a_thing")]


class Job(models.Model):
    """One piece of background work. `due_at` is when it may start or, running, its lease's end."""

    class State(models.TextChoices):
        LATER = "later"  # waits for its time, or to be tried again
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"  # given up; a person may requeue it

    task = models.CharField(max_length=200)  # the dotted path of the function
    arguments = models.JSONField()
    priority = models.SmallIntegerField(default=0)
    schedule = models.CharField(max_length=100, null=True)
    state = models.CharField(max_length=7, choices=State.choices)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField()
    worker = models.CharField(max_length=100, default="")
    errors = models.JSONField(default=list)
    result = models.JSONField(null=True)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        # each index covers only the rows that its question is about, so finished work costs nothing
        indexes = [
            models.Index(
                F("priority").desc(), F("id"), condition=Q(state="ready"), name="jobs_to_take"
            ),
            models.Index(
                "due_at", condition=Q(state__in=["later", "running"]), name="jobs_to_wake"
            ),
            models.Index("finished_at", condition=Q(state="done"), name="jobs_to_prune"),
            models.Index("id", condition=Q(state="dead"), name="jobs_given_up"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule"],
                condition=Q(state__in=["later", "ready", "running"], schedule__isnull=False),
                name="one_open_job_per_schedule",
            )
        ]


def _as_indexed(condition: str) -> RawSQL:
    # SQLite uses a partial index only where the query says its condition in so many words
    return RawSQL(f"kernel_job.state {condition}", (), models.BooleanField())  # noqa: S611


READY = _as_indexed("= 'ready'")
WAITING = _as_indexed("IN ('later', 'running')")
OPEN = _as_indexed("IN ('later', 'ready', 'running')")
DONE = _as_indexed("= 'done'")
DEAD = _as_indexed("= 'dead'")


class Schedule(models.Model):
    """When recurring work is due next; the work itself is named in code."""

    name = models.CharField(max_length=100, primary_key=True)
    every = models.CharField(max_length=100)
    next_at = models.DateTimeField()
