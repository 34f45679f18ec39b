"""Whom one can sign in as in a demonstration. Anywhere else these functions refuse.

As in life: nobody below thirteen has an e-ID, and below eighteen only with the guardians' consent.
So small children are never offered, and adults come before youths.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, QuerySet, Value, When

from allting.kernel.api import today
from allting.register.models import Person
from allting.register.rules import years_before

YOUNGEST = 13
OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Someone:
    """A person to sign in as; `says` tells why one might want to, for the cast."""

    id: UUID
    identity_number: str
    given_name: str
    surname: str
    says: Mapping[str, str]
    employee: bool = False


def demonstration_people(query: str = "", *, limit: int = 20) -> Sequence[Someone]:
    """The cast, or with a `query` people by name or the beginning of their number, cast first.

    Among each, adults come first.
    """
    if not settings.DEMO:
        raise PermissionDenied("people can be picked in a demonstration only")
    words = query.split()
    found = _with_an_eid(today())
    if not words:
        return [_someone(p) for p in _rows(found.exclude(castmember=None))]
    for word in words:
        found = found.filter(_matches(word))
    in_cast = found.exclude(castmember=None)
    others = found.filter(castmember=None)
    return [_someone(p) for p in (*_rows(in_cast), *_rows(others)[:limit])]


def _with_an_eid(day: date) -> "QuerySet[Person]":
    grown = When(birth_date__lte=years_before(day, OF_AGE), then=Value(0))
    found = Person.objects.filter(birth_date__lte=years_before(day, YOUNGEST), died=None)
    return found.alias(youth=Case(grown, default=Value(1))).order_by(
        "youth", "castmember__order", "surname", "given_name", "id"
    )


def _matches(word: str) -> Q:
    digits = word.replace("-", "").replace("+", "")
    if digits.isdecimal():
        return Q(identity_number__startswith=digits) | Q(identity_number__endswith=digits)
    return Q(given_name__istartswith=word) | Q(surname__istartswith=word)


_Row = tuple[UUID, str, str, str, Mapping[str, str] | None, bool | None]


def _rows(found: "QuerySet[Person]") -> "QuerySet[Person, _Row]":
    return found.values_list(
        "id", "identity_number", "given_name", "surname", "castmember__says", "castmember__employee"
    )


def _someone(row: _Row) -> Someone:
    id_, number, given, surname, says, employee = row
    return Someone(id_, number, given, surname, says or {}, bool(employee))
