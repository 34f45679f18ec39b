"""What this room announces."""

from dataclasses import dataclass

from allting.kernel.api import Event


@dataclass(frozen=True)
class EditionPublished(Event):
    """A package was published as a new edition."""

    edition_id: int
    number: int
    package: str
    content_hash: str
