"""The limits `min` and `max` of a question, for days."""

from datetime import date
from functools import lru_cache

from pydantic import TypeAdapter

from allting.packages.api import Duration

_DURATION: TypeAdapter[Duration] = TypeAdapter(Duration)


@lru_cache(maxsize=512)
def day_limit(limit: object, as_of: date) -> date | None:
    """The day that a limit names: a date, or a length of time from `as_of`.

    >>> day_limit("2027-01-10", date(2026, 11, 1)), day_limit("2 weeks", date(2026, 11, 1))
    (datetime.date(2027, 1, 10), datetime.date(2026, 11, 15))
    """
    if limit is None:
        return None
    try:
        return date.fromisoformat(str(limit))
    except ValueError:
        return _DURATION.validate_python(str(limit)).after(as_of)
