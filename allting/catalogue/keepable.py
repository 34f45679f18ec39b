"""Which searches may be kept at all: those that could not tell of anybody, by their shape.

Numbers, addresses of mail and pages, where somebody lives, what a car is called, and whatever is
longer than a search. Who is named is told by the register; here are the words to ask it about.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

LONGEST, MOST_WORDS, MOST_DIGITS = 60, 6, 4
SHORTEST_NAME = 2
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
PERSONAL = re.compile(
    r"@|://|www\.|[<>{}]"
    r"|\w[.]\w{2,}\b"  # a part of a mail address or a page's
    r"|[(\[]at[)\]]|\bsnabel-?a\b"
    r"|\b[a-z]{3} ?\d\d[\da-z]\b"  # a car
    r"|^(?=.*\d).*(?:gatan|vägen|gränd|stigen|torget|backen|allén)\b"
    r"|^(?=.*\d).*(?:katu|tie|kuja|polku|street|road|lane)\b"
    r"|\b(?:lgh|lägenhet|apt|flat|asunto|as)\b.*\d"
    r"|[^\W\d_]{3,} \d{1,4} ?[a-z]?$"  # a word and a number last: most likely a house's
)
ENDINGS = {
    "fi": ("n", "in", "lla", "llä", "lle", "lta", "ltä", "ssa", "ssä", "sta", "stä", "a", "ä"),
    "": ("s",),
}
"""What may stand after somebody's name."""


def tidy(words: str) -> str:
    """The words as they are compared and kept: one spelling of each letter, single spaces.

    >>> tidy("  Hundrastga\u030ard ")
    'hundrastgård'
    """
    return " ".join(unicodedata.normalize("NFKC", words).lower().split())


def keepable(words: str) -> bool:
    """Whether tidy words may be kept by their shape: not what a person could be known by.

    >>> keepable("hundrastgård"), keepable("cykel 24 tum")
    (True, True)
    >>> keepable("19900101-1234"), keepable("070 123 45 67"), keepable("maja@example.com")
    (False, False, False)
    >>> keepable("storgatan 12 b"), keepable("ekbacka 3"), keepable("abc 123")
    (False, False, False)
    """
    return bool(
        words
        and len(words) <= LONGEST
        and len(words.split()) <= MOST_WORDS
        and sum(letter.isnumeric() for letter in words) <= MOST_DIGITS
        and all(unicodedata.category(letter)[0] != "C" for letter in words)  # nothing unseen
        and not PERSONAL.search(words)
    )


def could_be_names(language: str, words: str) -> Iterator[str]:
    """The words that could be somebody's name: whole, in parts, and without endings."""
    for word in WORD.findall(words):
        for part in {word, *re.split(r"[-'’]", word)}:
            yield part
            for ending in ENDINGS.get(language, ENDINGS[""]):
                if part.endswith(ending) and len(part) - len(ending) >= SHORTEST_NAME:
                    yield part.removesuffix(ending)


def network(address: str) -> str:
    """An address, or the network of one who has a whole one (IPv6).

    >>> network("10.0.0.1"), network("2001:db8::1") == network("2001:db8::2")
    ('10.0.0.1', True)
    """
    with suppress(ValueError):
        known = ip_address(address)
        if isinstance(known, IPv6Address):
            return known.exploded[:19]
    return address
