"""Lengths of time as people write them in Swedish, and as the package language has them."""

import re

# the package language's word, then what it is in Swedish: one, several
WORDS = {
    "day": ("dag", "dagar"),
    "week": ("vecka", "veckor"),
    "month": ("månad", "månader"),
    "year": ("år", "år"),
}
_SWEDISH = {word: english for english, both in WORDS.items() for word in both}
_PART = re.compile(r"(\d{1,4}) ([a-zåäö]+)")


def as_written(text: str) -> str:
    """What was filled in, in the words of the package language; what is no length stays as it is.

    >>> as_written("1 år 6 månader"), as_written("10 weeks"), as_written("snart")
    ('1 year 6 months', '10 weeks', 'snart')
    """
    return _PART.sub(_to_english, text.strip().lower()) if is_length(text) else text.strip()


def as_told(text: str, language: str) -> str:
    """A length for a reader of `language`.

    >>> as_told("6 weeks", "sv"), as_told("6 weeks", "en"), as_told("1 month", "sv")
    ('6 veckor', '6 weeks', '1 månad')
    """
    return _PART.sub(_to_swedish, text) if language == "sv" and is_length(text) else text


def is_length(text: str) -> bool:
    """Whether it is a length of time in words, Swedish or the package language's."""
    parts, rest = _PART.findall(text.lower()), _PART.sub("", text.lower())
    return bool(parts) and not rest.strip() and all(map(_known, parts))


def _known(part: tuple[str, str]) -> bool:
    return part[1] in _SWEDISH or part[1].removesuffix("s") in WORDS


def _to_english(part: re.Match[str]) -> str:
    number, word = part.groups()
    english = _SWEDISH.get(word, word.removesuffix("s"))
    return f"{number} {english}{'' if number == '1' else 's'}"


def _to_swedish(part: re.Match[str]) -> str:
    number, word = part.groups()
    one, more = WORDS[word.removesuffix("s")] if word not in _SWEDISH else (word, word)
    return f"{number} {one if number == '1' else more}"
