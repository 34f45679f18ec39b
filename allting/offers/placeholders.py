"""The words in braces in texts of an offer: which there are, and filling them in."""

import re
from collections.abc import Callable, Iterator

from allting.offers.parts import Situation

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
LINK, CLOSES, UNIT, START = "link", "closes", "unit", "start"
OF_A_LETTER = (
    "because",
    "service",
    "subject.name",
    "addressee.name",
    "board.name",
    "board.phone",
    "board.email",
    "municipality.name",
)


def used_in(source: str) -> Iterator[tuple[int, str]]:
    """Every placeholder, with the place of its first character inside the braces.

    >>> list(used_in("Open until {closes}"))
    [(12, 'closes')]
    """
    return ((found.start(1), found[1]) for found in _PLACEHOLDER.finditer(source))


def fill(source: str, value: Callable[[str], str]) -> str:
    """The text with every placeholder replaced by its value."""
    return _PLACEHOLDER.sub(lambda found: value(found[1]), source)


def in_a_text(situation: Situation) -> list[str]:
    """What a text message may hold: nothing about anyone."""
    return [LINK, *of_the_offer(situation)]


def of_the_offer(situation: Situation) -> list[str]:
    """What is known of the offer itself."""
    return [CLOSES, UNIT, START] if situation.place else [CLOSES]


def in_a_letter(situation: Situation) -> list[str]:
    """What the letter in the inbox may hold beside facts, where one has signed in."""
    return [*of_the_offer(situation), *OF_A_LETTER]
