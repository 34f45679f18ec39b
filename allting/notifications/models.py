"""Messages in people's inboxes, and how news of them was delivered."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from allting.kernel.api import new_id
from allting.notifications.rules import Channel, State


class Message(models.Model):
    """Something the municipality has told a person. The id sorts by time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to_person = models.UUIDField()
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=300)
    body = models.TextField()  # Markdown
    language = models.CharField(max_length=8)
    number = models.CharField(max_length=64, default="")  # of the case it is about
    url = models.CharField(max_length=300, default="")
    service = models.CharField(max_length=200, default="")
    occasion = models.CharField(max_length=200, unique=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sms = models.TextField(null=True)  # what may be said in the open; {link} is an address
    link = models.CharField(
        max_length=64, null=True
    )  # what the address is made of, when it is sent

    class Meta:
        indexes = [
            models.Index(F("to_person"), F("id").desc(), name="inbox_newest_first"),
            models.Index("to_person", condition=Q(read_at__isnull=True), name="inbox_unread"),
            models.Index(fields=["number"], name="messages_about_a_case"),
        ]


class Attachment(models.Model):
    """A document that came with a message; in a table of its own so that lists never read it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    in_email = models.BooleanField()


class Delivery(models.Model):
    """News of a message by one channel. The address is looked up at each attempt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=8, choices=State.choices)
    why = models.CharField(max_length=500, default="")
    attempts = models.PositiveIntegerField(default=0)
    mail_id = models.CharField(max_length=200, unique=True)  # its Message-ID, fixed from the start
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("id", condition=Q(state="dead"), name="deliveries_given_up")]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_per_channel")
        ]


# SQLite uses a partial index only where the query says its condition in so many words
DEAD = RawSQL("notifications_delivery.state = 'dead'", (), models.BooleanField())
