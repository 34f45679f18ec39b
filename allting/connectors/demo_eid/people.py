"""Whom one can sign in as; `config/wiring.py` says where they come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone to sign in as. `says` tells in a few words who this is, per language."""

    identity_number: str
    given_name: str
    family_name: str
    says: Mapping[str, str] = field(default_factory=dict)
    employee: bool = False

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}"


def _none(query: str) -> Sequence[DemoPerson]:
    return ()


class People:
    """Filled by the wiring: finds people by name or number; with an empty query, the cast."""

    find: Callable[[str], Sequence[DemoPerson]] = staticmethod(_none)


def person_with(number: str) -> DemoPerson | None:
    """The person with exactly this identity number."""
    return next((p for p in People.find(number) if p.identity_number == number), None)
