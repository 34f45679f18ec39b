"""Offers, who may answer them, and the runs that find whom to make them to."""

from django.db import models
from django.db.models import Q

from allting.kernel.api import new_id
from allting.offers.rules import OPEN, State


class Offer(models.Model):
    """What is offered to one person in one situation, for one occasion."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.CharField(max_length=80)
    situation = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()  # the version whose words and rules it follows
    board = models.CharField(max_length=80)
    person = models.UUIDField()  # whom it is about
    occasion = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=9, choices=State.choices)
    as_of = models.DateField()  # the day for which the situation was found
    made_at = models.DateTimeField()
    closes = models.DateField()  # the last day to answer
    remind_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    data = models.JSONField()  # the facts it was found by, and those it tells of
    unit = models.CharField(max_length=80, blank=True)
    start = models.DateField(null=True)
    place = models.CharField(max_length=40, blank=True)  # what placements calls the place it keeps
    changed_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    why = models.CharField(max_length=40, blank=True)  # of one withdrawn
    submission = models.UUIDField(null=True)
    case = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            # whatever is run, and however often
            models.UniqueConstraint(
                fields=["service", "situation", "person", "occasion"],
                name="one_offer_per_situation_person_and_occasion",
            )
        ]
        indexes = [
            models.Index(fields=["person"], name="offers_about_a_person"),
            models.Index(fields=["place"], name="offers_of_a_place"),
            models.Index(fields=["closes"], condition=Q(state__in=OPEN), name="offers_that_close"),
            models.Index(
                fields=["remind_on"],
                condition=Q(state__in=OPEN, reminded_at=None),
                name="offers_to_remind_of",
            ),
        ]


class Addressee(models.Model):
    """Someone who may answer an offer."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="addressees")
    person = models.UUIDField()
    language = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "person"], name="an_offer_reaches_one_once")
        ]
        indexes = [models.Index(fields=["person"], name="offers_to_a_person")]


class OfferKey(models.Model):
    """What opens one offer for one addressee, without signing in. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="keys")
    person = models.UUIDField()
    seed = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class OptOut(models.Model):
    """Someone who does not want offers of a situation (`service/situation`), or any (empty)."""

    person = models.UUIDField()
    situation = models.CharField(max_length=161, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "situation"], name="turned_off_once")
        ]


class ByHand(models.Model):
    """A protected person in a situation: for the named handler, and for nobody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.CharField(max_length=80)
    situation = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()
    board = models.CharField(max_length=80)
    person = models.UUIDField()
    occasion = models.CharField(max_length=100, blank=True)
    as_of = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)  # an account
    done_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "situation", "person", "occasion"],
                name="one_task_per_situation_person_and_occasion",
            )
        ]
        indexes = [models.Index(fields=["board"], condition=Q(done_at=None), name="tasks_by_hand")]


class Run(models.Model):
    """One search through everyone, and the offers that came of it. It can be taken up again."""

    class State(models.TextChoices):
        FINDING = "finding"
        MAKING = "making"
        DONE = "done"
        STOPPED = "stopped"

    edition = models.PositiveIntegerField()
    as_of = models.DateField()
    situations = models.JSONField()  # keys; those that the run looks for
    state = models.CharField(max_length=8, choices=State.choices, default=State.FINDING)
    found = models.PositiveIntegerField(default=0)
    tried = models.PositiveIntegerField(default=0)  # how far it has come among the found
    counts = models.JSONField(default=dict)  # by situation: what came of those tried
    by = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=~Q(state__in=["done", "stopped"]), name="runs_under_way"
            )
        ]


class Follow(models.Model):
    """How far the register's list of changes has been followed. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.BigIntegerField(default=0)


class Candidate(models.Model):
    """One person found by a run, in the order in which they are tried."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="candidates")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=161)
    person = models.UUIDField()
    occasion = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="tried_in_one_order")]
