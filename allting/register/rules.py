"""What may be shown, and the small sums about people. Pure: no database, no clock."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

PRIVATE = frozenset({"address", "postcode", "municipality_code", "moved_in", "email", "phone"})
"""What is withheld about a protected person: where they are and how to reach them."""

TOLD_OF_PROTECTED = frozenset({"birth_date", "civil_status", "protected", "died", "school_year"})
"""What of the register may be kept elsewhere about someone who has come to be protected."""

AUTUMN = 8
"""The month from which the autumn term is counted, unless a package says otherwise."""


def is_adult(birth_date: date, as_of: date) -> bool:
    """Whether someone born on this day is of age.

    >>> born = date(2008, 11, 2)
    >>> is_adult(born, date(2026, 11, 1)), is_adult(born, date(2026, 11, 2))
    (False, True)
    """
    return years_after(birth_date, 18) <= as_of


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 1 March where there is none.

    >>> years_after(date(2008, 2, 29), 18)
    datetime.date(2026, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February where there is no 29th.

    >>> years_before(date(2024, 2, 29), 13)
    datetime.date(2011, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def of_age_until(as_of: date) -> date:
    """The last day on which someone may be born to be of age on `as_of`.

    >>> of_age_until(date(2026, 11, 1)), of_age_until(date(2024, 2, 29))
    (datetime.date(2008, 11, 1), datetime.date(2006, 2, 28))
    """
    year = as_of.year - 18
    return as_of.replace(year=year, day=min(as_of.day, monthrange(year, as_of.month)[1]))


def school_year(birth_year: int, as_of: date, autumn: int = AUTUMN) -> int:
    """Which year at school the children born in a year are in; it begins in the month `autumn`.

    0 is the year that begins the autumn they turn six, 9 the last of compulsory school; it is
    below 0 before school and above 9 after.

    >>> school_year(2020, date(2026, 7, 31)), school_year(2020, date(2026, 8, 1))
    (-1, 0)
    """
    begun = as_of.year if as_of.month >= autumn else as_of.year - 1
    return begun - birth_year - 6


def last_changed(history: Iterable[tuple[date, object]]) -> date | None:
    """The day when a value last became another than the one before; the first is no change.

    >>> last_changed([(date(2025, 1, 1), 5), (date(2026, 1, 1), 7), (date(2026, 5, 1), 7)])
    datetime.date(2026, 1, 1)
    """
    changed: date | None = None
    before: object = None
    for at, value in history:
        if before is not None and value != before:
            changed = at
        before = value
    return changed


def one_line(street: str, postcode: str, city: str) -> str | None:
    """An address on one line, or None if it is not known.

    >>> one_line("Storgatan 1", "999 01", "Solvik")
    'Storgatan 1, 999 01 Solvik'
    """
    place = " ".join(part for part in (postcode, city) if part)
    return ", ".join(part for part in (street, place) if part) or None


def child_order(subject: date, others: Iterable[date]) -> int:
    """The subject's place among the household's children in childcare; the youngest is 1.

    >>> child_order(date(2022, 5, 1), [date(2025, 1, 1), date(2019, 3, 3)])
    2
    """
    return 1 + sum(1 for born in others if born > subject)


def as_number(text: str | None) -> int | Decimal | None:
    """A declared number, exactly.

    >>> as_number("52000"), as_number("61560.50"), as_number(None)
    (52000, Decimal('61560.50'), None)
    """
    if text is None:
        return None
    return int(text) if text.isdecimal() else Decimal(text)
