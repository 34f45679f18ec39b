"""Searches that found nothing: told to editors, and nothing kept that could tell who searched.

What looks like a person is never kept: numbers, addresses of mail and pages, names of people in the
register, and whatever is longer than a search. The rest is kept as a digest, and as it was typed
only when at least `ENOUGH` different sittings have typed it. A sitting is one browser on one day;
it is told from others by a mark that holds for these words and this day alone, and goes the day
after.
"""

import logging
import re
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import DatabaseError
from django.utils.crypto import salted_hmac

from allting.catalogue.models import Missed, MissedMark
from allting.catalogue.ports import Ports
from allting.kernel.api import today, write

log = logging.getLogger(__name__)
ENOUGH = 5
SHOWN = 100
PAUSE = 60.0  # seconds between writes
MOST_GATHERED = 200  # different words between writes; more is somebody's program
MOST_KEPT = 20_000
LONGEST, MOST_WORDS, MOST_DIGITS = 60, 6, 4
KEPT_FOR = timedelta(days=90)
UNSEEN_FOR = timedelta(days=30)
PERSONAL = re.compile(r"@|://|www\.|[<>{}]")
Typed = tuple[str, str]
"""Language and words."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Words that found nothing, how many sittings typed them, and when first and last."""

    language: str
    words: str
    sittings: int
    first: date
    last: date


class Gathered:
    """What is not yet written; it is written now and then, so that a page costs no write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._marks: dict[Typed, set[str]] = defaultdict(set)
        self._written = time.monotonic()

    def add(self, language: str, words: str, sitting: str) -> None:
        """Note that a sitting found nothing; whoever comes after the pause writes it all."""
        words = " ".join(words.lower().split())
        if not keepable(words):
            return
        typed, day = (language, words), today()
        mark = salted_hmac("catalogue.missed", f"{day}|{typed}|{sitting}").hexdigest()[:16]
        with self._lock:
            if typed in self._marks or len(self._marks) < MOST_GATHERED:
                self._marks[typed].add(mark)
            if time.monotonic() - self._written < PAUSE:
                return
        self.write(day)

    def write(self, day: date) -> None:
        """Write what has gathered."""
        with self._lock:
            marks, self._marks = self._marks, defaultdict(set)
            self._written = time.monotonic()
        try:
            keep(marks, day)
        except DatabaseError:
            # nobody's search shall fail because a count could not be written
            log.exception("searches that found nothing were not written")


gathered = Gathered()


def keepable(words: str) -> bool:
    """Whether words may be kept by their shape: not what a person could be known by.

    >>> keepable("hundrastgård"), keepable("cykel 24 tum")
    (True, True)
    >>> keepable("19900101-1234"), keepable("070 123 45 67"), keepable("maja@example.com")
    (False, False, False)
    """
    return bool(
        words
        and len(words) <= LONGEST
        and len(words.split()) <= MOST_WORDS
        and sum(letter.isdigit() for letter in words) <= MOST_DIGITS
        and not PERSONAL.search(words)
    )


def keep(marks: Mapping[Typed, set[str]], day: date) -> None:
    """Count the sittings that are not counted yet; words with somebody's name are left out."""
    parts = {part for _, words in marks for part in re.findall(r"[\w-]+", words)}
    names = Ports.names_among(parts) if parts else set()
    with write():
        room = MOST_KEPT - Missed.objects.count()
        for (language, words), found in sorted(marks.items()):
            if names.isdisjoint(re.findall(r"[\w-]+", words)) and room > 0:
                _count(language, words, found, day)


def _count(language: str, words: str, marks: set[str], day: date) -> None:
    digest = salted_hmac("catalogue.missed.words", words, algorithm="sha256").hexdigest()
    row, _ = Missed.objects.get_or_create(
        language=language, digest=digest, defaults={"first": day, "last": day}
    )
    counted = set(row.marks.filter(mark__in=marks).values_list("mark", flat=True))
    fresh = [MissedMark(missed=row, mark=mark, day=day) for mark in sorted(marks - counted)]
    MissedMark.objects.bulk_create(fresh)
    row.sittings += len(fresh)
    row.last = day
    if row.sittings >= ENOUGH:
        row.words = words
    row.save()


def misses() -> list[Miss]:
    """What enough sittings have looked for in vain, the most first."""
    rows = Missed.objects.exclude(words="").order_by("-sittings", "-last", "words")[:SHOWN]
    return [Miss(it.language, it.words, it.sittings, it.first, it.last) for it in rows]


def misses_by_few() -> int:
    """How many other searches found nothing, of which no words are kept."""
    return Missed.objects.filter(words="").count()


def weed(day: date) -> None:
    """Forget marks of days that are gone, and words that nobody has typed for long."""
    with write():
        MissedMark.objects.filter(day__lt=day).delete()
        Missed.objects.filter(last__lt=day - KEPT_FOR).delete()
        Missed.objects.filter(words="", last__lt=day - UNSEEN_FOR).delete()
