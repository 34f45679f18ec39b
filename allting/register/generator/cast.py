"""The well-known people of a demonstration: the same ids every time, whatever else is loaded."""

from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from allting.identity.api import ensure_account, grant_role
from allting.kernel.api import write
from allting.packages.api import Duration
from allting.register.changes import note_changes
from allting.register.definitions import Cast, CastHome, CastPerson
from allting.register.models import (
    CastMember,
    DeclaredFact,
    Guardianship,
    Household,
    Membership,
    Person,
    Relation,
)
from allting.register.numbers import TestNumbers, is_coordination
from allting.register.rules import years_after


def cast_id(municipality: str, key: str) -> UUID:
    """The id of someone in the cast, known beforehand.

    >>> cast_id("2599", "maja") == cast_id("2599", "maja") != cast_id("2580", "maja")
    True
    """
    return uuid5(NAMESPACE_URL, f"allting:cast:{municipality}:{key}")


def load_cast(cast: Cast, *, municipality: str, on: date) -> int:
    """Put the cast into the register, with homes, guardians and roles; again, it is put right."""
    homes = {member: home for home in cast.homes for member in home.members}
    with write():
        taken = set(
            Person.objects.filter(castmember=None).values_list("identity_number", flat=True)
        )
        given = {p.identity_number for p in cast.people if p.identity_number}
        numbers = TestNumbers(taken | given)
        people = {
            p.id: _person(p, place, homes[p.id], municipality, on, numbers)
            for place, p in enumerate(cast.people)
        }
        for home in cast.homes:
            _home(home, municipality, people, on)
        for child in cast.children:
            _guardians(people[child.id], [people[g] for g in child.guardians])
        for couple in cast.couples:
            _couple(people[couple.spouses[0]], people[couple.spouses[1]], couple.since)
        for person in cast.people:
            _roles(people[person.id], person)
        note_changes([person.id for person in people.values()], "cast")
    return len(people)


def _person(
    given: CastPerson,
    place: int,
    home: CastHome,
    municipality: str,
    on: date,
    numbers: TestNumbers,
) -> Person:
    born = _day(given.born, on) or on
    hidden = given.protection in ("registration", "new-identity")
    values = {
        "given_name": given.given_name,
        "surname": given.surname,
        "birth_date": born,
        "sex": given.sex,
        "civil_status": given.civil_status,
        "street": "" if hidden else home.street,
        "postcode": "" if hidden else home.postcode,
        "city": "" if hidden else home.city,
        "municipality_code": municipality,
        "protection": given.protection,
        "registered_since": max(born, _day(home.since, on) or born),
        "lat": home.position.lat if home.position and not hidden else None,
        "lon": home.position.lon if home.position and not hidden else None,
    }
    # how they want to be reached is theirs to change: given once, never put back
    contact = {
        "email": given.email or "",
        "phone": given.phone or "",
        "language": given.language,
    }
    id_ = cast_id(municipality, given.id)
    number = given.identity_number or numbers.give(born, given.sex)
    person, _ = Person.objects.update_or_create(
        id=id_,
        defaults=values,
        create_defaults=values | contact | {"id": id_, "identity_number": number},
    )
    member = {
        "key": given.id,
        "says": dict(given.says),
        "employee": bool(given.roles),
        "order": place,
    }
    CastMember.objects.update_or_create(person=person, defaults=member)
    return person


def _home(home: CastHome, municipality: str, people: Mapping[str, Person], on: date) -> None:
    household, _ = Household.objects.get_or_create(id=cast_id(municipality, f"home {home.id}"))
    Membership.objects.filter(person__in=[people[m] for m in home.members]).delete()
    DeclaredFact.objects.filter(household=household, source="cast").delete()
    for member in home.members:
        since = people[member].registered_since or people[member].birth_date
        Membership.objects.create(person=people[member], household=household, since=since)
    if home.income_month is not None:
        income = ("income_month", "number", str(home.income_month))
        _declare(*income, on, household=household)
    for member in home.members:
        DeclaredFact.objects.filter(person=people[member], source="cast").delete()
    for child in home.in_childcare:
        _declare("in_childcare", "boolean", "true", on, person=people[child])


def _declare(
    name: str,
    type_: str,
    value: str,
    at: date,
    *,
    household: Household | None = None,
    person: Person | None = None,
) -> None:
    DeclaredFact.objects.create(
        household=household, person=person, name=name, type=type_, value=value, source="cast", at=at
    )


def _day(given: date | Duration | None, on: date) -> date | None:
    return given.before(on) if isinstance(given, Duration) else given


def _couple(one: Person, other: Person, since: date) -> None:
    Relation.objects.filter(person=one, other=other, kind=Relation.Kind.SPOUSE).delete()
    Relation.objects.create(person=one, other=other, kind=Relation.Kind.SPOUSE, since=since)


def _guardians(child: Person, guardians: list[Person]) -> None:
    Guardianship.objects.filter(child=child).delete()
    for guardian in guardians:
        Guardianship.objects.create(
            child=child,
            guardian=guardian,
            since=child.birth_date,
            until=years_after(child.birth_date, 18),
        )


def _roles(person: Person, given: CastPerson) -> None:
    if not given.roles:
        return
    number = person.identity_number
    account = ensure_account(
        kind="coordination" if is_coordination(number) else "personal",
        identifier=number,
        name=f"{given.given_name} {given.surname}",
        person=person.id,
    )
    for held in given.roles:
        grant_role(account, held.role, held.board, by="demonstration")
