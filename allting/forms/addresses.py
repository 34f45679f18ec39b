"""The addresses of a draft's pages, quicker than looking them up and tested to be the same."""

from typing import Any


def apply_at(language: str, service: str) -> str:
    """Where an application for a service begins."""
    return f"/{language}/apply/{service}/"


def paper_at(language: str, service: str) -> str:
    """The form of a service to print and fill in by hand."""
    return f"/{language}/apply/{service}/paper/"


def draft_at(language: str, draft: Any, page: str = "") -> str:
    """A page of a draft; without one, the draft itself, which leads to where it was left."""
    return f"/{language}/drafts/{draft}/{page}/" if page else f"/{language}/drafts/{draft}/"


def file_at(language: str, draft: Any, attachment: Any) -> str:
    """An attached file."""
    return f"/{language}/drafts/{draft}/files/{attachment}/"
