"""Who lives here, with whom, who answers for whom, what is known of them, and who has looked."""

from django.db import models
from django.db.models import Q

from allting.kernel.api import new_id
from allting.register.numbers import must_be_a_number


class Person(models.Model):
    """A person in the population register. The id tells nothing; the number has twelve digits."""

    class Sex(models.TextChoices):
        WOMAN = "f"
        MAN = "m"

    class CivilStatus(models.TextChoices):
        UNMARRIED = "unmarried"
        MARRIED = "married"
        DIVORCED = "divorced"
        WIDOWED = "widowed"
        PARTNER = "partner"

    class Protection(models.TextChoices):
        NONE = "none"
        MARK = "mark"  # secrecy mark: a warning flag
        REGISTRATION = "registration"  # protected registration: the true address is not here
        NEW_IDENTITY = "new-identity"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity_number = models.CharField(max_length=12, unique=True, validators=[must_be_a_number])
    given_name = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    birth_date = models.DateField()  # legal age comes from here, never from the number
    sex = models.CharField(max_length=1, choices=Sex.choices)
    civil_status = models.CharField(max_length=9, choices=CivilStatus.choices)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    city = models.CharField(max_length=100, blank=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    protection = models.CharField(
        max_length=12, choices=Protection.choices, default=Protection.NONE
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=3, default="sv")

    class Meta:
        indexes = [models.Index(fields=["surname", "given_name"], name="people_by_name")]


class Household(models.Model):
    """People who live together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)


class Membership(models.Model):
    """When a person lived in a household; open while `until` is empty."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    household = models.ForeignKey(Household, on_delete=models.CASCADE)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="lives_in_one_household"
            )
        ]


class Guardianship(models.Model):
    """Who answers for a child, from `since` until the day `until` (usually the 18th birthday)."""

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guarded_by")
    guardian = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guards")
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian", "since"], name="guardian_of_a_child_once"
            ),
            models.CheckConstraint(
                condition=~Q(child=models.F("guardian")), name="nobody_is_their_own_guardian"
            ),
        ]


class DeclaredFact(models.Model):
    """Something said or decided about a person or a household: its source and the day it holds.

    Values are text, as they were given; the latest of a name is the one in force.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True)
    name = models.CharField(max_length=64)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=100)
    at = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(household=None), name="a_fact_is_about_one_thing"
            )
        ]
        indexes = [
            models.Index(fields=["household", "name", "at"], name="facts_of_a_household"),
            models.Index(fields=["person", "name", "at"], name="facts_of_a_person"),
        ]


class AccessLog(models.Model):
    """Who has looked at whom, and why: one row per reader, person, reason and day.

    The reader's name and board are written as they were then. `looks.py` says what a look is.
    """

    account = models.UUIDField()
    reader = models.UUIDField(null=True)  # the register's id of the one who looked, if known
    reader_name = models.CharField(max_length=200)
    board = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    purpose = models.CharField(max_length=100)
    case = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    looks = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day", "account", "board", "case", "purpose"],
                name="one_row_per_reader_reason_and_day",
            )
        ]


class CastMember(models.Model):
    """Someone in the demonstration whom its stories are about."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    key = models.CharField(max_length=80, unique=True)
    says = models.JSONField()
    employee = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()
