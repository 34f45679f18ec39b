"""Whether services have been read through lately: law and prices change, and nobody notices."""

from datetime import date

from allting.catalogue.parts import SERVICE
from allting.kernel.api import today
from allting.packages.api import Definition, Report, cross_check

LATELY = 1  # year


@cross_check
def read_through_lately(definition: Definition, report: Report) -> None:
    """Warn of a service that nobody has read through for a year, as of the day of the check."""
    day = today()
    for id, it in definition.all(SERVICE).items():
        if it.reviewed is None or it.status == "closed" or not is_old(it.reviewed.on, day):
            continue
        report.warning(
            definition.at(SERVICE, id, "reviewed", "on"),
            f"nobody has read this service through since {it.reviewed.on}",
            "a day less than a year back",
            "read it through, law and costs too, and write the day and by whom",
        )


def is_old(on: date, day: date) -> bool:
    """
    >>> [is_old(date(2025, 11, day), date(2026, 11, 23)) for day in (23, 22)]
    [False, True]
    """
    return (on.year + LATELY, on.month, on.day) < (day.year, day.month, day.day)
