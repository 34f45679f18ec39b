"""What cases announce, in the transaction that did it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allting.kernel.api import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    """A case has been made of a submission."""

    case: int
    number: str
    service: str
    board: str
    applicant: UUID
    subject: UUID
    submission: UUID
    at: datetime


@dataclass(frozen=True)
class CaseMoved(Event):
    """Something has been done in a case."""

    case: int
    number: str
    move: str
    from_stage: str
    to_stage: str
    at: datetime


@dataclass(frozen=True)
class DecisionAnnulled(Event):
    """The decision of a case counts no more: a court has annulled it, or the board has withdrawn
    it. What it gave is given back."""

    case: int
    number: str
    at: datetime


@dataclass(frozen=True)
class CaseDecided(Event):
    """A case has been decided. `produces` are the kinds of evidence that the decision is."""

    case: int
    number: str
    service: str
    applicant: UUID
    subject: UUID
    outcome: str
    values: Mapping[str, Any]
    produces: tuple[str, ...]
    automatic: bool
    at: datetime
