"""What the desk's pages of offers share."""

from datetime import date
from typing import Any

from allting.identity.api import Request
from allting.kernel.api import today
from allting.ui.api import later, translator


def day_asked(request: Request) -> tuple[date, str]:
    """The day in the address, today without one; and what is wrong with it, in words."""
    parts = [request.GET.get(f"day_{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return today(), ""
    try:
        return date(*(int(part) for part in parts)), ""
    except (ValueError, OverflowError):
        return today(), translator(request.language)(later("Write a day, for example 2027 1 11"))


def day_query(day: date) -> str:
    """The same day in an address; nothing for today."""
    if day == today():
        return ""
    return f"day_year={day.year}&day_month={day.month}&day_day={day.day}"


def number_in(request: Request, name: str) -> int:
    """A number in the address; 0 for anything else."""
    written = request.GET.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 7 else 0


def steps(page: int, more: bool, query: str) -> dict[str, Any]:
    """The links to the next page and the one before."""
    tail = f"&{query}" if query else ""
    return {
        "next": f"?page={page + 1}{tail}" if more else None,
        "previous": f"?page={page - 1}{tail}" if page else None,
    }
