"""Addresses of this room's pages, for other rooms to link to."""

from uuid import UUID

from allting.ui.api import url


def place_at(language: str, place: UUID) -> str:
    """The family's page about one place: why this one, and what stood before the others."""
    return url(language, "placements:place", place=place)


def rounds_at(language: str) -> str:
    """The employees' list of rounds."""
    return url(language, "placements:rounds")
