"""Days as the law counts them (SFS 1930:173 § 1), alike for one person and for everyone."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from allting.conditions import dates
from allting.conditions.api import FactType, Vocabulary, bind, columns, compute, table

EDGES = [
    date(year, month, 1) + timedelta(days=shift)
    for year in (1900, 1999, 2000, 2023, 2024)
    for month in (1, 2, 3, 5, 12)
    for shift in (-2, -1, 0, 1)
]
WORDS = Vocabulary.of(d="date", e="date", n="number")


def test_whole_months_are_the_most_that_can_be_added() -> None:
    for start, end in product(EDGES, EDGES):
        count = dates.months_between(start, end)
        reached, beyond = dates.add_months(start, count), dates.add_months(start, count + 1)
        assert reached is not None
        assert beyond is not None
        assert reached <= end < beyond


def test_whole_years_are_the_most_that_can_be_added() -> None:
    for start, end in product(EDGES, EDGES):
        count = dates.years_between(start, end)
        reached, beyond = dates.add_years(start, count), dates.add_years(start, count + 1)
        assert reached is not None
        assert beyond is not None
        assert reached <= end < beyond


@pytest.mark.parametrize(
    "text",
    [
        "months_between(d, e)",
        "years_between(d, e)",
        "days_between(d, e)",
        "age(d)",
        "age_months(d)",
    ],
)
def test_spans_in_columns_at_every_edge(text: str) -> None:
    bound = bind(text, WORDS, expects=FactType.NUMBER)
    pairs = [{"d": start, "e": end} for start, end in product(EDGES, EDGES)]
    crowd = table({"d": FactType.DATE, "e": FactType.DATE}, pairs)
    for as_of in (date(2025, 2, 28), date(2024, 2, 29), date(2026, 11, 1)):
        together = columns({"found": bound}, crowd, as_of=as_of)["found"].to_list()
        assert together == [compute(bound, pair, as_of=as_of).value for pair in pairs]


@pytest.mark.parametrize("text", ["add_months(d, n)", "add_years(d, n)", "add_days(d, n)"])
def test_moves_in_columns_at_every_edge(text: str) -> None:
    bound = bind(text, WORDS, expects=FactType.DATE)
    counts = [Decimal(each) for each in ("-13", "-1", "0", "1", "12", "0.5", "9000000000")]
    rows = [{"d": day, "n": count} for day in (*EDGES, date.min, date.max) for count in counts]
    crowd = table({"d": FactType.DATE, "n": FactType.NUMBER}, rows)
    together = columns({"found": bound}, crowd, as_of=date.max)["found"].to_list()
    assert together == [compute(bound, row, as_of=date.max).value for row in rows]


def test_days_that_exist_and_that_do_not_in_columns() -> None:
    years = [Decimal(each) for each in ("-1", "0", "1", "1900", "2024", "2026", "9999", "10000")]
    grid = product(years, range(1, 14), (1, 28, 29, 30, 31, 32))
    words = Vocabulary.of(y="number", m="number", d="number")
    bound = bind("make_date(y, m, d)", words, expects=FactType.DATE)
    rows = [{"y": y, "m": Decimal(m), "d": Decimal(d)} for y, m, d in grid]
    crowd = table(dict.fromkeys("ymd", FactType.NUMBER), rows)
    together = columns({"found": bound}, crowd, as_of=date.max)["found"].to_list()
    assert together == [compute(bound, row, as_of=date.max).value for row in rows]


@pytest.mark.parametrize(
    ("text", "as_of", "expected"),
    [
        ("age(date '2024-02-29')", date(2025, 2, 27), 0),
        ("age(date '2024-02-29')", date(2025, 2, 28), 1),
        ("age(date '2024-02-29')", date(2028, 2, 28), 3),
        ("age(date '2024-02-29')", date(2028, 2, 29), 4),
        ("age(date '2025-12-24')", date(2026, 12, 24), 1),
        ("age(date '2027-01-01')", date(2026, 12, 24), -1),
        ("age_months(date '2026-01-31')", date(2026, 2, 28), 1),
        ("age_months(date '2026-01-30')", date(2026, 2, 27), 0),
        ("age_months(date '2026-02-28')", date(2026, 3, 27), 0),
        ("age_months(date '2026-02-28')", date(2026, 3, 28), 1),
    ],
)
def test_ages(text: str, as_of: date, expected: int) -> None:
    bound = bind(text, WORDS, expects=FactType.NUMBER)
    assert compute(bound, {}, as_of=as_of).value == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add_months(date '2026-01-31', 1)", date(2026, 2, 28)),
        ("add_months(date '2026-03-31', -1)", date(2026, 2, 28)),
        ("add_months(date '2024-01-30', 1)", date(2024, 2, 29)),
        ("add_years(date '2024-02-29', 1)", date(2025, 2, 28)),
        ("add_years(date '2024-02-29', 4)", date(2028, 2, 29)),
        ("add_days(date '9999-12-31', 1)", None),
        ("add_months(date '0001-01-01', -1)", None),
        ("add_days(date '2026-01-01', 0.5)", None),
        ("make_date(2026, 2, 29)", None),
        ("make_date(2024, 2, 29)", date(2024, 2, 29)),
        ("make_date(10000, 1, 1)", None),
        ("make_date(2026, 1.5, 1)", None),
    ],
)
def test_moves(text: str, expected: date | None) -> None:
    found = compute(bind(text, WORDS, expects=FactType.DATE), {}, as_of=date(2026, 1, 1))
    assert (found.value, found.missing) == (expected, ())
