"""What placements announce, in the transaction in which it happens."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allting.kernel.api import Event


@dataclass(frozen=True)
class RoundSettled(Event):
    """Places of a round are kept for those who were given them: `api.places_in` tells whom."""

    round: UUID


@dataclass(frozen=True)
class PlaceEvent(Event):
    """Something that has happened to one child's place."""

    place: UUID
    service: str
    kind: str
    unit: str
    subject: UUID
    start: date
    source: str


@dataclass(frozen=True)
class PlaceOffered(PlaceEvent):
    """A seat is kept outside any round: by a person at the desk."""


@dataclass(frozen=True)
class PlaceTaken(PlaceEvent):
    """The seat is the child's."""


@dataclass(frozen=True)
class PlaceDeclined(PlaceEvent):
    """The family said no; the seat is free."""


@dataclass(frozen=True)
class PlaceReleased(PlaceEvent):
    """The offer ended by itself; the seat is free."""


@dataclass(frozen=True)
class SeatEnded(Event):
    """A child has no place of this kind any more, from a day on."""

    kind: str
    subject: UUID
    on: date
