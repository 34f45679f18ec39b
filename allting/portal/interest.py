"""What others look for: how often each service's page is looked at, and nothing about by whom.

Looks are counted in memory and written now and then, so that a page costs no write.
"""

import logging
import threading
import time
from collections import Counter
from datetime import date, timedelta

from django.db import DatabaseError
from django.db.models import F, Sum

from allting.kernel.api import today, write
from allting.portal.models import Interest

log = logging.getLogger(__name__)
PAUSE = 60.0  # seconds between writes
WINDOW = timedelta(days=30)
SHOWN = 12


class Tally:
    """Looks that are not yet written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looks: Counter[str] = Counter()
        self._written = time.monotonic()

    def add(self, service: str) -> None:
        """Count a look; whoever comes when the pause is over writes what has gathered."""
        with self._lock:
            self._looks[service] += 1
            if time.monotonic() - self._written < PAUSE:
                return
            looks, self._looks = self._looks, Counter()
            self._written = time.monotonic()
        try:
            keep(looks, today())
        except DatabaseError:
            # nobody's page shall fail because a count could not be written: it waits for its turn
            log.exception("looks at services were not written")
            with self._lock:
                self._looks.update(looks)

    def take(self) -> Counter[str]:
        """What is not yet written; it counts as written then."""
        with self._lock:
            looks, self._looks = self._looks, Counter()
            self._written = time.monotonic()
        return looks


tally = Tally()


def keep(looks: Counter[str], day: date) -> None:
    """Write counted looks."""
    with write():
        for service, count in sorted(looks.items()):
            row, new = Interest.objects.get_or_create(
                service=service, day=day, defaults={"looks": count}
            )
            if not new:
                Interest.objects.filter(id=row.id).update(looks=F("looks") + count)


def popular(day: date) -> tuple[str, ...]:
    """The services most looked at lately, the most first."""
    found = (
        Interest.objects.filter(day__gt=day - WINDOW)
        .values("service")
        .annotate(total=Sum("looks"))
        .order_by("-total", "service")
    )
    return tuple(row["service"] for row in found[:SHOWN])
