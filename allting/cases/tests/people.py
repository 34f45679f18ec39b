"""The cast: a family who apply, those who work with the case, and those who must not see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from allting.cases.models import Case
from allting.forms.api import FormSubmitted
from allting.forms.models import Draft, Submission
from allting.identity.api import Actor
from allting.identity.testing import signed_in_client
from allting.kernel.api import announce, new_id, write
from allting.packages.api import current
from allting.register.testing import Family, actor, family, person

E = TypeVar("E", bound=Exception)
MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
ANSWERS = {"start": "2027-01-11", "unit": ["solrosen", "blaklockan"]}


@dataclass(frozen=True)
class People:
    """Everyone of the stories, signed in."""

    family: Family
    mother: Actor  # applies for Nils
    father: Actor  # Nils's other guardian
    stranger: Actor
    worker: Actor  # administrator of the education board
    chief: Actor  # decides for the education board
    builder: Actor  # both roles, but for the building board


def people(**of_the_baby: str) -> People:
    """The cast; `of_the_baby` changes the child, such as protection="mark"."""
    home = family(**of_the_baby)
    anna = person("Anna", date(1980, 2, 2), surname="Handläggare")
    bo = person("Bo", date(1970, 3, 3), sex="m", surname="Chef")
    carl = person("Carl", date(1975, 4, 4), sex="m", surname="Bygg")
    return People(
        family=home,
        mother=actor(home.mother),
        father=actor(home.father),
        stranger=actor(home.stranger),
        worker=actor(anna, ("administrator", "education")),
        chief=actor(bo, ("decision-maker", "education")),
        builder=actor(carl, ("administrator", "building"), ("decision-maker", "building")),
    )


def submitted(
    who: People,
    service: str = "preschool-place",
    answers: dict[str, Any] | None = None,
    *,
    at: datetime = MORNING,
    submission: UUID | None = None,
    language: str = "sv",
) -> FormSubmitted:
    """The event of the mother's submission."""
    child = who.family.baby.id if service == "preschool-place" else who.family.mother.id
    given = {"child": str(child), **ANSWERS} if answers is None else answers
    return FormSubmitted(
        submission=submission or new_id(),
        service=service,
        edition=current().id,
        applicant=who.family.mother.id,
        subject=child,
        answers=given,
        submitted_at=at,
        language=language,
    )


@contextmanager
def refused(why: type[E]) -> Iterator[pytest.ExceptionInfo[E]]:
    """What is inside fails with `why`, and the test's own transaction goes on as before it."""
    with pytest.raises(why) as found, transaction.atomic():
        yield found


def a_case(who: People, **more: Any) -> Case:
    """A case that has just come in."""
    event = submitted(who, **more)
    common = {"service": event.service, "edition": event.edition, "language": event.language}
    draft = Draft.objects.create(
        person=event.applicant,
        created_at=event.submitted_at,
        changed_at=event.submitted_at,
        submitted_at=event.submitted_at,
        **common,
    )
    Submission.objects.create(
        id=event.submission,
        draft=draft,
        applicant=event.applicant,
        subject=event.subject,
        answers=dict(event.answers),
        submitted_at=event.submitted_at,
        **common,
    )
    with write():
        announce(event)
    return Case.objects.get(submission=event.submission)


def client_of(who: Actor) -> Client:
    """A browser in which this person has signed in."""
    assert who.identity_number is not None
    roles = tuple((role.name, role.board) for role in who.roles)
    return signed_in_client(who.identity_number, who.name, person=who.person, roles=roles)[0]
