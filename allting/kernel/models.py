"""Tables of the ground floor: number series and the audit trail."""

from django.db import models


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
