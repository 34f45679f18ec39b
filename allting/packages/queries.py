"""Reads: the edition in force and older ones."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from allting.packages.editions import Edition, shelf
from allting.packages.keeping import forget_folders
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
    way: str = "files"  # files, desk (edited there), or again (an older one's content)
    base: int | None = None
    keeps_files: bool = False


def current() -> Edition:
    """The newest published edition, from memory.

    A newer one, published by whichever process, is taken up within a second.
    Raises NothingPublished on an empty instance.
    """
    return shelf.current()


def edition(id: int) -> Edition:
    """The edition with this id, from memory when it was used lately. Raises NoSuchEdition."""
    return shelf.edition(id)


_COLUMNS = ("id", "number", "version", "published_at", "by", "why", "way", "base", "folders")


def published_editions(most: int = 50, before: int | None = None) -> list[Published]:
    """What has been published, the newest first: when, by whom and why, but not what."""
    found = PackageVersion.objects.order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    return [_published(row) for row in found.values_list(*_COLUMNS)[:most]]


def published_edition(number: int) -> Published | None:
    """One of them, by its number."""
    row = PackageVersion.objects.filter(number=number).values_list(*_COLUMNS).first()
    return _published(row) if row else None


def _published(row: tuple[Any, ...]) -> Published:
    *told, folders = row
    return replace(Published(*told), keeps_files=bool(folders))


def newest_number() -> int | None:
    """The number of the edition in force, whether or not it can be read; None if there is none."""
    return PackageVersion.objects.order_by("-number").values_list("number", flat=True).first()


def forget_editions() -> None:
    """Hold no edition in memory: for tests, whose database is rolled back under our feet."""
    shelf.forget()
    forget_folders()
