"""Drafts, what was attached to them, and what was submitted."""

from django.db import models

from allting.kernel.api import new_id


class Draft(models.Model):
    """An application under way. It belongs to a person and follows them between devices."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField()
    service = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()  # the published version under which it was begun
    answers = models.JSONField(default=dict)  # by question; null where it was left empty by right
    known = models.JSONField(default=dict)  # by question: what the register said when it was shown
    told = models.JSONField(default=list)  # conditions that do not hold, of which the person knows
    page = models.CharField(max_length=80, default="")  # where to go on
    # {on, asked}: which questions were asked, and on which day that was worked out
    way = models.JSONField(null=True)
    language = models.CharField(max_length=8)
    version = models.PositiveIntegerField(default=1)  # grows with every save
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "submitted_at"], name="drafts_of_a_person")]


class Submission(models.Model):
    """What a person sent in, as it was. Rows are never changed.

    It was a draft, or was made in one step (`behalf.py`) from a `source` such as an offer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # the constraints behind "exactly once": a draft, or a source, has at most one submission
    draft = models.OneToOneField(
        Draft, on_delete=models.PROTECT, related_name="submission", null=True
    )
    source = models.CharField(max_length=100, unique=True, null=True)
    context = models.JSONField(null=True)  # what was known beside the answers, by full name
    service = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()
    applicant = models.UUIDField(db_index=True)
    subject = models.UUIDField()
    answers = models.JSONField()
    known = models.JSONField(default=dict)
    language = models.CharField(max_length=8)
    submitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(draft=None) ^ models.Q(source=None),
                name="a_submission_was_a_draft_or_has_a_source",
            )
        ]


class Attachment(models.Model):
    """A file that belongs to a draft; its content lies on disk under its SHA-256."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="attachments")
    question = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
