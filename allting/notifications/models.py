"""Messages in people's inboxes, how news of them was delivered, and what people have asked for."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from allting.kernel.api import new_id
from allting.notifications.rules import STRANDED, Channel, State


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
    topic = models.CharField(max_length=64, default="")  # what a person can turn off; "" their own
    urgent = models.BooleanField(default=False)
    sms = models.TextField(null=True)  # what may be said in the open; {link} is an address
    link = models.CharField(max_length=64, null=True)  # what the address is made of, when sent
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

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
    state = models.CharField(max_length=9, choices=State.choices)
    why = models.CharField(max_length=500, default="")
    attempts = models.PositiveIntegerField(default=0)
    # its Message-ID, or the key by which a gateway knows it again: fixed from the start
    mail_id = models.CharField(max_length=200, unique=True)
    not_before = models.DateTimeField(null=True)
    sent_to = models.CharField(max_length=64, default="")  # a digest of the address last used
    # the delivery whose e-mail tells of this one too, and with which it stands or falls
    carrier = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("id", condition=Q(state__in=STRANDED), name="deliveries_given_up"),
            # SQLite uses it where the question says its condition in so many words
            models.Index(
                fields=["sent_to"], condition=Q(channel="sms"), name="texts_sent_to_a_phone"
            ),
            models.Index(
                fields=["carrier"], condition=Q(carrier__isnull=False), name="deliveries_carried"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_per_channel")
        ]


class Unwanted(models.Model):
    """A channel that a person has turned off for a topic."""

    person = models.UUIDField()
    topic = models.CharField(max_length=64)
    channel = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic", "channel"], name="a_channel_is_turned_off_once"
            )
        ]


class BrokenAddress(models.Model):
    """An address at which nothing can be delivered, as a digest: nothing is sent there."""

    digest = models.CharField(max_length=64, primary_key=True)
    why = models.CharField(max_length=500)
    since = models.DateTimeField()


class ReceivedText(models.Model):
    """A text message that somebody sent us. The gateway's id is taken once."""

    provider_id = models.CharField(max_length=100, unique=True)
    from_number = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)  # by a room, to what it did not understand too
    settled_at = models.DateTimeField(null=True)  # nobody need read it any more
    settled_by = models.CharField(max_length=200, blank=True)  # "": taken as an answer by a room
    answer = models.TextField(blank=True)  # an employee's
    answer_state = models.CharField(max_length=8, blank=True)  # queued, sent or failed

    class Meta:
        indexes = [models.Index("id", condition=Q(settled_at=None), name="texts_to_read")]


class Reminder(models.Model):
    """A last day of which a person is told: they have asked for it, or it follows by itself from
    something of theirs, such as a plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField()
    about = models.CharField(max_length=200)  # which deadline, as its room knows it
    what = models.JSONField()  # a text in each language
    # the same where others may read it, if that must say less
    outside = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    opens = models.DateField(null=True)  # the first day, where it cannot be done at once
    due = models.DateField()
    remind_at = models.DateTimeField(null=True)  # never, where it only stands in the calendar
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    by_itself = models.BooleanField(default=False)
    note = models.JSONField(default=dict)  # where it comes from, in each language

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "about"], name="one_reminder_of_a_deadline")
        ]


class CalendarKey(models.Model):
    """The secret part of the address of a person's calendar; only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.UUIDField(unique=True)
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField()


# SQLite uses a partial index only where the query says its condition in so many words
_THOSE = ", ".join(f"'{state.value}'" for state in STRANDED)
DEAD = RawSQL(  # noqa: S611 (our own words)
    f"notifications_delivery.state IN ({_THOSE})", (), models.BooleanField()
)
