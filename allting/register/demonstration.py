"""Whom one can sign in as in a demonstration. Anywhere else these functions refuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from allting.register.models import Person


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
    """The cast, or with a `query` people by name or the beginning of their number, cast first."""
    if not settings.DEMO:
        raise PermissionDenied("people can be picked in a demonstration only")
    words = query.split()
    found = Person.objects.order_by("castmember__order", "surname", "given_name", "id")
    if not words:
        return [_someone(p) for p in _rows(found.exclude(castmember=None))]
    for word in words:
        found = found.filter(_matches(word))
    in_cast = found.exclude(castmember=None)
    others = found.filter(castmember=None)
    return [_someone(p) for p in (*_rows(in_cast), *_rows(others)[:limit])]


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
