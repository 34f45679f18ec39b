"""What the register announces."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allting.kernel.api import Event


@dataclass(frozen=True)
class FactsDeclared(Event):
    """Facts have been declared or established: their names as conditions name them, not values."""

    applicant: UUID
    subject: UUID
    names: tuple[str, ...]
    source: str  # the number of the case
    at: date


@dataclass(frozen=True)
class ProtectionAppeared(Event):
    """People are protected, or otherwise than before: whoever keeps where they are wipes it now."""

    people: tuple[UUID, ...]
