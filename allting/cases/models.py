"""Cases and what happens in them. Stages and moves are not here: they are in the package."""

from django.db import models
from django.db.models import Q

from allting.kernel.api import new_id

# The indexes of the queue: whose turn it is, by what the list is narrowed. Each combination has its
# own order to walk in, so that a page of fifty costs the same in a thousand open cases and in a
# million; a case is in six or seven of them. A condition rather than a column for "taken by
# nobody": PostgreSQL does not see that rows whose handler is null are in the index's order.
_WHOSE: dict[str, tuple[tuple[str, ...], Q]] = {
    "": ((), Q(open=True)),
    "handler": (("handler",), Q(open=True, handler__isnull=False)),
    "nobody": ((), Q(open=True, handler__isnull=True)),
    "decide": (("waits_for",), Q(open=True, to_decide=True)),
}
_BY: dict[str, tuple[str, ...]] = {"": (), "service": ("service",), "stage": ("service", "stage")}
QUEUES: dict[str, tuple[tuple[str, ...], Q]] = {
    "_".join(filter(None, ("queue", whose, by))): ((*narrowed, *own), which)
    for whose, (own, which) in _WHOSE.items()
    for by, narrowed in _BY.items()
}


class Case(models.Model):
    """One matter, from the day it came in. It follows the edition under which it began."""

    number = models.CharField(max_length=32, unique=True)  # BUN-2026-000123
    edition = models.PositiveIntegerField()
    service = models.CharField(max_length=80)
    board = models.CharField(max_length=80)
    applicant = models.UUIDField()
    subject = models.UUIDField()
    language = models.CharField(max_length=8)
    # one submission, one case: what keeps a repeated event from making two
    submission = models.UUIDField(unique=True)
    offer = models.CharField(max_length=80, blank=True)  # the situation, if a yes began it
    stage = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)  # grows with every move but notes
    waits_for = models.CharField(max_length=80, blank=True)  # a role, the applicant, or nobody
    to_decide = models.BooleanField(default=False)  # whom it waits for can decide it now
    received_at = models.DateTimeField()
    due = models.DateField()  # deadlines.NEVER where the law gives no time: it must sort
    clocks = models.JSONField(default=dict)
    handler = models.UUIDField(null=True)  # an account
    handler_name = models.CharField(max_length=200, blank=True)
    open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["applicant", "-id"], name="cases_of_an_applicant"),
            models.Index(fields=["subject", "-id"], name="cases_about_a_person"),
            *(
                models.Index(fields=["board", *by, "due", "id"], condition=which, name=name)
                for name, (by, which) in QUEUES.items()
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """What was done, by whom and when (FL § 27). Rows are only ever added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    move = models.CharField(max_length=80)
    account = models.UUIDField(null=True)  # null: the system itself
    name = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=80)  # the role, `applicant`, or `system`
    from_stage = models.CharField(max_length=80, blank=True)
    to_stage = models.CharField(max_length=80)
    version = models.PositiveIntegerField()  # the case's, after this
    text = models.TextField(blank=True)


class Supplement(models.Model):
    """What more was asked of the applicant, and what came."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supplements")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    text = models.TextField()
    answer_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="one_open_question_a_case"
            )
        ]


class SupplementFile(models.Model):
    """A file that came with the answer; its content lies on disk under its SHA-256."""

    supplement = models.ForeignKey(Supplement, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)


class Proposal(models.Model):
    """A decision as an administrator would have it. The latest counts; earlier ones are kept."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    at = models.DateTimeField()
    account = models.UUIDField()
    name = models.CharField(max_length=200)
    outcome = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    reason = models.TextField(blank=True)


class Decision(models.Model):
    """What was decided, by whom and when (FL § 31), and why (FL § 32)."""

    # the constraint behind "one decision", whoever decides at the same moment
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    service = models.CharField(max_length=80)  # the case's: for what was given lately
    at = models.DateTimeField()
    account = models.UUIDField(null=True)  # null: decided automatically (FL § 28)
    name = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["service", "at"], name="decisions_of_a_service")]


class Task(models.Model):
    """Something to do in a stage."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=80)
    since = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="a_task_once_a_case")]


class Letter(models.Model):
    """A letter or message to the applicant: promised with the act it tells of, then written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    name = models.CharField(max_length=80)  # letters/<name>.<language>.md
    # what the letter is about; the same act promises it once
    occasion = models.CharField(max_length=120, unique=True)
    language = models.CharField(max_length=8)
    message = models.TextField(blank=True)  # what a caseworker wrote
    formal = models.BooleanField()  # a decision: kept and sent as a document
    promised_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the document's content
    size = models.PositiveIntegerField(default=0)
    # whether the child's other guardian got a copy: told, withheld, or nothing where there is none
    others = models.CharField(max_length=8, blank=True)


class Length(models.Model):
    """How many cases of a service were decided on a day, so many days after they came in."""

    service = models.CharField(max_length=80)
    day = models.DateField()
    days = models.PositiveIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "service", "days"], name="one_count_a_day")
        ]


class Asker(models.Model):
    """Somebody who asked something without signing in: no more than they told. The id stands in
    the case where a person's does; nobody in the register has it. How they are reached is forgotten
    some time after the case is closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True)  # a digest: the code itself is not kept
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("id", condition=~Q(email="", phone=""), name="askers_who_are_reached")
        ]


class Knock(models.Model):
    """How often somebody has sent something in ten minutes: a digest, a number, and no more."""

    who = models.CharField(max_length=64)
    span = models.BigIntegerField()  # which ten minutes
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "span"], name="one_count_a_span")]
        indexes = [models.Index(fields=["span"], name="knocks_that_are_over")]
