"""Accounts, what they may do, and the sessions they have open."""

from django.db import models

from allting.kernel.api import new_id


class Account(models.Model):
    """One identity that has signed in, whoever vouched for it."""

    class Kind(models.TextChoices):
        PERSONAL = "personal"  # Swedish personal identity number
        COORDINATION = "coordination"  # Swedish coordination number
        EIDAS = "eidas"  # a visitor's `prid`; never a personal number
        SUBJECT = "subject"  # a provider that only gives its own subject

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    identifier = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    person = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "identifier"], name="one_account_per_identity")
        ]


class Assignment(models.Model):
    """A role that an account holds for one board."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=64)
    board = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "board"], name="one_row_per_role")
        ]


class Session(models.Model):
    """An open sign-in. `actor` holds all that a request needs to know, as JSON text."""

    key = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the cookie, in hex
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    actor = models.TextField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
