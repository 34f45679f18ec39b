"""What a condition costs: `python -m bench.conditions`. No database, no server.

For one person through closures and through columns, and twenty conditions for a million people.
"""

import time
from datetime import date

import numpy as np

from allting.conditions.api import (
    FactType,
    Shape,
    Vocabulary,
    bind,
    columns,
    compute,
    decide,
    holds,
    table,
)
from allting.conditions.many_dates import days
from allting.conditions.tables import Table
from bench.table import print_rows

DAY = date(2026, 11, 1)
KINDS = {
    "birth_date": FactType.DATE,
    "municipality_code": FactType.TEXT,
    "protected": FactType.BOOLEAN,
    "household.income_month": FactType.NUMBER,
    "household.child_order": FactType.NUMBER,
}
WORDS = Vocabulary.of(
    **{name.replace(".", "__"): kind for name, kind in KINDS.items()},
    parameters__municipality_code="text",
)
HERE = {"parameters.municipality_code": "2599"}
PERSON = {
    "birth_date": date(2024, 2, 29),
    "municipality_code": "2599",
    "protected": False,
    "household.income_month": 52000,
    "household.child_order": 1,
}
CONDITION = "municipality_code = here and age_months(birth_date) >= 12 and not protected"
FEE = (
    "round(greatest(least(household.income_month, 61560) - 10000, 0) * case"
    " when household.child_order = 1 then 0.03 when household.child_order = 2 then 0.02"
    " else 0.01 end)"
)


def each(times: int, work: object) -> float:
    """Seconds for one, the best of three rounds."""
    rounds = []
    for _ in range(3):
        started = time.perf_counter()
        for _ in range(times):
            work()  # type: ignore[operator]
        rounds.append((time.perf_counter() - started) / times)
    return min(rounds)


def crowd(size: int) -> Table:
    """People who differ, without families."""
    number = np.arange(size, dtype=np.int64)
    codes = tuple(str(code) for code in range(2400, 2700))
    born = (days(date(1926, 1, 1)) + number * 7919 % 36_500).astype(np.int32)
    first = days(date(1926, 1, 1))
    income, order = number * 31 % 90_000, number % 4 + 1
    return Table(
        {
            "municipality_code": (
                Shape(FactType.TEXT, 0, 299, words=codes),
                (number % 300).astype(np.uint16),
            ),
            "birth_date": (Shape(FactType.DATE, first, first + 36_499), born),
            "protected": (Shape(FactType.BOOLEAN, 0, 1), number % 997 == 0),
            "household.income_month": (
                Shape(FactType.NUMBER, 0, 89_999),
                income.astype(np.int32),
            ),
            "household.child_order": (Shape(FactType.NUMBER, 1, 4), order.astype(np.int8)),
        },
        size,
    )


def main(size: int = 1_000_000) -> None:
    """Print the figures as a table."""
    condition = bind(CONDITION, WORDS)
    fee = bind(FEE, WORDS, expects=FactType.NUMBER)
    person, alone = PERSON | HERE, table(KINDS, [PERSON])
    rules = {
        f"rule-{age}": bind(f"{CONDITION} and age(birth_date) > {age}", WORDS) for age in range(20)
    }
    everyone = crowd(size)
    quick = each(20_000, lambda: decide(condition, person, as_of=DAY))
    slow = each(100, lambda: columns({"it": condition}, alone, as_of=DAY, constants=HERE))
    many = each(3, lambda: holds(rules, everyone, as_of=DAY, constants=HERE))
    full = each(3, lambda: columns(rules, everyone, as_of=DAY, constants=HERE))
    fees = each(1, lambda: columns({"fee": fee}, everyone, as_of=DAY))
    one_fee = each(20_000, lambda: compute(fee, person, as_of=DAY))
    bound = each(100, lambda: bind(CONDITION, WORDS))
    rows = (
        ("bind a condition", f"{bound * 1e6:,.0f} µs"),
        ("decide for one person, with reasons", f"{quick * 1e6:.1f} µs"),
        ("compute a fee for one person", f"{one_fee * 1e6:.1f} µs"),
        (
            f"one person through columns, {slow / quick:.0f} times a decision",
            f"{slow * 1e6:,.0f} µs",
        ),
        (f"{len(rules)} conditions, {size:,} people: who is a yes", f"{many:.3f} s"),
        ("the same, and who is unknown", f"{full:.3f} s"),
        (f"a fee in kronor, {size:,} people", f"{fees:.3f} s"),
    )
    print_rows(("conditions", "time"), rows)


if __name__ == "__main__":
    main()
