"""What the portal counts."""

from django.db import models


class Interest(models.Model):
    """How often a service's page was looked at on a day."""

    service = models.CharField(max_length=80)
    day = models.DateField()
    looks = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "day"], name="one_count_per_service_and_day")
        ]
        indexes = [models.Index(fields=["day"])]
