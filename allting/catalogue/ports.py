"""What the catalogue needs from elsewhere; `config/wiring.py` fills it."""

from collections.abc import Callable, Collection

NameTest = Callable[[Collection[str]], set[str]]
"""Which of these words, in small letters, are names of people in the register."""


def _all_of_them(words: Collection[str]) -> set[str]:
    """Who cannot tell names from other words keeps none."""
    return set(words)


class Ports:
    """Filled when the house opens."""

    names_among: NameTest = staticmethod(_all_of_them)


def names_from(test: NameTest) -> None:
    """Tell names of people by `test`."""
    Ports.names_among = staticmethod(test)
