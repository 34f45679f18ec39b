"""A day told by another: `4 months before` the event, `1 week after` it, `on the day`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from allting.packages.api import Duration, fault, parse_duration, spelt

ON_THE_DAY = "on the day"
BEFORE, AFTER = " before", " after"
# every way that months, leap days and year ends can fall
SAMPLES = (
    *(date(2027, month, day) for month in range(1, 13) for day in (1, 28)),
    *(date(2028, month, day) for month in range(1, 13) for day in (1, 28)),
    *(date(2028, 2, 29), date(2027, 3, 31), date(2027, 12, 31)),
)


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before an event, after it, or on its day."""

    length: Duration | None = None
    before: bool = False

    def day(self, event: date) -> date:
        """The day meant, for an event on this day.

        >>> read_offset("4 months before").day(date(2027, 6, 12))
        datetime.date(2027, 2, 12)
        >>> read_offset("on the day").day(date(2027, 6, 12))
        datetime.date(2027, 6, 12)
        """
        if self.length is None:
            return event
        return self.length.before(event) if self.before else self.length.after(event)

    def __str__(self) -> str:
        if self.length is None:
            return ON_THE_DAY
        return f"{self.length}{BEFORE if self.before else AFTER}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return spelt(Offset, read_offset, _unreadable)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^(on the day|[P0-9].*[A-Za-z] (before|after))$",
            "examples": ["4 months before", "1 week after", ON_THE_DAY],
        }


def read_offset(source: str) -> Offset:
    """Read `4 months before`; raises the fault that says what is wrong."""
    words = source.strip()
    if words == ON_THE_DAY:
        return Offset()
    for ending in (BEFORE, AFTER):
        if words.endswith(ending):
            return Offset(parse_duration(words.removesuffix(ending)), before=ending == BEFORE)
    raise _unreadable(source)


def never(first: Offset, last: Offset) -> bool:
    """Whether the first day comes after the last, whenever the event is.

    >>> never(read_offset("1 week before"), read_offset("1 month before"))
    True
    """
    return all(first.day(event) > last.day(event) for event in SAMPLES)


def _unreadable(source: object) -> Exception:
    return fault(
        f"'{source}' is not a day told by the event",
        expected="a length of time and 'before' or 'after', as in '4 months before', "
        "or 'on the day'",
        mend="write for example '1 week after'",
    )
