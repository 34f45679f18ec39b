"""How long cases take, as it has been: what was decided each day, counted, so that the figure costs
as much as has happened since the last count and never a look at every case."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Sum

from allting.cases.definitions import PROCESS
from allting.cases.models import Decision, Length
from allting.kernel.api import SWEDEN, write
from allting.packages.api import Definition

FEWEST = 10  # below this somebody's own case could be told from the figure, and chance rules it
MONTHS = 6
WINDOW = timedelta(days=184)
KEPT = 2 * WINDOW


@dataclass(frozen=True, slots=True)
class Measured:
    """What the cases of a service took: half of them at most `days`, and nine of ten `most`."""

    days: int
    most: int
    number: int
    since: date


def count_lengths(definition: Definition, as_of: date) -> int:
    """Count what has been decided since the last count, the last day anew; how many days were.

    Done again it comes to the same. What is older than anybody asks for is forgotten.
    """
    last = Length.objects.order_by("-day").values_list("day", flat=True).first()
    since = max(last or as_of - WINDOW, as_of - WINDOW)
    found = Counter(_decided(definition, since, as_of))
    with write():
        Length.objects.filter(day__gte=since).delete()
        Length.objects.filter(day__lt=as_of - KEPT).delete()
        Length.objects.bulk_create(
            Length(service=service, day=day, days=days, number=number)
            for (service, day, days), number in sorted(found.items())
        )
    return (as_of - since).days + 1


def _decided(definition: Definition, since: date, until: date) -> Iterator[tuple[str, date, int]]:
    start = datetime.combine(since, time(), tzinfo=SWEDEN)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=SWEDEN)
    for service in definition.ids(PROCESS):  # each walks its own piece of an index
        rows = Decision.objects.filter(service=service, at__gte=start, at__lt=end)
        for at, received in rows.values_list("at", "case__received_at"):
            day = at.astimezone(SWEDEN).date()
            yield service, day, (day - received.astimezone(SWEDEN).date()).days


def measured_lengths(as_of: date) -> Mapping[str, Measured]:
    """What cases have taken in the last months, by service; only where enough were decided."""
    first = as_of - WINDOW
    rows = (
        Length.objects.filter(day__gte=first, day__lte=as_of)
        .values_list("service", "days")
        .annotate(total=Sum("number"))
        .order_by("service", "days")
    )
    by_service: dict[str, list[tuple[int, int]]] = {}
    for service, days, total in rows:
        by_service.setdefault(service, []).append((days, total))
    found = {id: _measured(counts, first) for id, counts in by_service.items()}
    return {id: it for id, it in found.items() if it.number >= FEWEST}


def _measured(counts: list[tuple[int, int]], since: date) -> Measured:
    number = sum(total for _, total in counts)
    return Measured(within(counts, 5, number), within(counts, 9, number), number, since)


def within(counts: list[tuple[int, int]], tenths: int, number: int) -> int:
    """The fewest days in which so many tenths were decided; `counts` are (days, how many).

    >>> within([(0, 5), (10, 4), (90, 1)], 5, 10), within([(0, 5), (10, 4), (90, 1)], 9, 10)
    (0, 10)
    """
    reached = 0
    for days, total in counts:
        reached += total
        if 10 * reached >= tenths * number:
            return days
    return 0
