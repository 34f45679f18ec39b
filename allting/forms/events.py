"""What forms announces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allting.kernel.api import Event


@dataclass(frozen=True)
class FormSubmitted(Event):
    """Someone has submitted a form. Announced once a submission, in its transaction.

    `answers` are plain JSON by question id; `forms.api.answer_values` makes them into facts.
    `subject` is the child, in a service that concerns one; else the applicant. `context` holds what
    is known beside the answers, by full name: `offer.start` where an offer was accepted. `came_on`:
    the day it came on paper, by phone or in person, where an employee has entered it; times by law
    run from then.
    """

    submission: UUID
    service: str
    edition: int
    applicant: UUID
    subject: UUID
    answers: Mapping[str, Any]
    submitted_at: datetime
    language: str
    context: Mapping[str, Any] = field(default_factory=dict)
    came_on: date | None = None
