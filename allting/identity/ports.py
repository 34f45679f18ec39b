"""What identity needs from the rooms above; `config/wiring.py` fills it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import httpx2


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person whom the register knows by their number."""

    person: UUID
    name: str


class PersonFinder(Protocol):
    """Finds the register's person for a personal identity or coordination number."""

    def __call__(self, identity_number: str) -> FoundPerson | None:
        """The person with this number (twelve digits), or None."""


def _nobody(identity_number: str) -> FoundPerson | None:
    raise RuntimeError("no PersonFinder is wired; see config/wiring.py")


class Ports:
    """Where the wiring puts what fills each port."""

    find_person: PersonFinder = staticmethod(_nobody)
    # another way to reach the OpenID provider than the network: a demonstration in one process
    # would otherwise wait for itself, with every thread waiting for one more
    transport: httpx2.BaseTransport | None = None
