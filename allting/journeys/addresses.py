"""A plan's answers as they stand in an address."""

from datetime import date
from urllib.parse import urlencode

from allting.journeys.making import Wish

UNKNOWN = "unknown"  # the answer of whoever does not know
YES_NO = {True: "yes", False: "no"}


def query_of(wish: Wish, **more: str) -> str:
    """A wish as it stands in an address."""
    parts = _day_parts("day", wish.day) if wish.day else {}
    for name, value in wish.answers.items():
        if isinstance(value, date):
            parts |= _day_parts(name, value)
        else:
            parts[name] = YES_NO[value] if isinstance(value, bool) else str(value)
    parts |= dict.fromkeys(wish.passed, UNKNOWN)
    if wish.child:
        parts["child"] = str(wish.child)
    return urlencode({**parts, **more})


def _day_parts(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}_year": str(day.year),
        f"{name}_month": str(day.month),
        f"{name}_day": str(day.day),
    }
