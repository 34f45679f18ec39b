"""Telling names from other words, so that nobody's name is kept by accident."""

import re
from collections.abc import Collection

from django.db.models import Q

from allting.register.models import Person

NAMES = ("given_name", "surname")
BETWEEN = re.compile(r"[\s'’-]+")


def names_among(words: Collection[str], *, within: bool = False) -> set[str]:
    """Which of these words, in small letters, somebody in the register is called.

    Whole names are looked up. `within` finds one name of several too (Anna Maria, Berg-Lind); it
    reads the register through, so it is for a few words that are asked about seldom.
    """
    written = {form for word in words for form in (word, word.capitalize(), word.title())}
    found: set[str] = set()
    for name in NAMES:
        there = Person.objects.filter(**{f"{name}__in": written}).values_list(name, flat=True)
        found |= {it.lower() for it in there.distinct()}
    if within:
        found |= _parts(written)
    return found & set(words)


def _parts(written: Collection[str]) -> set[str]:
    found: set[str] = set()
    for name in NAMES:
        some = Q()
        for word in written:
            some |= Q(**{f"{name}__contains": word})
        there = Person.objects.filter(some).values_list(name, flat=True).distinct()
        found |= {part.lower() for it in there for part in BETWEEN.split(it)}
    return found
