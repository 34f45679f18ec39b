"""What a condition costs: `python -m bench.conditions`. No database, no server.

For one person through closures and through Polars, and twenty conditions for a million people.
"""

import time
from datetime import date

import polars as pl

from allting.conditions.api import FactType, Vocabulary, bind, columns, compute, decide

DAY = date(2026, 11, 1)
WORDS = Vocabulary.of(
    birth_date="date",
    municipality_code="text",
    protected="boolean",
    household__income_month="number",
    household__child_order="number",
    parameters__municipality_code="text",
)
HERE = {"parameters.municipality_code": "2599"}
PERSON = HERE | {
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


def crowd(size: int) -> pl.LazyFrame:
    number = pl.col("number")
    people = pl.select(number=pl.int_range(size)).select(
        (number % 300 + 2400).cast(pl.String).alias("municipality_code"),
        (pl.date(1926, 1, 1) + pl.duration(days=number * 7919 % 36_500)).alias("birth_date"),
        (number % 997 == 0).alias("protected"),
        (number * 31 % 90_000).alias("household.income_month"),
    )
    return people.lazy()


def main(size: int = 1_000_000) -> None:
    """Print the figures."""
    condition = bind(CONDITION, WORDS)
    fee = bind(FEE, WORDS, expects=FactType.NUMBER)
    alone = pl.DataFrame([PERSON]).lazy()
    rules = {
        f"rule-{age}": bind(f"{CONDITION} and age(birth_date) > {age}", WORDS) for age in range(20)
    }
    everyone = crowd(size)
    quick = each(20_000, lambda: decide(condition, PERSON, as_of=DAY))
    slow = each(100, lambda: columns({"it": condition}, alone, as_of=DAY).collect())
    many = each(1, lambda: columns(rules, everyone, as_of=DAY, constants=HERE).collect())
    print(f"bind a condition             {each(100, lambda: bind(CONDITION, WORDS)) * 1e6:8.0f} µs")
    print(f"decide, one person, reasons  {quick * 1e6:8.1f} µs")
    print(
        f"compute a fee, one person    "
        f"{each(20_000, lambda: compute(fee, PERSON, as_of=DAY)) * 1e6:8.1f} µs"
    )
    print(f"one person through Polars    {slow * 1e6:8.0f} µs  ({slow / quick:.0f} times)")
    print(f"20 conditions, {size:,} people {many:6.2f} s")


if __name__ == "__main__":
    main()
