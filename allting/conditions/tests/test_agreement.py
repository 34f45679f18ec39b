"""One person, everyone and DuckDB give the same answers to random conditions."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allting.conditions.api import Bound, FactType, bind, columns, compute, table
from allting.conditions.plan import Plan
from allting.conditions.tests.expressions import (
    FACTS,
    MACROS,
    WORDS,
    Text,
    days,
    expressions,
    people,
)
from allting.conditions.wording import written

HERE = "2599"
SQL = {
    FactType.BOOLEAN: "boolean",
    FactType.NUMBER: "decimal(38, 9)",
    FactType.TEXT: "varchar",
    FactType.DATE: "date",
}
YEAR, YEARS_LATER = date(2024, 1, 1), date(2026, 12, 31)
few = {
    FactType.BOOLEAN: st.booleans(),
    FactType.NUMBER: st.integers(-20, 40).map(lambda n: Decimal(n).scaleb(-6)),
    FactType.TEXT: st.sampled_from(["a", "b", "2599"]),
    FactType.DATE: st.dates(YEAR, YEARS_LATER),
}
neighbours: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {name: st.none() | few[kind] for name, kind in FACTS.items()}
)
patient = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def judge() -> Iterator[Any]:
    import duckdb  # at the top of the module it would outlive the interpreter, and say so

    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.execute(MACROS)
        yield connection


def by_one(bound: Bound, crowd: Sequence[dict[str, Any]], as_of: date) -> list[Any]:
    known = {"parameters.municipality_code": HERE}
    return [compute(bound, person | known, as_of=as_of).value for person in crowd]


def by_everyone(
    bounds: dict[str, Bound], crowd: Sequence[dict[str, Any]], as_of: date
) -> dict[str, list[Any]]:
    known = {"parameters.municipality_code": HERE}
    found = columns(bounds, table(FACTS, crowd), as_of=as_of, constants=known)
    return {name: found[name].to_list() for name in bounds}


def by_judge(
    connection: Any,
    texts: Sequence[Text],
    crowd: Sequence[dict[str, Any]],
    as_of: date,
) -> list[list[Any]]:
    rows, arguments = [], []
    for person in crowd:
        rows.append("(" + ", ".join(f"cast(? as {SQL[kind]})" for kind in FACTS.values()) + ")")
        arguments += [person[name] for name in FACTS]
    answers = ", ".join(f"'{name[8:]}': x_{name[8:]}" for name in FACTS if "." in name)
    named = ", ".join(name if "." not in name else f"x_{name[8:]}" for name in FACTS)
    source = (
        f"select *, {{{answers}}} as answers, '{HERE}' as here, date '{as_of}' as as_of"  # noqa: S608
        f" from (values {', '.join(rows)}) as crowd({named})"
    )
    asked = ", ".join(f"({text.judge})" for text in texts)
    found = connection.execute(f"select {asked} from ({source})", arguments).fetchall()  # noqa: S608
    return [[row[place] for row in found] for place in range(len(texts))]


def same(one: Any, other: Any) -> bool:
    if isinstance(one, Decimal) and isinstance(other, (int, float, Decimal)):
        return one == Decimal(other)
    return type(one) is type(other) and bool(one == other)


@patient
@given(st.data(), st.lists(people, min_size=1, max_size=5), days)
def test_everyone_and_the_judge_agree_with_one(
    judge: Any, data: st.DataObject, crowd: list[dict[str, Any]], as_of: date
) -> None:
    kinds = data.draw(st.lists(st.sampled_from(list(FactType)), min_size=1, max_size=3))
    texts = [data.draw(expressions(kind, 3)) for kind in [FactType.BOOLEAN, *kinds]]
    bounds = {
        str(place): bind(text.ours, WORDS, expects=kind)
        for place, (text, kind) in enumerate(zip(texts, [FactType.BOOLEAN, *kinds], strict=True))
    }
    everyone = by_everyone(bounds, crowd, as_of)
    judged = by_judge(judge, texts, crowd, as_of)
    for place, text in enumerate(texts):
        alone = by_one(bounds[str(place)], crowd, as_of)
        assert alone == everyone[str(place)], text.ours
        assert all(map(same, alone, judged[place])), (text, alone, judged[place])


@patient
@given(st.data(), st.lists(neighbours, min_size=1, max_size=6), st.dates(YEAR, YEARS_LATER))
def test_what_is_reckoned_for_each_value_is_the_same(
    data: st.DataObject, crowd: list[dict[str, Any]], as_of: date
) -> None:
    """Of facts with few values the answer is found per value, and then by comparing."""
    texts = [data.draw(expressions(FactType.BOOLEAN, 3)).ours for _ in range(3)]
    bounds = {text: bind(text, WORDS) for text in texts}
    known = {"parameters.municipality_code": HERE}
    quick = Plan(bounds, table(FACTS, crowd), as_of, known, people=10**7)
    everyone, yes = quick.answers(), quick.yes()
    for text, bound in bounds.items():
        alone = by_one(bound, crowd, as_of)
        assert alone == everyone[text].to_list(), text
        assert yes[text].tolist() == [answer is True for answer in alone], text


@patient
@given(st.data(), people, days)
def test_what_a_page_shows_is_the_same_condition(
    data: st.DataObject, person: dict[str, Any], as_of: date
) -> None:
    bound = bind(data.draw(expressions(FactType.BOOLEAN, 3)).ours, WORDS)
    again = bind(written(bound.form), WORDS)
    assert again.form == bound.form


words = st.recursive(
    st.sampled_from(["n", "m", "2", "3", "0.5"]),
    lambda inner: st.tuples(inner, st.sampled_from([" + ", " - ", " * "]), inner).map("".join),
    max_leaves=8,
)


@given(words, words, st.integers(-5, 5), st.integers(-5, 5))
def test_bare_arithmetic_binds_as_everywhere(left: str, right: str, n: int, m: int) -> None:
    """No brackets: * before + and -, from the left; Python and DuckDB read it so too."""
    text = f"{left} < {right}"
    names = {"n": n, "m": m}
    expected = eval(text, {"__builtins__": {}}, names)  # noqa: S307 - our own text
    crowd = dict.fromkeys(FACTS) | {name: Decimal(value) for name, value in names.items()}
    assert by_one(bind(text, WORDS), [crowd], date(2026, 1, 1)) == [expected]
