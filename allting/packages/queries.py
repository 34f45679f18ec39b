"""Reads: the edition in force and older ones."""

from allting.packages.editions import Edition, shelf


def current() -> Edition:
    """The newest published edition, from memory.

    A newer one, published by whichever process, is taken up within a second.
    Raises NothingPublished on an empty instance.
    """
    return shelf.current()


def edition(id: int) -> Edition:
    """The edition with this id, from memory when it was used lately. Raises NoSuchEdition."""
    return shelf.edition(id)


def forget_editions() -> None:
    """Hold no edition in memory: for tests, whose database is rolled back under our feet."""
    shelf.forget()
