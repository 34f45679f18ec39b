"""Reads: the edition in force and older ones."""

from allting.packages.editions import Edition, shelf
from allting.packages.models import PackageVersion


def current() -> Edition:
    """The newest published edition, from memory.

    A newer one, published by whichever process, is taken up within a second.
    Raises NothingPublished on an empty instance.
    """
    return shelf.current()


def edition(id: int) -> Edition:
    """The edition with this id, from memory when it was used lately. Raises NoSuchEdition."""
    return shelf.edition(id)


def newest_number() -> int | None:
    """The number of the edition in force, whether or not it can be read; None if there is none."""
    return PackageVersion.objects.order_by("-number").values_list("number", flat=True).first()


def forget_editions() -> None:
    """Hold no edition in memory: for tests, whose database is rolled back under our feet."""
    shelf.forget()
