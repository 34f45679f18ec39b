"""Who has a place where and from when, the rounds in which places were given, what came of it."""

from django.db import models
from django.db.models import F, Q

from allting.kernel.api import new_id


class Seat(models.Model):
    """A place at a unit from a day on: kept for an offer, or taken."""

    kind = models.CharField(max_length=80)  # of unit
    unit = models.CharField(max_length=80)
    subject = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True)
    taken = models.BooleanField()
    source = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "unit"], name="seats_at_a_unit"),
            models.Index(fields=["subject"], name="seats_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "taken"],
                condition=Q(until=None),
                name="one_seat_kept_and_one_taken",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="a_seat_lasts"
            ),
        ]


class Gate(models.Model):
    """Whoever changes the seats of a unit holds its gate meanwhile: one at a time."""

    kind = models.CharField(max_length=80)
    unit = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "unit"], name="one_gate_a_unit")]


class Round(models.Model):
    """Places given at once to all who wait for the same first day. Rounds are never deleted."""

    class State(models.TextChoices):
        OPEN = "open"
        SETTLED = "settled"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    board = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    as_of = models.DateField()
    start = models.DateField()  # the first day
    seed = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)  # settled or dropped
    closed_by = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)  # it was dropped
    digest = models.CharField(max_length=64, blank=True)  # of the result

    class Meta:
        indexes = [models.Index(fields=["board", "-id"], name="rounds_of_a_board")]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "start"],
                condition=Q(state="open"),
                name="one_open_round_for_a_first_day",
            )
        ]


class RoundUnit(models.Model):
    """A unit in a round: what it has room for, and how many places there were to give."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="units")
    unit = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField()
    places = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="a_unit_once_a_round")
        ]


class Place(models.Model):
    """What a round comes to for one child; without a round, a place given by a person."""

    class State(models.TextChoices):
        WAITING = "waiting"  # the round is not settled
        OFFERED = "offered"
        TAKEN = "taken"
        DECLINED = "declined"
        RELEASED = "released"  # the offer ended by itself
        WITHOUT = "without"  # no place this time

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="all_places")
    service = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    subject = models.UUIDField()
    source = models.CharField(max_length=100)  # the case or situation that it comes from
    start = models.DateField()
    since = models.DateField(null=True)  # when the wish came
    wished = models.PositiveSmallIntegerField(default=0)  # the first so many of the list
    # the list: [[unit, [key, …]], …], the most wanted first; keys.py says what the numbers are
    listed = models.JSONField(default=list)
    unit = models.CharField(max_length=80, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)  # of the unit on the list, from 0
    lot = models.PositiveIntegerField(null=True)
    # for whom it is drawn, where children who live together wait at once; null: for this child
    drawn_for = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    # what stood before: [[unit, why, places, by], …], `by` a priority's id or "lot"
    steps = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="places_of_a_person"),
            models.Index(fields=["round", "unit", "id"], name="places_of_a_round"),
            # a round is counted without its rows being read: their lists are long
            models.Index(
                fields=["round", "unit", "state", "rank", "wished"], name="a_round_counted"
            ),
            models.Index(fields=["source"], name="places_by_source"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "subject"], name="a_child_once_a_round")
        ]


class ByHand(models.Model):
    """A child that no round may place: a task for the named handler, and seen by nobody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="by_hand")
    subject = models.UUIDField()
    source = models.CharField(max_length=100)
    since = models.DateField(null=True)
    wishes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "subject"], name="by_hand_once_a_round")
        ]
