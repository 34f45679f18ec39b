"""One person: three outcomes, why, and exactly what is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from allting.conditions.api import FactType, Vocabulary, bind, compute, decide
from allting.conditions.wording import written

DAY = date(2026, 11, 1)
WORDS = Vocabulary.of(
    birth_date="date",
    municipality_code="text",
    protected="boolean",
    household__income_month="number",
    household__child_order="number",
    answers__start="date",
    answers__end="date",
    answers__needs_care="boolean",
    parameters__municipality_code="text",
    parameters__childcare_income_cap="number",
)
MINNA = {
    "birth_date": date(2024, 2, 29),
    "municipality_code": "2599",
    "parameters.municipality_code": "2599",
    "parameters.childcare_income_cap": 61560,
    "household.income_month": 52000,
    "household.child_order": 1,
}


def answer(text: str, **values: Any) -> tuple[str, tuple[str, ...]]:
    outcome = decide(bind(text, WORDS), MINNA | values, as_of=DAY)
    return outcome.answer, outcome.missing


def amount(text: str, **values: Any) -> Decimal | None:
    bound = bind(text, WORDS, expects=FactType.NUMBER)
    found = compute(bound, MINNA | values, as_of=DAY).value
    assert found is None or isinstance(found, Decimal)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("municipality_code = here and age_months(birth_date) >= 12", ("yes", ())),
        ("municipality_code <> here", ("no", ())),
        ("protected", ("unknown", ("protected",))),
        ("false and protected", ("no", ())),
        ("true or protected", ("yes", ())),
        ("protected and answers.needs_care", ("unknown", ("protected", "answers.needs_care"))),
        ("protected and municipality_code = 'x'", ("no", ())),
        ("(protected and false) or answers.needs_care", ("unknown", ("answers.needs_care",))),
        ("not protected", ("unknown", ("protected",))),
        ("protected is null", ("yes", ())),
        ("municipality_code is not null", ("yes", ())),
        ("coalesce(protected, false)", ("no", ())),
        ("answers.end between date '2026-01-01' and answers.start", None),
        ("birth_date between answers.start and date '2000-01-01'", ("no", ())),
        ("birth_date between answers.start and as_of", ("unknown", ("answers.start",))),
        ("municipality_code in ('0180', here)", ("yes", ())),
        ("answers.start in (as_of, birth_date)", ("unknown", ("answers.start",))),
        ("1 / 0 = 1", ("unknown", ())),
        ("household.income_month / 0 > 1 or protected", ("unknown", ("protected",))),
        ("1 / 0 > household.child_order", ("unknown", ())),
        ("make_date(2026, 2, 30) > answers.start", ("unknown", ())),
        ("least(1, household.child_order) = 1", ("yes", ())),
        ("answers.start between make_date(2026, 2, 30) and make_date(0, 1, 1)", ("unknown", ())),
        ("make_date(0, 1, 1) between answers.start and answers.end", ("unknown", ())),
        ("answers.start in (make_date(2026, 2, 30), make_date(0, 1, 1))", ("unknown", ())),
        ("make_date(0, 1, 1) in (answers.start, answers.end)", ("unknown", ())),
        ("case when 1 / 0 = 1 then protected else protected end", ("unknown", ())),
        ("case when protected then 1 / 0 = 1 else true end", ("unknown", ("protected",))),
    ],
)
def test_three_outcomes_and_exactly_what_is_missing(
    text: str, expected: tuple[str, tuple[str, ...]] | None
) -> None:
    everything = ("unknown", ("answers.end", "answers.start"))
    assert answer(text) == (expected or everything)


def test_a_missing_income_is_never_the_lowest_nor_the_highest() -> None:
    unknown = {"household.income_month": None}
    assert answer("least(household.income_month, 5) > 0", **unknown)[0] == "unknown"
    assert answer("greatest(household.income_month, 5) > 0", **unknown)[0] == "unknown"
    assert answer("case when household.income_month > 5 then true else false end", **unknown) == (
        "unknown",
        ("household.income_month",),
    )


def test_the_fee_of_the_first_child() -> None:
    fee = (
        "round(greatest(least(household.income_month, parameters.childcare_income_cap) - 10000, 0)"
        " * case when household.child_order = 1 then 0.03 when household.child_order = 2 then 0.02"
        " when household.child_order = 3 then 0.01 else 0 end)"
    )
    assert amount(fee) == 1260
    assert amount(fee, **{"household.income_month": 90000}) == 1547
    assert amount(fee, **{"household.income_month": 9000}) == 0
    assert amount(fee, **{"household.child_order": 4}) == 0
    assert amount(fee, **{"household.income_month": None}) is None


def test_reasons_name_the_parts_that_decided() -> None:
    text = "municipality_code = here and (protected = false or age(birth_date) >= 1)"
    outcome = decide(bind(text, WORDS), MINNA, as_of=DAY)
    assert [(part.text, part.answer) for part in outcome.because] == [
        ("municipality_code = here", "yes"),
        ("age(birth_date) >= 1", "yes"),
    ]
    refused = decide(bind(text, WORDS), MINNA | {"municipality_code": "0180"}, as_of=DAY)
    assert [(part.text, part.answer) for part in refused.because] == [
        ("municipality_code = here", "no")
    ]
    assert refused.because[0].facts == ("municipality_code", "parameters.municipality_code")


def test_the_reason_of_a_denial_is_what_it_denies() -> None:
    outcome = decide(bind("not (protected or age(birth_date) < 1)", WORDS), MINNA, as_of=DAY)
    assert [(part.text, part.answer) for part in outcome.because] == [("protected", "unknown")]
    met = decide(
        bind("not (protected or age(birth_date) < 1)", WORDS),
        MINNA | {"protected": True},
        as_of=DAY,
    )
    assert (met.answer, [(part.text, part.answer) for part in met.because]) == (
        "no",
        [("protected", "yes")],
    )


def test_a_value_of_another_type_is_the_callers_mistake_and_is_not_repeated() -> None:
    with pytest.raises(TypeError, match=r"birth_date is given as str, expected a date") as caught:
        answer("age(birth_date) > 1", birth_date="2024-02-29")
    assert "2024" not in str(caught.value)


def test_an_amount_is_not_decided() -> None:
    with pytest.raises(TypeError, match="compute"):
        decide(bind("1 + 1", WORDS, expects=FactType.NUMBER), {}, as_of=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "(protected = answers.needs_care) = true",
        "(protected and answers.needs_care) is null",
        "not (protected and answers.needs_care)",
        "not (not protected) and (protected or answers.needs_care)",
        "(protected or answers.needs_care) in (true, (protected and true))",
        "household.income_month - (1 - 2) > 3 / (4 * 5)",
        "-(household.income_month + 1) < -1",
        "household.income_month * -1 = 1 - -1",
        "(case when protected then 1 else 2 end) + 1 = 3",
        "municipality_code not in ('it''s', here) and not (protected is null)",
        "not (birth_date between date '2024-01-01' and as_of)",
    ],
)
def test_what_is_shown_reads_back_as_the_same_condition(text: str) -> None:
    bound = bind(text, WORDS)
    assert bind(written(bound.form), WORDS).form == bound.form
