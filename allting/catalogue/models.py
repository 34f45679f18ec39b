"""What the catalogue keeps: searches that found nothing, and nothing of who made them."""

from django.db import models


class Missed(models.Model):
    """Words that found nothing. As typed only once enough different sittings have typed them."""

    language = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=80, blank=True)
    sittings = models.PositiveIntegerField(default=0)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "digest"], name="missed_words_once")
        ]
        indexes = [models.Index(fields=["last"]), models.Index(fields=["-sittings"])]


class MissedMark(models.Model):
    """That a sitting of this day is counted already; gone the day after."""

    missed = models.ForeignKey(Missed, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=16)
    day = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["missed", "mark"], name="missed_once_a_sitting")
        ]
