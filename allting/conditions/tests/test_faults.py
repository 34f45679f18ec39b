"""Every mistake is told where it stands, what it is, and how to mend it."""

import pytest

from allting.conditions.api import ConditionFault, FactType, Problem, Vocabulary, bind

WORDS = Vocabulary.of(
    birth_date="date",
    municipality_code="text",
    protected="boolean",
    parameters__municipality_code="text",
    parameters__childcare_income_cap="number",
    household__income_month="number",
    answers__wanted_start_date="date",
    answers__needs_care="boolean",
    answers__end="date",
)


def problems(text: str, expects: FactType = FactType.BOOLEAN) -> tuple[Problem, ...]:
    with pytest.raises(ConditionFault) as caught:
        bind(text, WORDS, expects=expects)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "offset", "what", "mend"),
    [
        ("brith_date < as_of", 0, "brith_date is not a known fact", "did you mean birth_date?"),
        ("Birth_Date < as_of", 0, "Birth_Date is not a known fact", "did you mean birth_date?"),
        ("income_month > 1", 0, "not a known fact", "did you mean household.income_month?"),
        ("protected and hear = 'x'", 14, "hear is not a known fact", "did you mean here?"),
        ("answers.needs-care", 0, "answers.needs-care is not a", "answers.needs_care"),
        ("answers.wanted-start-date > as_of", 0, "wanted-start-date", "answers.wanted_start_date"),
        ("age > 1", 0, "age is not a known fact", "age is a helper and takes its values in"),
        ("ag(birth_date) > 1", 0, "there is no helper ag()", "did you mean age?"),
        ("ceiling(1.5) = 2", 0, "there is no helper ceiling()", "write ceil(number)"),
        ("nvl(protected, true)", 0, "there is no helper nvl()", "write coalesce(a, b)"),
        ("datediff(birth_date, as_of) > 1", 0, "no helper datediff()", "days_between(start, end)"),
        ("if(protected, true, false)", 0, "no helper if()", "case when"),
        ("birth_date < now()", 13, "there is no helper now()", "as_of"),
        ("birth_date < current_date", 13, "current_date is not part of the language", "as_of"),
        ("municipality_code = 2599", 20, "a text and a number cannot be", "single quotes"),
        ("household.income_month > '1'", 25, "a number and a text", "without quotes"),
        ("birth_date > '2024-01-01'", 13, "a date and a text", "write date '2024-01-01'"),
        ("birth_date > 'today'", 13, "a date and a text", "write a day as date '2026-08-17'"),
        ("zzz = 'x'", 0, "zzz is not a known fact", "allting facts tells which there are"),
        ("birth_date > date '2024-02-30'", 18, "'2024-02-30' is not a date", None),
        ("birth_date > date '20240201'", 18, "'20240201' is not a date", None),
        ('municipality_code = "2599"', 20, '"2599" stands in double quotes', "write '2599'"),
        ("municipality_code == '2599'", 18, "== has no meaning here", "a single ="),
        ("municipality_code = null", 20, "null stands for no value", "is null"),
        ("protected is true", 0, "is … is only for null", "= true"),
        ("municipality_code like '25%'", 18, "like is not part", "no patterns"),
        ("municipality_code = 'a' || 'b'", 24, "|| has no meaning", "not joined"),
        ("household.income_month % 2 = 0", 23, "% has no meaning", "floor(a / b)"),
        ("protected && protected", 10, "& has no meaning", "write and"),
        ("!protected", 0, "! has no meaning", "write not"),
        ("1 < household.income_month < 3", 0, "one comparison inside another", "between"),
        ("1 = 1 = 1", 0, "one comparison inside another", "brackets"),
        ("protected < true", 0, "yes and no have no order", None),
        ("protected between false and true", 0, "yes and no have no order", None),
        ("birth_date + 1 > as_of", 0, "a date cannot be reckoned with +", "add_days(day, n)"),
        ("as_of - birth_date > 1", 0, "a date cannot be reckoned with -", "days_between(a, b)"),
        ("as_of - interval '1' day > birth_date", 8, "interval is not part", "add_days(day, n)"),
        ("age(municipality_code) > 1", 4, "municipality_code is a text", None),
        ("add_days(birth_date) > as_of", 0, "add_days() is given 1 values", None),
        ("least(1) = 1", 0, "least() is given 1 values", None),
        ("least('a', 'b') = 'a'", 6, "least() of a text", None),
        ("coalesce(protected, 1)", 20, "yes or no and a number cannot be compared", None),
        ("round(1, household.income_month) = 1", 9, "the number of decimals", None),
        ("round(1, false) = 1", 9, "the number of decimals", None),
        ("round(1, 10) = 1", 9, "the number of decimals", None),
        ("case when protected then 1 end = 1", 0, "a case without else", "otherwise"),
        ("case when 1 then 2 else 3 end = 1", 10, "this is a number", None),
        ("case when protected then 1 else 'a' end = 1", 32, "a number and a text", None),
        ("case protected when true then 1 else 2 end = 1", 0, "not part of the language", None),
        ("age(birth_date)", 0, "the whole is a number", "compare it with something"),
        ("not 1", 4, "this is a number", None),
        ("protected and 1", 14, "this is a number", None),
        ("-protected = 1", 1, "protected is yes or no", None),
        ("municipality_code in ()", 0, "in without a list", None),
        ("municipality_code in ('a', 1)", 27, "a text and a number", "single quotes"),
        ("(protected", 0, "( is never closed", None),
        ("protected)", 9, ") closes nothing", "take it away"),
        ("case when protected then true else false", 0, "case is never closed", None),
        ("protected end", 10, "end closes nothing", "take it away"),
        ("municipality_code = 'abc", 20, "a text that is never closed", None),
        ("municipality_code = 'it's'", 25, "a text that is never closed", None),
        ("protected protected", 10, "protected is unexpected", None),
        ("protected and", 10, "nothing follows and", None),
        ("and protected", 0, "nothing stands before and", None),
        ("protected or (= true)", 14, "nothing stands before =", None),
        ("protected -- is it?", 10, "-- has no meaning", "YAML"),
        ("protected # is it?", 10, "# has no meaning", "YAML"),
        ("protected /* is it? */", 10, "/* has no meaning", "YAML"),
        ("1e5 = 1", 0, "1e5 is not a plain number", None),
        ("12345678901 > 1", 0, "12345678901 is too large", None),
        ("0.1234567891 > 1", 0, "0.1234567891 is too large or too fine", None),
        ("(" * 17 + "protected" + ")" * 17, 16, "brackets within brackets", "split it"),
        ("1" + " + 1" * 40 + " > 1", 0, "more than 32 levels deep", "split it"),
        ("protected or (true" + " and true" * 198 + ")", 1787, "more than 200 parts", "split it"),
        ("", 0, "the condition is empty", None),
        ("  \n ", 0, "the condition is empty", None),
        ("protected\u202e and true", 9, "invisible character U+202E", "take it away"),
        ("protec\u00adted", 6, "invisible character U+00AD", "take it away"),
    ],
)
def test_a_mistake(text: str, offset: int, what: str, mend: str | None) -> None:
    found = problems(text)
    assert what in found[0].what, found
    assert found[0].offset == offset, found
    assert mend is None or (found[0].suggestion is not None and mend in found[0].suggestion), found


