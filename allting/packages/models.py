"""Published versions. Rows are only ever added."""

from django.db import models


class KeptFolder(models.Model):
    """The files of one package's folder, word for word; the same content is kept once."""

    digest = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=80)
    texts = models.BinaryField()


class PackageVersion(models.Model):
    """One checked, effective package as it was when published.

    What it says never changes. `folders` names the files it was made from, its own package's last;
    publishing files that say the same in other words replaces them.
    """

    FILES, DESK, AGAIN = "files", "desk", "again"

    number = models.PositiveIntegerField(unique=True)
    package = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    document = models.BinaryField()
    origins = models.BinaryField()
    published_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    why = models.TextField()
    way = models.CharField(max_length=8, default=FILES)  # how it came: from files, the desk …
    base = models.PositiveIntegerField(null=True)  # the edition that it was made from
    folders = models.JSONField(default=list)

    class Meta:
        ordering = ("-number",)
