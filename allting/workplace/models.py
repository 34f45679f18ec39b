"""What the workplace keeps for an employee for a short while."""

from django.db import models


class Written(models.Model):
    """What someone had filled in for a move when they were asked to sign in anew."""

    account = models.UUIDField()
    case = models.CharField(max_length=32)  # its number
    move = models.CharField(max_length=80)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "case", "move"], name="written_once_for_a_move"
            )
        ]
