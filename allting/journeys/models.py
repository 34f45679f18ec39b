"""Plans that people have kept: what they were made from, never what they came to."""

from django.db import models

from allting.kernel.api import new_id


class KeptPlan(models.Model):
    """The answers behind a plan. It is worked out anew each time, so it moves on by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.UUIDField()  # a person
    life_event = models.CharField(max_length=80)
    child = models.CharField(max_length=36, blank=True)  # whom it is for, if for a child known here
    day = models.DateField(null=True)
    answers = models.JSONField(default=dict)
    passed = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    name = models.CharField(max_length=80, blank=True)  # what the owner calls it
    quiet = models.BooleanField(default=False)  # the owner wants no reminders
    followed = models.CharField(max_length=80, blank=True)  # what its last days were reckoned from
    followed_on = models.DateField(null=True)

    class Meta:
        # several for one event: two houses are built by two plans
        indexes = [models.Index(fields=["owner"], name="plans_of_an_owner")]


class PlanReader(models.Model):
    """Someone with whom a plan is shared: they see it, with what the register lets them see."""

    plan = models.ForeignKey(KeptPlan, on_delete=models.CASCADE, related_name="readers")
    person = models.UUIDField()
    quiet = models.BooleanField(default=False)  # they want no reminders

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], name="one_reader_once"),
        ]
        indexes = [models.Index(fields=["person"], name="plans_shared_with_a_person")]
