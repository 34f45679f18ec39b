"""What has arrived at the demonstration's mail server."""

from django.db import models


class Mail(models.Model):
    """One mail, as it came."""

    arrived_at = models.DateTimeField()
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    mail_id = models.CharField(max_length=300, db_index=True)
    source = models.BinaryField()
