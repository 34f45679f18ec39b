"""What placements need from others; `config/wiring.py` fills it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked for: everyone who waits for a place of `service` from the day `start`.

    `names` are the facts by which the priorities order them, as conditions name them.
    """

    service: str
    edition: int
    start: date
    as_of: date
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Applicant:
    """A child who waits for a place. Without wishes it is placed near home, unasked."""

    subject: UUID
    wishes: tuple[str, ...] = ()
    since: date | None = None  # when the wish came
    source: str = ""  # the case or situation that it comes from
    values: Mapping[str, Any] = field(default_factory=dict)


Applicants = Callable[[Asked], Iterable[Applicant]]
Homes = Callable[[Collection[UUID]], Mapping[UUID, tuple[float, float]]]


def _nobody(asked: Asked) -> Iterable[Applicant]:
    return ()


def _nowhere(people: Collection[UUID]) -> Mapping[UUID, tuple[float, float]]:
    return {}


class Ports:
    """Where the wiring puts what fills each port."""

    applicants: Applicants = staticmethod(_nobody)
    homes: Homes = staticmethod(_nowhere)


def applicants_from(source: Applicants) -> None:
    """Who says who waits for a place."""
    Ports.applicants = staticmethod(source)


def homes_from(source: Homes) -> None:
    """Who says where people live: latitude and longitude, of those who are known and not hidden."""
    Ports.homes = staticmethod(source)
