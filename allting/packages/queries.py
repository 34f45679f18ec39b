"""Reads: the edition in force and older ones."""

from dataclasses import dataclass
from datetime import datetime

from allting.packages.editions import Edition, shelf
from allting.packages.models import PackageVersion


@dataclass(frozen=True, slots=True)
class Published:
    """One published edition in a list of them."""

    id: int
    number: int
    version: str
    at: datetime
    by: str
    why: str


def current() -> Edition:
    """The newest published edition, from memory.

    A newer one, published by whichever process, is taken up within a second.
    Raises NothingPublished on an empty instance.
    """
    return shelf.current()


def edition(id: int) -> Edition:
    """The edition with this id, from memory when it was used lately. Raises NoSuchEdition."""
    return shelf.edition(id)


def published_editions(most: int = 50) -> list[Published]:
    """What has been published, the newest first: when, by whom and why, but not what."""
    found = PackageVersion.objects.order_by("-number")
    rows = found.values_list("id", "number", "version", "published_at", "by", "why")
    return [Published(*row) for row in rows[:most]]


def newest_number() -> int | None:
    """The number of the edition in force, whether or not it can be read; None if there is none."""
    return PackageVersion.objects.order_by("-number").values_list("number", flat=True).first()


def forget_editions() -> None:
    """Hold no edition in memory: for tests, whose database is rolled back under our feet."""
    shelf.forget()
