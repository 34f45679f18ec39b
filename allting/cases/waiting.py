"""Applications that wait for a decision, for rooms above that give out what is applied for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allting.cases.models import Case
from allting.forms.api import Submission

AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Application:
    """An open case and what was applied for. Whoever asks guards it."""

    number: str
    edition: int
    applicant: UUID
    subject: UUID
    received_at: datetime
    answers: Mapping[str, Any]


def applications(service: str) -> Iterator[Application]:
    """The open cases of a service, the first that came first."""
    open_ = Case.objects.filter(service=service, open=True).order_by("id")
    last = 0
    while some := list(open_.filter(id__gt=last)[:AT_A_TIME]):
        last = some[-1].id
        told = Submission.objects.filter(id__in=[case.submission for case in some])
        answers = dict(told.values_list("id", "answers"))
        for case in some:
            yield Application(
                case.number,
                case.edition,
                case.applicant,
                case.subject,
                case.received_at,
                answers.get(case.submission, {}),
            )
