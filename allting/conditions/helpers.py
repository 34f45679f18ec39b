"""The helpers a condition may call: what each takes, gives and means."""

from dataclasses import dataclass

from allting.conditions.facts import FactType

DATE, NUMBER = FactType.DATE, FactType.NUMBER


@dataclass(frozen=True, slots=True)
class Helper:
    """A helper with a fixed list of arguments; unknown as soon as one of them is."""

    name: str
    takes: tuple[tuple[str, FactType], ...]
    gives: FactType
    says: str

    @property
    def signature(self) -> str:
        """How it is written: `add_days(day, n)`."""
        return f"{self.name}({', '.join(name for name, _ in self.takes)})"


def _helper(signature: str, gives: FactType, says: str, types: str) -> Helper:
    name, _, rest = signature.rstrip(")").partition("(")
    kinds = {"d": DATE, "n": NUMBER}
    takes = tuple((each, kinds[kind]) for each, kind in zip(rest.split(", "), types, strict=True))
    return Helper(name, takes, gives, says)


HELPERS = {
    each.name: each
    for each in (
        _helper("age(day)", NUMBER, "whole years from the day to as_of", "d"),
        _helper("age_months(day)", NUMBER, "whole months from the day to as_of", "d"),
        _helper("years_between(start, end)", NUMBER, "whole years", "dd"),
        _helper("months_between(start, end)", NUMBER, "whole months", "dd"),
        _helper("days_between(start, end)", NUMBER, "days", "dd"),
        _helper("add_days(day, n)", DATE, "n days later", "dn"),
        _helper("add_months(day, n)", DATE, "n months later, at most the month's last day", "dn"),
        _helper("add_years(day, n)", DATE, "n years later, at most the month's last day", "dn"),
        _helper("year(day)", NUMBER, "the year", "d"),
        _helper("month(day)", NUMBER, "the month, 1 to 12", "d"),
        _helper("day(day)", NUMBER, "the day of the month", "d"),
        _helper("make_date(year, month, day)", DATE, "unknown when there is no such day", "nnn"),
        _helper("abs(number)", NUMBER, "without its sign", "n"),
        _helper("floor(number)", NUMBER, "down to a whole number", "n"),
        _helper("ceil(number)", NUMBER, "up to a whole number", "n"),
        _helper(
            "round(number, decimals)", NUMBER, "half away from zero; decimals may be left out", "nn"
        ),
    )
}

SEVERAL = {
    "coalesce": "the first that is known",
    "least": "the smallest; unknown when one of them is",
    "greatest": "the largest; unknown when one of them is",
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
