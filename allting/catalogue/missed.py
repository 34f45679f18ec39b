"""Searches that found nothing: told to editors, and nothing kept that could tell who searched.

What looks like a person is never kept: `keepable.py`, and names of people in the register. The rest
is kept as a digest, and as it was typed only when at least `ENOUGH` different sittings have typed
it in one week. A sitting is one browser in one week: who looks for the same every day is still one.
It is told from others by a mark that holds for these words and this week alone, and goes after it;
so do words that too few have typed.
"""

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import DatabaseError
from django.utils.crypto import salted_hmac

from allting.catalogue.keepable import could_be_names, keepable, tidy
from allting.catalogue.models import Missed, MissedMark
from allting.catalogue.ports import Ports
from allting.kernel.api import today, write

log = logging.getLogger(__name__)
ENOUGH = 5
SHOWN = 100
PAUSE = 60.0  # seconds between writes
MOST_GATHERED = 200  # different words between writes; more is somebody's program
MOST_OF_ONE = 20  # and from one sitting
MOST_KEPT = 20_000
KEPT_FOR = timedelta(days=90)
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
        self._asked: Counter[str] = Counter()
        self._written = time.monotonic()

    def add(self, language: str, words: str, sitting: str) -> None:
        """Note that a sitting found nothing; whoever comes after the pause writes it all."""
        words = tidy(words)
        if not keepable(words):
            return
        typed, day = (language, words), today()
        mark = salted_hmac("catalogue.missed", f"{_week(day)}|{typed}|{sitting}").hexdigest()[:16]
        with self._lock:
            self._asked[sitting] += 1
            room = typed in self._marks or len(self._marks) < MOST_GATHERED
            if room and self._asked[sitting] <= MOST_OF_ONE:
                self._marks[typed].add(mark)
            if time.monotonic() - self._written < PAUSE:
                return
        self.write(day)

    def write(self, day: date) -> None:
        """Write what has gathered."""
        with self._lock:
            marks, self._marks = self._marks, defaultdict(set)
            self._asked.clear()
            self._written = time.monotonic()
        try:
            keep(marks, day)
        except DatabaseError:
            # nobody's search shall fail because a count could not be written
            log.exception("searches that found nothing were not written")


gathered = Gathered()


def keep(marks: Mapping[Typed, set[str]], day: date) -> None:
    """Count the sittings that are not counted yet; words with somebody's name are left out."""
    parts = {part for typed in marks for part in could_be_names(*typed)}
    names = Ports.names_among(parts) if parts else set()
    with write():
        room = MOST_KEPT - Missed.objects.count()
        for (language, words), found in sorted(marks.items()):
            if names.isdisjoint(could_be_names(language, words)):
                room -= _count(language, words, found, day, may_begin=room > 0)


def _count(language: str, words: str, marks: set[str], day: date, *, may_begin: bool) -> bool:
    """Count one search; whether it is a new one."""
    digest = salted_hmac("catalogue.missed.words", words, algorithm="sha256").hexdigest()
    row = Missed.objects.filter(language=language, digest=digest).first()
    begun = row is None and may_begin
    if begun:
        row = Missed.objects.create(language=language, digest=digest, first=day, last=day)
    if row is None:
        return False
    counted = set(row.marks.values_list("mark", flat=True).filter(day=_week(day)))
    fresh = [MissedMark(missed=row, mark=mark, day=_week(day)) for mark in sorted(marks - counted)]
    MissedMark.objects.bulk_create(fresh)
    row.sittings += len(fresh)
    row.last = day
    if not row.words and len(counted | marks) >= ENOUGH and _names_nobody(language, words):
        row.words = words
    row.save()
    return begun


def _names_nobody(language: str, words: str) -> bool:
    """The last look before words are shown: not a part of anybody's name either."""
    return not Ports.names_among(set(could_be_names(language, words)), within=True)


def _week(day: date) -> date:
    """The Monday that a day's week began with."""
    return day - timedelta(days=day.weekday())


def misses() -> list[Miss]:
    """What enough sittings have looked for in vain, the most first."""
    rows = Missed.objects.exclude(words="").order_by("-sittings", "-last", "words")[:SHOWN]
    return [Miss(it.language, it.words, it.sittings, it.first, it.last) for it in rows]


def misses_by_few() -> int:
    """How many other searches found nothing, of which no words are kept."""
    return Missed.objects.filter(words="").count()


def weed(day: date) -> None:
    """Forget marks of weeks that are gone, what too few typed, and what nobody types any more."""
    with write():
        MissedMark.objects.filter(day__lt=_week(day)).delete()
        Missed.objects.filter(last__lt=day - KEPT_FOR).delete()
        Missed.objects.filter(words="", last__lt=_week(day)).delete()
