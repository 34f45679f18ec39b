"""Proposals: edits on their way to an edition, and what became of them."""

from typing import ClassVar

from django.db import models

from allting.editing.rules import DRAFT
from allting.kernel.api import new_id


class Proposal(models.Model):
    """Edits of the municipality's own package that belong together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    why = models.TextField(default="")
    state = models.CharField(max_length=12, default=DRAFT)
    base = models.PositiveIntegerField()  # the edition in force when it was begun
    edits = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)  # another one with each change
    authors = models.JSONField(default=dict)  # account: name, of everyone who has edited
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    edition = models.PositiveIntegerField(null=True)  # the number of the edition it became

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-changed_at"], name="proposals_by_state")
        ]


class TakenUp(models.Model):
    """A question that somebody marked for a page, and what an editor did with it."""

    mark = models.BigIntegerField(unique=True)  # the event of the case
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True)  # none: put aside
    at = models.DateTimeField()
    account = models.UUIDField()


class Happening(models.Model):
    """What someone did with a proposal. Rows are only ever added."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="happenings")
    at = models.DateTimeField()
    account = models.UUIDField()
    name = models.CharField(max_length=200)
    did = models.CharField(max_length=20)
    comment = models.TextField(default="")

    class Meta:
        ordering = ("id",)
