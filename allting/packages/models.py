"""Published versions. Rows are only ever added."""

from django.db import models


class PackageVersion(models.Model):
    """One checked, effective package as it was when published; never changed afterwards."""

    number = models.PositiveIntegerField(unique=True)
    package = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    document = models.BinaryField()
    origins = models.BinaryField()
    published_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    why = models.TextField()

    class Meta:
        ordering = ("-number",)
