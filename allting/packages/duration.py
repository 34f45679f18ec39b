"""Lengths of time as people and statutes say them: `10 weeks`, `P4M`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.units import format_unit
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from allting.packages.problems import did_you_mean
from allting.packages.spelt import spelt
from allting.packages.trouble import fault, said
from allting.ui.api import worded

UNITS = ("years", "months", "weeks", "days")
_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_PLAIN = re.compile(r"(\d+) *([a-z]+)")
_LONGEST = 100 * 366  # days; keeps every date that comes of it within the calendar


@dataclass(frozen=True, slots=True)
class Duration:
    """Years, months, weeks and days; never negative and never nothing at all."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """The day that lies this long after `start`; a month later never leaves the month.

        >>> parse_duration("1 month").after(date(2026, 1, 31))
        datetime.date(2026, 2, 28)
        """
        return self._moved(start, 1)

    def before(self, end: date) -> date:
        """The day that lies this long before `end`.

        >>> parse_duration("10 weeks").before(date(2026, 12, 24))
        datetime.date(2026, 10, 15)
        """
        return self._moved(end, -1)

    def _moved(self, start: date, sign: int) -> date:
        month = start.year * 12 + start.month - 1 + sign * (self.years * 12 + self.months)
        year, month = divmod(month, 12)
        last = calendar.monthrange(year, month + 1)[1]
        moved = date(year, month + 1, min(start.day, last))
        return moved + timedelta(days=sign * (self.weeks * 7 + self.days))

    @property
    def iso(self) -> str:
        """As ISO 8601: `P10W`."""
        amounts = zip((self.years, self.months, self.weeks, self.days), "YMWD", strict=True)
        return "P" + "".join(f"{amount}{letter}" for amount, letter in amounts if amount)

    def __str__(self) -> str:
        return self.iso

    def words(self, language: str) -> str:
        """As a person says it.

        >>> parse_duration("10 weeks").words("sv")
        '10 veckor'
        """
        amounts = zip(UNITS, (self.years, self.months, self.weeks, self.days), strict=True)
        said = [_said(amount, unit, language) for unit, amount in amounts if amount]
        return ", ".join(said)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return spelt(Duration, parse_duration, _unreadable)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        plain = r"\d+ *(year|month|week|day)s?"
        iso = r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?"
        return {
            "type": "string",
            "pattern": f"^({iso}|{plain}(,? (and )?{plain})*)$",
            "examples": ["10 weeks", "P10W"],
        }


def _said(amount: int, unit: str, language: str) -> str:
    if (
        unit == "days" and language == "sv"
    ):  # the tables say "dygn", which nobody does of a deadline
        return f"{amount} {'dag' if amount == 1 else 'dagar'}"
    return str(format_unit(amount, f"duration-{unit[:-1]}", length="long", locale=language))


def parse_duration(source: str) -> Duration:
    """Read `10 weeks`, `1 year 6 months` or `P10W`; raises the fault that says what is wrong.

    >>> parse_duration("P1Y6M") == parse_duration("1 year and 6 months")
    True
    """
    iso = _ISO.fullmatch(source)
    if iso and any(iso.groups()):
        return _made([int(amount or 0) for amount in iso.groups()], source)
    amounts = dict.fromkeys(UNITS, 0)
    for amount, unit in _pairs(source):
        if amounts[unit]:
            raise _unreadable(source)
        amounts[unit] = amount
    return _made(list(amounts.values()), source)


def _pairs(source: str) -> list[tuple[int, str]]:
    parts = re.split(r",? +and +|, *| +(?=\d)", source.strip())
    found = [_PLAIN.fullmatch(part) for part in parts]
    pairs = [(m.group(1), m.group(2)) for m in found if m]
    if not pairs or len(pairs) != len(parts):
        raise _unreadable(source)
    return [(int(amount[:6]), _unit(unit, source)) for amount, unit in pairs]


def _unit(word: str, source: str) -> str:
    for unit in UNITS:
        if word in (unit, unit[:-1]):
            return unit
    meant = did_you_mean(word, UNITS)
    raise fault(
        worded("'{word}' in '{source}' is not a unit of time", word=word, source=source),
        expected=worded("years, months, weeks or days, as in '10 weeks'"),
        mend=meant,
    )


def _made(amounts: list[int], source: str) -> Duration:
    if not any(amounts):
        raise fault(
            worded("'{source}' is no time at all", source=source),
            expected=worded("a length of at least one day"),
            mend=worded("write for example '1 day', or take the key away"),
        )
    years, months, weeks, days = amounts
    if years * 366 + months * 31 + weeks * 7 + days > _LONGEST:
        raise fault(
            worded("'{source}' is too long", source=source), expected=worded("at most 100 years")
        )
    return Duration(*amounts)


def _unreadable(source: object) -> Exception:
    return fault(
        worded("{value} is not a length of time", value=said(source)),
        expected=worded(
            "a number and a unit, as in '10 weeks' or '1 year 6 months', or ISO 8601 (P10W)"
        ),
        mend=worded("write for example '10 weeks'"),
    )
