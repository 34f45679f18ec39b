"""What the catalogue needs from elsewhere; `config/wiring.py` fills it."""

from collections.abc import Collection
from typing import Protocol


class NameTest(Protocol):
    """Which of these words, in small letters, are names of people in the register."""

    def __call__(self, words: Collection[str], *, within: bool = False) -> set[str]:
        """Whole names; `within`, also one name of several."""


def _all_of_them(words: Collection[str], *, within: bool = False) -> set[str]:
    """Who cannot tell names from other words keeps none."""
    return set(words)


class Ports:
    """Filled when the house opens."""

    names_among: NameTest = staticmethod(_all_of_them)


def names_from(test: NameTest) -> None:
    """Tell names of people by `test`."""
    Ports.names_among = staticmethod(test)
