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
    registered_since = models.DateField(null=True, blank=True)  # came here; empty: not known
    died = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)  # from this day no longer registered here
    lat = models.FloatField(null=True, blank=True)  # of the home; never of a hidden one
    lon = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["surname", "given_name"], name="people_by_name"),
            models.Index(fields=["id"], condition=~Q(protection="none"), name="protected_people"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat=None, lon=None)
                | ~Q(protection__in=["registration", "new-identity"]),
                name="a_hidden_home_has_no_position",
            )
        ]


class Household(models.Model):
    """People who live together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)


class Membership(models.Model):
    """When a person lived in a household; open while `until` is empty.

    A person's memberships do not overlap. One that is over is closed, not deleted: what held on
    an earlier day can then still be told, and those who stayed behind are found.
    """

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


class Residence(models.Model):
    """Where a person was registered, and when; the present one is open and also on the person.

    Those of someone with a hidden home are taken away, the earlier ones too.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=6)
    city = models.CharField(max_length=100)
    municipality_code = models.CharField(max_length=4)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="lives_at_one_address"
            )
        ]


class PreviousNumber(models.Model):
    """A number that a person had before; a coordination number gives way to a personal one."""

    number = models.CharField(max_length=12, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)


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


class Relation(models.Model):
    """Spouses, and the parents of someone who is of age (those of a child are its guardians).

    A couple is one row, either way round. `person` is the child of its parent `other`.
    """

    class Kind(models.TextChoices):
        SPOUSE = "spouse"
        PARENT = "parent"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="related")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True)  # a marriage ends on the day of a divorce or a death

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other", "kind", "since"], name="related_once"
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("other")), name="nobody_is_related_to_themselves"
            ),
        ]


class Mandate(models.Model):
    """Someone who acts for an adult (god man, förvaltare), in one part of the mission.

    The parts are those of FB 11:4: to guard rights, to manage property, to care for the person.
    """

    class Scope(models.TextChoices):
        RIGHTS = "rights"
        PROPERTY = "property"
        CARE = "care"

    principal = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="helped_by")
    holder = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="helps")
    scope = models.CharField(max_length=8, choices=Scope.choices)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "holder", "scope", "since"], name="mandate_held_once"
            ),
            models.CheckConstraint(
                condition=~Q(principal=models.F("holder")), name="nobody_holds_their_own_mandate"
            ),
        ]


class Awaited(models.Model):
    """A relation to someone whom the register does not know: it comes about when they come."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    kind = models.CharField(max_length=8)  # guardian, spouse, parent, or a mandate's scope
    number = models.CharField(max_length=12, db_index=True)
    since = models.DateField()
    until = models.DateField(null=True)


class Origin(models.Model):
    """Which extract a person's own facts were last read from, and a digest of that line."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    source = models.CharField(max_length=100)
    as_of = models.DateField()
    digest = models.CharField(max_length=32)


class Extract(models.Model):
    """A file of the population register that has been loaded, or whose loading has begun."""

    source = models.CharField(max_length=100)
    kind = models.CharField(max_length=7)  # full or changes
    as_of = models.DateField()
    digest = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)


class DeclaredFact(models.Model):
    """Something said or decided about a person or a household: its source and the day it holds.

    Values are text, as they were given (`true` and `false`, 2026-08-17, 61560.50); `type` says how
    to read them. The latest of a name is the one in force.
    """

    class Type(models.TextChoices):
        BOOLEAN = "boolean"
        NUMBER = "number"
        TEXT = "text"
        DATE = "date"

    # the indexes below begin with them; one more each would be written with every fact
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, db_index=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, null=True, db_index=False)
    name = models.CharField(max_length=64)
    type = models.CharField(max_length=7, choices=Type.choices)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=100)  # the number of a case, or who stated it
    at = models.DateField()
    purpose = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(household=None), name="a_fact_is_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(type__in=["boolean", "number", "text", "date"]),
                name="a_fact_has_a_type",
            ),
        ]
        indexes = [
            models.Index(
                fields=["household", "name", "at"],
                condition=Q(household__isnull=False),
                name="facts_of_a_household",
            ),
            models.Index(
                fields=["person", "name", "at"],
                condition=Q(person__isnull=False),
                name="facts_of_a_person",
            ),
        ]


class RegisterChange(models.Model):
    """Whose facts may have changed, in the order of the changes. Written by `changes.py` alone."""

    person = models.UUIDField()  # no foreign key: what was taken away was changed, too
    at = models.DateTimeField()
    what = models.CharField(max_length=40)


class AccessLog(models.Model):
    """Who has looked at whom, and why: one row per reader, person, reason and day.

    The reader's name and board are written as they were then. `looks.py` says what a look is.
    """

    account = models.UUIDField()
    reader = models.UUIDField(null=True)  # the register's id of the one who looked, if known
    reader_name = models.CharField(max_length=200)
    board = models.CharField(max_length=64, blank=True)
    # found by the constraint below, which begins with it
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
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
