"""What has passed through the demonstration's gateway."""

from django.db import models
from django.db.models import F


class Sms(models.Model):
    """A text message, to a telephone or from it."""

    key = models.CharField(max_length=100, unique=True)  # the sender's; the same is taken once
    phone = models.CharField(max_length=20)  # whose telephone
    house = models.CharField(max_length=20)  # the municipality's number or name
    text = models.TextField()
    incoming = models.BooleanField()  # to the telephone; otherwise its person's answer
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("phone", F("id").desc(), name="messages_of_a_phone")]
