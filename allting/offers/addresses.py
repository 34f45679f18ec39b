"""The addresses of offers, quicker than looking them up and tested to be the same."""

from typing import Any


def offer_at(language: str, offer: Any) -> str:
    """An offer, for whoever it is made to, signed in."""
    return f"/{language}/my/offers/{offer}/"


def offers_at(language: str) -> str:
    """All of one's offers, and which kinds one does not want."""
    return f"/{language}/my/offers/"


def link_at(token: str) -> str:
    """An offer, for whoever holds the link."""
    return f"/o/{token}"
