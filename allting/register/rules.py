"""What may be shown, and the small sums about people. Pure: no database, no clock."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

PRIVATE = frozenset({"address", "postcode", "municipality_code", "email", "phone"})
"""What is withheld about a protected person: where they are and how to reach them."""


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
