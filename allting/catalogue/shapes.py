"""Texts of a set form, and what to say to the person who wrote another."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from allting.packages.api import fault
from allting.ui.api import worded


def _of(pattern: str, what: str, expected: str) -> tuple[BeforeValidator, WithJsonSchema]:
    form = re.compile(pattern)

    def check(value: Any) -> str:
        if isinstance(value, str) and form.fullmatch(value) and len(value) <= 500:
            return value
        number = isinstance(value, int | float) and not isinstance(value, bool)
        raise fault(
            worded("'{value}' is not {what}", value=value, what=what),
            expected=expected,
            mend=worded('put it in quotes: "{value}"', value=value) if number else None,
        )

    return BeforeValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


_DAY = "(mon|tue|wed|thu|fri|sat|sun)"

Phone = Annotated[
    str,
    *_of(
        r"\+?[0-9][0-9 ()-]{1,24}",
        worded("a telephone number"),
        worded('digits and spaces in quotes, as in "+46 10 555 00 00"'),
    ),
]
Email = Annotated[
    str,
    *_of(
        r"[^@\s]+@[^@\s]+\.[^@\s]+",
        worded("an email address"),
        worded("an address as in name@solvik.se"),
    ),
]
Web = Annotated[
    str,
    *_of(
        r"https?://[^\s<>\"]+",
        worded("an address on the web"),
        worded("the whole address, as in https://www.solvik.se/forskola"),
    ),
]
Clock = Annotated[
    str,
    *_of(
        r"([01][0-9]|2[0-3]):[0-5][0-9]",
        worded("a time of day"),
        worded('hours and minutes, as in "08:30"'),
    ),
]
Days = Annotated[
    str,
    *_of(
        f"{_DAY}(-{_DAY})?",
        worded("days of the week"),
        worded("mon, tue, wed, thu, fri, sat, sun or mon-fri"),
    ),
]
SeriesName = Annotated[
    str,
    *_of(
        "[A-ZÅÄÖ]{2,8}",
        worded("a prefix of case numbers"),
        worded("two to eight capital letters, as in BUN"),
    ),
]
_MINUTES = re.compile(r"([1-9][0-9]{0,3}) ?(minutes?|hours?)")


def _minutes(value: Any) -> int:
    found = _MINUTES.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise fault(
            worded("'{value}' is not a short time", value=value),
            expected=worded("such as 30 minutes or 1 hour"),
        )
    return int(found.group(1)) * (60 if found.group(2).startswith("hour") else 1)


Minutes = Annotated[
    int,
    BeforeValidator(_minutes),
    WithJsonSchema({"type": "string", "pattern": f"^{_MINUTES.pattern}$"}),
]
"""A time within a day, `30 minutes`, as a number of minutes."""
OrganisationNumber = Annotated[
    str,
    *_of(
        r"\d{6}-\d{4}",
        worded("an organisation number"),
        worded('ten digits in quotes, as in "212000-0000"'),
    ),
]
DrawingName = Annotated[
    str,
    *_of(
        r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.svg",
        worded("the name of a drawing"),
        worded("the name of an SVG file beside this one, as in arms.svg"),
    ),
]
ActName = Annotated[
    str,
    *_of(
        "[A-ZÅÄÖ][A-Za-zÅÄÖåäö-]{1,19}",
        worded("the short name of an act"),
        worded("letters that begin with a capital, as in SkolL"),
    ),
]
