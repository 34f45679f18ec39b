"""Dates, numbers and money as people in Sweden write them, in the language of the page."""

from datetime import date as Date
from datetime import datetime as DateTime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

SWEDEN = ZoneInfo("Europe/Stockholm")
NBSP = "\u00a0"
# English pages of a Swedish authority keep the day before the month and the 24-hour clock
LOCALES = {"en": "en_GB"}
DAY = {"fi": "d. MMMM y"}  # elsewhere without the point
CLOCK = {"fi": "H.mm"}
BEFORE_THE_CLOCK = {"sv": " kl. ", "fi": " klo "}


def date(language: str, value: Date | str | None) -> str:
    """The day in words; takes a date, a moment or ISO text; nothing gives nothing.

    >>> date("sv", "2026-06-05"), date("en", "2026-06-05"), date("fi", "2026-06-05")
    ('5 juni 2026', '5 June 2026', '5. kesäkuuta 2026')
    """
    return "" if value is None or value == "" else _date(language, _day(value))


def month(language: str, value: Date | None) -> str:
    """The month and the year, where the day is nobody's business.

    >>> [month(language, Date(2025, 5, 20)) for language in ("sv", "en", "fi")]
    ['maj 2025', 'May 2025', 'toukokuu 2025']
    """
    return "" if value is None else format_date(value, "LLLL y", locale=_locale(language))


def short_date(language: str, value: Date | str | None) -> str:
    """The day as it stands in a table.

    >>> short_date("sv", "2026-06-05"), short_date("en", "2026-06-05")
    ('5 juni', '5 Jun')
    """
    return "" if value is None or value == "" else _short_date(language, _day(value))


def datetime(language: str, value: DateTime | None) -> str:
    """The day and the clock in Sweden.

    >>> from datetime import UTC
    >>> datetime("sv", DateTime(2026, 6, 5, 12, 0, tzinfo=UTC))
    '5 juni 2026 kl. 14:00'
    """
    if value is None:
        return ""
    there = value.astimezone(SWEDEN)
    joint = BEFORE_THE_CLOCK.get(language, ", ")
    clock = format_time(there.time(), CLOCK.get(language, "HH:mm"), locale=_locale(language))
    return f"{_date(language, there.date())}{joint}{clock}"


def clock(language: str, value: str) -> str:
    """A time of day as the language writes it.

    >>> clock("sv", "08:00"), clock("fi", "08:00")
    ('08:00', '8.00')
    """
    return value.removeprefix("0").replace(":", ".") if language == "fi" else value


def number(language: str, value: Any) -> str:
    r"""A number with its thousands apart.

    >>> number("sv", 12000), number("en", Decimal("0.5"))
    ('12\xa0000', '0.5')
    """
    return "" if value is None else _number(language, Decimal(str(value)))


def money(language: str, value: Any) -> str:
    r"""Swedish kronor; öre only where there are any. Takes a number or the kernel's Money.

    >>> money("sv", 12000), money("en", 12000), money("sv", "12.5")
    ('12\xa0000\xa0kr', 'SEK\xa012,000', '12,50\xa0kr')
    """
    if value is None:
        return ""
    return _money(language, Decimal(str(getattr(value, "amount", value))))


def _day(value: Date | str) -> Date:
    if isinstance(value, str):
        return Date.fromisoformat(value[:10])
    if isinstance(value, DateTime):
        return value.astimezone(SWEDEN).date()
    return value


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES.get(language, language))


# Babel takes about 50 µs a piece; a page shows the same days and sums again and again
@lru_cache(maxsize=8192)
def _date(language: str, value: Date) -> str:
    return format_date(value, DAY.get(language, "d MMMM y"), locale=_locale(language))


@lru_cache(maxsize=4096)
def _short_date(language: str, value: Date) -> str:
    noon = DateTime(value.year, value.month, value.day, 12, tzinfo=SWEDEN)
    return format_skeleton("MMMd", noon, locale=_locale(language))


@lru_cache(maxsize=8192)
def _number(language: str, value: Decimal) -> str:
    return format_decimal(value, locale=_locale(language), decimal_quantization=False)


@lru_cache(maxsize=8192)
def _money(language: str, value: Decimal) -> str:
    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    amount = format_decimal(value, pattern, locale=_locale(language))
    return f"SEK{NBSP}{amount}" if language == "en" else f"{amount}{NBSP}kr"
