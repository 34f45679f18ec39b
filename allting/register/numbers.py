"""Swedish identity numbers: twelve digits, a check digit, and the official test series.

A number is an identifier, nothing more. Its day may be a nearby day and its `-` becomes `+` the
year someone turns 100, so twelve digits are stored and legal age comes from the birth date.

**Numbers that hit nobody.** What the Tax Agency has reserved for tests is read off its published
lists (41,129 personal and 2,264 coordination numbers):
- personal identity numbers with birth number 238 (women) or 239 (men), any day from 1976
  (from 2014 one of the two is published for each day);
- coordination numbers (day + 60) with birth number 238 or 239, any day.
Before 1976 the reserved personal numbers are scattered and few, and 980-999 is no refuge: 93-99
went to people who moved to Sweden before 1990. So a made-up person born earlier has a number of
the coordination series. Where both are full around a day, the number gets the century 17: the
law knows 18, 19 and 20, and nobody born in the 1700s lived to be given a number in 1947.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from personnummer import personnummer

OFFICIAL_FROM = 1976
NEARBY = 31  # days around the birth date where a free number is looked for
_SERIAL = {"f": "238", "m": "239"}
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def is_number(text: str) -> bool:
    """Whether `text` is twelve digits that form a valid personal or coordination number.

    >>> is_number("198501139995"), is_number("850113-9995"), is_number("198501139996")
    (True, False, False)
    """
    if not (len(text) == 12 and text.isdecimal() and text.isascii()):
        return False
    if (
        _in_calendar(text[:6], text[6:8]) and text[8:11] != "000"
    ):  # as the library, ten times faster
        return with_check_digit(text[:11]) == text
    return personnummer.valid(text) or _loose_coordination_number(text)


@lru_cache(maxsize=200_000)
def _in_calendar(month: str, day: str) -> bool:
    """Whether there is such a day, counted from 60 or not."""
    try:
        date(int(month[:4]), int(month[4:]), int(day) % 60)
    except ValueError:
        return False
    return int(day) < 92


def _loose_coordination_number(text: str) -> bool:
    """A coordination number whose day is in no calendar: the library refuses it.

    The Tax Agency gives them: month 00 or day 60 where the birth date is not known, and its test
    list has days such as 31 April.
    """
    plausible = int(text[4:6]) <= 12 and 60 <= int(text[6:8]) <= 91 and text[8:11] != "000"
    return plausible and with_check_digit(text[:11]) == text


def must_be_a_number(text: str) -> None:
    """Raise ValidationError unless `text` is a valid number of twelve digits."""
    if not is_number(text):
        raise ValidationError(
            f"'{text}' is no identity number: twelve digits with a right check digit are expected, "
            "such as 198501139995"
        )


def is_coordination(number: str) -> bool:
    """Whether it is a coordination number: the day is counted from 60."""
    return int(number[6:8]) >= 60


def with_check_digit(eleven: str) -> str:
    """The twelve digits that begin with these eleven (modulus 10 over the last nine).

    >>> with_check_digit("19850113999")
    '198501139995'
    """
    plain = sum(map(int, eleven[3::2]))
    doubled = sum(map(_DOUBLED.__getitem__, map(int, eleven[2::2])))
    return eleven + str(-(plain + doubled) % 10)


class TestNumbers:
    """Gives each made-up person a number of their own from the test series."""

    __test__ = False  # no test class, whatever its name suggests to pytest

    def __init__(self, taken: Container[str] = (), listed: Iterable[str] = ()) -> None:
        """`taken` are never given; `listed`, where there are any near the day, come first."""
        self._taken = taken
        self._used: set[tuple[Series, date, str]] = set()
        self._listed: dict[tuple[date, str], list[str]] = defaultdict(list)
        self._given: set[str] = set()
        self._spent: dict[tuple[date, str], int] = {}  # series found empty around a day
        for number in listed:
            if (day := _day_of(number)) is not None:
                self._listed[day, "m" if int(number[10]) % 2 else "f"].append(number)

    def give(self, birth_date: date, sex: str) -> str:
        """A free number whose day is the birth date, or near it as the Tax Agency does.

        >>> numbers = TestNumbers()
        >>> numbers.give(date(1985, 1, 13), "m"), numbers.give(date(1985, 1, 13), "m")
        ('198501132396', '198501122397')
        """
        first = self._spent.get((birth_date, sex), -1 if self._listed else 0)
        for place in range(first, len(_SERIES)):
            number = self._near(place, birth_date, sex)
            if number is not None:
                self._given.add(number)
                return number
            self._spent[birth_date, sex] = place + 1
        raise ValueError(f"the test series have no number left around {birth_date}")

    def _near(self, place: int, birth_date: date, sex: str) -> str | None:
        for step in _STEPS:
            day = birth_date + timedelta(step)
            number = (
                self._listed_on(day, sex) if place < 0 else self._next(_SERIES[place], day, sex)
            )
            if number is not None:
                return number
        return None

    def _listed_on(self, day: date, sex: str) -> str | None:
        numbers = self._listed.get((day, sex))
        while numbers:
            if self._free(number := numbers.pop()):
                return number
        return None

    def _next(self, series: "Series", day: date, sex: str) -> str | None:
        if (series, day, sex) in self._used:
            return None
        self._used.add((series, day, sex))
        number = series(day, sex)
        return number if number is not None and self._free(number) else None

    def _free(self, number: str) -> bool:
        return number not in self._given and number not in self._taken


def _day_of(number: str) -> date | None:
    try:
        return date(int(number[:4]), int(number[4:6]), int(number[6:8]))
    except ValueError:
        return None  # a coordination number


def _personal(day: date, sex: str) -> str | None:
    if day.year < OFFICIAL_FROM:
        return None
    return with_check_digit(f"{day:%Y%m%d}{_SERIAL[sex]}")


def _coordination(day: date, sex: str) -> str | None:
    return with_check_digit(f"{day.year}{day.month:02}{day.day + 60}{_SERIAL[sex]}")


def _impossible(serial: int) -> "Series":
    def number(day: date, sex: str) -> str | None:
        if (day.month, day.day) == (2, 29):  # 1700 had no leap day
            return None
        return with_check_digit(f"17{day:%y%m%d}{serial + (sex == 'm')}")

    return number


Series = Callable[[date, str], str | None]
_SERIES: list[Series] = [_personal, _coordination, *(_impossible(n) for n in range(980, 1000, 2))]
_STEPS = sorted(range(-NEARBY, NEARBY + 1), key=lambda step: (abs(step), step))