def test_every_mistake_at_once_in_the_order_of_the_text() -> None:
    text = "age(municipality_code) > 'a' and foo(1) or municipality_cod = here and 1"
    assert [(each.offset, each.what) for each in problems(text)] == [
        (4, "municipality_code is a text"),
        (33, "there is no helper foo()"),
        (43, "municipality_cod is not a known fact"),
        (71, "this is a number"),
    ]


def test_offsets_count_characters_over_lines_and_letters_beyond_ascii() -> None:
    (problem,) = problems("municipality_code = 'Åmål 𝔞'\n  and nowhere = 'x'")
    assert problem.offset == 35


def test_here_needs_its_parameter() -> None:
    with pytest.raises(ConditionFault) as caught:
        bind("municipality_code = here", Vocabulary.of(municipality_code="text"))
    assert caught.value.problems[0].suggestion == "state it under parameters in package.yaml"


def test_a_fault_reads_as_text() -> None:
    with pytest.raises(ConditionFault, match=r"^at 0: brith_date is not .*; did you mean birth_d"):
        bind("brith_date < as_of", WORDS)


def test_an_amount_is_a_number() -> None:
    (problem,) = problems("protected", expects=FactType.NUMBER)
    assert (problem.what, problem.expected) == ("the whole is yes or no", "a number")


WORDS_OF_SQL = """end case when then else select from to date at over filter within escape row rows
interval year month day any all some table values null true false and or not in is between limit
offset order group union array map struct if next prior separator using cast start"""


@pytest.mark.parametrize("word", WORDS_OF_SQL.split())
def test_an_answer_may_be_called_anything(word: str) -> None:
    words = Vocabulary.of(**{f"answers__{word}": "boolean", "protected": "boolean"})
    text = f"not protected or case when answers.{word} then answers.{word} = true else false end"
    assert bind(text, words).names == ("protected", f"answers.{word}")
