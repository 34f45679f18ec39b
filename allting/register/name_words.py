"""Telling names from other words, so that nobody's name is kept by accident."""

from collections.abc import Collection

from allting.register.models import Person


def names_among(words: Collection[str]) -> set[str]:
    """Which of these words, in small letters, somebody in the register is called."""
    written = {form for word in words for form in (word, word.capitalize(), word.title())}
    found: set[str] = set()
    for name in ("given_name", "surname"):
        there = Person.objects.filter(**{f"{name}__in": written}).values_list(name, flat=True)
        found |= {it.lower() for it in there.distinct()}
    return found & set(words)
