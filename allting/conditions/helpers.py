"""The helpers a condition may call: what each takes, gives and means."""

from collections.abc import Mapping
from dataclasses import dataclass

from allting.conditions.facts import FactType

DATE, NUMBER = FactType.DATE, FactType.NUMBER


@dataclass(frozen=True, slots=True)
class Helper:
    """A helper with a fixed list of arguments; unknown as soon as one of them is."""

    name: str
    takes: tuple[tuple[str, FactType], ...]
    gives: FactType
    says: Mapping[str, str]

    @property
    def signature(self) -> str:
        """How it is written: `add_days(day, n)`."""
        return f"{self.name}({', '.join(name for name, _ in self.takes)})"


KINDS = {"day": DATE, "start": DATE, "end": DATE}


def _helper(signature: str, gives: FactType, sv: str, en: str) -> Helper:
    name, _, rest = signature.rstrip(")").partition("(")
    takes = tuple((each, KINDS.get(each, NUMBER)) for each in rest.split(", "))
    return Helper(name, takes, gives, {"sv": sv, "en": en})


_ALL = (
    _helper("age(day)", NUMBER, "hela år från dagen till as_of", "whole years until as_of"),
    _helper("age_months(day)", NUMBER, "hela månader till as_of", "whole months until as_of"),
    _helper("years_between(start, end)", NUMBER, "hela år emellan", "whole years between"),
    _helper("months_between(start, end)", NUMBER, "hela månader emellan", "whole months between"),
    _helper("days_between(start, end)", NUMBER, "dagar emellan", "days between"),
    _helper("add_days(day, n)", DATE, "n dagar senare", "n days later"),
    _helper(
        "add_months(day, n)",
        DATE,
        "n månader senare, högst månadens sista dag",
        "n months later, at most the month's last day",
    ),
    _helper(
        "add_years(day, n)",
        DATE,
        "n år senare, högst månadens sista dag",
        "n years later, at most the month's last day",
    ),
    _helper("year(day)", NUMBER, "året", "the year"),
    _helper("month(day)", NUMBER, "månaden, 1 till 12", "the month, 1 to 12"),
    _helper("day(day)", NUMBER, "dagen i månaden", "the day of the month"),
    _helper(
        "make_date(y, m, d)",
        DATE,
        "datumet; okänt om dagen inte finns",
        "the date; unknown when there is no such day",
    ),
    _helper("abs(number)", NUMBER, "utan tecken", "without its sign"),
    _helper("floor(number)", NUMBER, "nedåt till ett heltal", "down to a whole number"),
    _helper("ceil(number)", NUMBER, "uppåt till ett heltal", "up to a whole number"),
    _helper(
        "round(number, decimals)",
        NUMBER,
        "närmaste, halva bort från noll; decimals kan utelämnas",
        "nearest, halves away from zero; decimals may be left out",
    ),
)
HELPERS = {each.name: each for each in _ALL}

SEVERAL: Mapping[str, Mapping[str, str]] = {
    "coalesce": {"sv": "det första som är känt", "en": "the first that is known"},
    "least": {
        "sv": "det minsta; okänt om något är okänt",
        "en": "the smallest; unknown when one of them is",
    },
    "greatest": {
        "sv": "det största; okänt om något är okänt",
        "en": "the largest; unknown when one of them is",
    },
}
"""Helpers that take two or more values of one type."""

ELSEWHERE = {
    "ceiling": "write ceil(number)",
    "current_date": "the day for which it is asked is as_of",
    "today": "the day for which it is asked is as_of",
    "now": "the day for which it is asked is as_of",
    "getdate": "the day for which it is asked is as_of",
    "date_diff": "write days_between(start, end)",
    "datediff": "write days_between(start, end)",
    "date_add": "write add_days(day, n)",
    "dateadd": "write add_days(day, n)",
    "date_part": "write year(day), month(day) or day(day)",
    "if": "write case when … then … else … end",
    "iif": "write case when … then … else … end",
    "nvl": "write coalesce(a, b)",
    "ifnull": "write coalesce(a, b)",
    "isnull": "write … is null",
    "nullif": "write case when … then … else … end",
    "max": "write greatest(a, b)",
    "min": "write least(a, b)",
    "lower": "compare with the text as it is written",
    "upper": "compare with the text as it is written",
    "mod": "write floor(a / b) * b and subtract",
    "pow": "multiply the value with itself",
    "power": "multiply the value with itself",
    "date": "write make_date(year, month, day) or date '2026-08-17'",
    "to_date": "write make_date(year, month, day) or date '2026-08-17'",
}
"""What people know from elsewhere, and what it is called here."""
