"""For tests: an offer made to the family, told, with the links that were sent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.db import transaction

from allting.kernel.api import work_off
from allting.offers.making import Came, make
from allting.offers.models import Offer
from allting.offers.plan import Planned, planned_of
from allting.packages.api import Edition
from allting.register.models import Person
from allting.register.testing import Family, guard, home, person

E = TypeVar("E", bound=Exception)
DAY = date(2026, 11, 2)


def situation(edition: Edition, key: str = "preschool/soon-one") -> Planned:
    """A situation of the town."""
    return planned_of(edition)[key]


def made(edition: Edition, person: UUID, key: str = "preschool/soon-one") -> Offer:
    """An offer made and told."""
    came = make(edition, situation(edition, key), person, as_of=DAY)
    assert came is Came.MADE, came
    work_off()
    return Offer.objects.latest("made_at", "id")


def to_family(edition: Edition, people: Family) -> Offer:
    """The offer of a place for the youngest, told to both guardians."""
    return made(edition, people.baby.id)


@contextmanager
def refused(why: type[E]) -> Iterator[pytest.ExceptionInfo[E]]:
    """What is inside fails with `why`, and the test's own transaction goes on as before it."""
    with pytest.raises(why) as found, transaction.atomic():
        yield found


def families(number: int, **child: str) -> list[Person]:
    """So many children of one year and a half, each with a parent who has no protection."""
    children = []
    for n in range(number):
        parent = person(f"P{n}", date(1990, 1, 1), postcode=child.get("postcode", "999 01"))
        small = person(f"C{n}", date(2025, 6, 1), **child)
        home(parent, small)
        guard(small, parent)
        children.append(small)
    return children


def link_in(mail: Any) -> str:
    """The key in the link of a mail."""
    text = mail.get_body(("plain",)).get_content()
    found = re.search(r"/o/([\w-]+)", text)
    assert found, text
    return found[1]
