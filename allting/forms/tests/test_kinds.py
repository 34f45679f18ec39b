"""What people type, and what is made of it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from allting.conditions.api import FactType
from allting.forms.checks import FITS
from allting.forms.kinds import KINDS, About, Choice, Mistake
from allting.forms.kinds.numbers import Ambiguous, number_in, plain
from allting.forms.kinds.texts import tidy
from allting.forms.parts import KIND_NAMES, Option, Question
from allting.packages.api import Text
from allting.ui.api import translator

TODAY = date(2026, 11, 1)
PLACES = (Choice("a", "Aspen"), Choice("b", "Björken"), Choice("c", "Ceder"))


def question(kind: Any, **more: Any) -> Question:
    options: tuple[Option, ...] = ()
    if kind in ("choice", "choices"):
        options = tuple(Option(id=c.id, label=Text({"sv": c.label})) for c in PLACES)
    return Question(id="q", kind=kind, label=Text({"sv": "Fråga"}), options=options, **more)


def about(language: str = "sv", choices: tuple[Choice, ...] = PLACES) -> About:
    return About(language, translator(language), TODAY, choices)


def read(
    kind: str, typed: str | dict[str, str] | list[str], language: str = "sv", **more: Any
) -> Any:
    asked = question(kind, **more)
    posted = QueryDict(mutable=True)
    if isinstance(typed, dict):
        posted.update({f"q_{part}": text for part, text in typed.items()})
    elif isinstance(typed, list):
        posted.setlist("q", typed)
    else:
        posted["q"] = typed
    answer = KINDS[kind].read(asked, posted, about(language))
    if answer is not None:
        KINDS[kind].check(asked, answer, about(language))
    return answer


def day(year: str, month: str, day: str) -> dict[str, str]:
    return {"year": year, "month": month, "day": day}


READ = [
    ("text", "  Åsa \n Berg ", "Åsa Berg"),
    ("text", "A\u030asa", "Åsa"),
    ("text", "a\x00b\x1b[31m", "ab[31m"),
    ("text", " \t ", None),
    ("text", "\ud800", None),
    ("long-text", "en\r\ntvå\rtre", "en\ntvå\ntre"),
    ("email", " Maja@Epost.example ", "Maja@Epost.example"),
    ("email", "mailto:maja@epost.example", "maja@epost.example"),
    ("email", "maja@räksmörgås.example", "maja@räksmörgås.example"),
    ("phone", "070-174 06 05", "+46701740605"),
    ("phone", "+46 (0)70 174 06 05", "+46701740605"),
    ("phone", "0046701740605", "+46701740605"),
    ("phone", "+358 40 123 4567", "+358401234567"),
    ("number", "1 200,50", "1200.5"),
    ("number", "1\u00a0200", "1200"),
    ("number", "1\u2009200,5", "1200.5"),
    ("number", "1200.50", "1200.5"),
    ("number", "1.234.567,5", "1234567.5"),
    ("number", "1,234,567.5", "1234567.5"),
    ("number", "−3", "-3"),
    ("number", "٣", "3"),
    ("number", "0,0", "0"),
    ("number", "1,2", "1.2"),
    ("money", "52 000 kr", "52000"),
    ("money", "199:-", "199"),
    ("date", day("2027", "1", "10"), "2027-01-10"),
    ("date", day("2028", "02", "29"), "2028-02-29"),
    ("date", day("", "", ""), None),
    ("yes-no", "yes", True),
    ("yes-no", "no", False),
    ("yes-no", "", None),
    ("consent", "yes", True),
    ("consent", "", None),
    ("choice", "b", "b"),
    ("choices", ["c", "a"], ["a", "c"]),
    ("choices", [], None),
    ("child", "a", "a"),
    ("unit", "c", "c"),
    ("wishes", {"1": "b", "2": "", "3": "a"}, ["b", "a"]),
    ("wishes", {}, None),
    (
        "address",
        {"street": "Storgatan 1", "postcode": "12345", "city": "Vik"},
        {"street": "Storgatan 1", "postcode": "123 45", "city": "Vik"},
    ),
    ("address", {}, None),
]


@pytest.mark.parametrize(("kind", "typed", "answer"), READ)
def test_read(kind: str, typed: Any, answer: Any) -> None:
    assert read(kind, typed) == answer


WRONG = [
    ("email", "maja", {}, "Skriv e-postadressen med ett @, till exempel namn@exempel.se", ""),
    ("email", "maja@" + "x" * 60 + "." + "y" * 250, {}, "Skriv e-postadressen", ""),
    ("phone", "12", {}, "Skriv telefonnumret med riktnummer, till exempel 070-174 06 05", ""),
    ("phone", "070-174 06 05 anknytning 5", {}, "Skriv telefonnumret", ""),
    ("number", "tolv", {}, "Skriv ett tal med siffror, till exempel 1200 eller 1 200,50", ""),
    ("number", "1e9", {}, "Skriv ett tal med siffror", ""),
    ("number", "NaN", {}, "Skriv ett tal med siffror", ""),
    ("number", "1,2,3.4.5", {}, "Skriv ett tal med siffror", ""),
    ("number", "1.200", {}, "Skriv talet utan punkt eller komma mellan tusental", ""),
    ("number", "9" * 40, {}, "Talet är för stort", ""),
    ("number", "1,23456789", {}, "Skriv högst 6 decimaler", ""),
    ("number", "0", {"min": 1}, "Skriv ett tal som är minst 1", ""),
    ("number", "41", {"max": 40}, "Skriv ett tal som är högst 40", ""),
    ("money", "1,234", {}, "Skriv talet utan punkt eller komma", ""),
    ("money", "0,001", {}, "Skriv högst 2 decimaler", ""),
    ("money", "12,3456", {}, "Skriv högst 2 decimaler", ""),
    ("money", "99", {"min": 100}, "minst 100\u00a0kr", ""),
    ("date", day("2027", "", "10"), {}, "Skriv datumet med år, månad och dag, till", "_month"),
    ("date", day("27", "1", "10"), {}, "Skriv året med fyra siffror, till exempel 2027", "_year"),
    ("date", day("2027", "jan", "10"), {}, "Skriv datumet med år, månad och dag", "_year"),
    ("date", day("2027", "2", "30"), {}, "Den dagen finns inte i kalendern", "_day"),
    ("date", day("2027", "13", "1"), {}, "Den dagen finns inte i kalendern", "_month"),
    ("date", day("0000", "1", "1"), {}, "Den dagen finns inte i kalendern", "_day"),
    ("date", day("2026", "11", "14"), {"min": "2 weeks"}, "från och med 15 november 2026", ""),
    ("date", day("2028", "11", "2"), {"max": "2 years"}, "till och med 1 november 2028", ""),
    ("date", day("2026", "1", "1"), {"min": "2026-06-01"}, "från och med 1 juni 2026", ""),
    ("text", "x" * 201, {}, "Korta texten till 200 tecken. Nu är den 201.", ""),
    ("text", "ab", {"min": 3}, "Skriv minst 3 tecken. Du har skrivit 2.", ""),
    ("yes-no", "maybe", {}, "Välj ja eller nej", ""),
    ("choice", "z", {}, "Välj ett av alternativen", ""),
    ("choices", ["a", "z"], {}, "Välj ett av alternativen", ""),
    ("choices", ["a", "b"], {"max": 1}, "Välj högst 1 av dem", ""),
    ("choices", ["a"], {"min": 2}, "Välj minst 2 av dem", ""),
    ("child", "z", {}, "Välj ett av alternativen", ""),
    ("wishes", {"1": "b", "2": "b"}, {}, "Du har valt Björken två gånger", "_2"),
    ("wishes", {"1": "z"}, {}, "Välj ett av alternativen", "_1"),
    ("wishes", {"1": "a"}, {"min": 2}, "Välj minst 2 av dem", "_2"),
    ("address", {"street": "Storgatan 1"}, {}, "Skriv postnumret med fem siffror", "_postcode"),
    ("address", {"city": "Vik"}, {}, "Skriv gata och nummer", "_street"),
    ("address", {"street": "S 1", "postcode": "123 45"}, {}, "Skriv postorten", "_city"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "more", "said", "part"), WRONG)
def test_wrong(kind: str, typed: Any, more: dict[str, Any], said: str, part: str) -> None:
    with pytest.raises(Mistake) as mistake:
        read(kind, typed, **more)
    assert said in mistake.value.text
    assert mistake.value.part == part


def test_errors_speak_the_language_of_the_page() -> None:
    with pytest.raises(Mistake, match="day, month and year, for example 10 1 2027"):
        read("date", day("2027", "", ""), "en")


WORDS = [
    ("phone", "+46701740605", "070-174 06 05"),
    ("phone", "+358401234567", "+358 40 1234567"),
    ("number", "1200.5", "1\u00a0200,5"),
    ("money", "1200", "1\u00a0200\u00a0kr"),
    ("date", "2027-01-10", "10 januari 2027"),
    ("yes-no", False, "Nej"),
    ("choices", ["a", "b"], "Aspen, Björken"),
    ("choice", "gone", "gone"),
    ("wishes", ["b", "a"], "1. Björken\n2. Aspen"),
    ("address", {"street": "S 1", "postcode": "123 45", "city": "Vik"}, "S 1, 123 45 Vik"),
    ("file", [{"name": "karta.pdf"}], "karta.pdf"),
]


@pytest.mark.parametrize(("kind", "answer", "words"), WORDS)
def test_words(kind: str, answer: Any, words: str) -> None:
    assert KINDS[kind].words(question(kind), answer, about()) == words


VALUES = [
    ("date", "2027-01-10", {"": date(2027, 1, 10)}),
    ("number", "22.5", {"": Decimal("22.5")}),
    ("yes-no", False, {"": False}),
    ("choices", ["a"], {"_a": True, "_b": False, "_c": False}),
    ("wishes", ["b", "a"], {"_first": "b", "_count": 2}),
    ("file", [{}], {"": True}),
]


@pytest.mark.parametrize(("kind", "answer", "values"), VALUES)
def test_values_for_conditions(kind: str, answer: Any, values: dict[str, Any]) -> None:
    asked = question(kind)
    assert KINDS[kind].values(asked, answer) == values
    assert set(KINDS[kind].facts(asked)) == set(values)


FACTS = [
    ("phone", "+46701740605", "+46701740605"),
    ("phone", "not a number", None),
    ("address", "S 1, 999 01 Vik", {"street": "S 1", "postcode": "999 01", "city": "Vik"}),
    ("address", "somewhere", None),
    ("number", Decimal("52000"), "52000"),
    ("money", 52000, "52000"),
    ("date", date(2025, 5, 20), "2025-05-20"),
    ("yes-no", True, True),
    ("choice", "a", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fact", "answer"), FACTS)
def test_what_the_register_knows_as_an_answer(kind: str, fact: Any, answer: Any) -> None:
    assert KINDS[kind].from_fact(fact) == answer


@given(kind=st.sampled_from(sorted(set(KINDS) - {"file"})), texts=st.lists(st.text(), max_size=4))
def test_whatever_is_typed_is_read_or_refused(kind: str, texts: list[str]) -> None:
    posted = QueryDict(mutable=True)
    names = ["q", *(f"q{part}" for part in KINDS[kind].parts), "q_2"]
    for name, text in zip(names, texts, strict=False):
        posted[name] = text
    asked = question(kind)
    try:
        answer = KINDS[kind].read(asked, posted, about())
        if answer is not None:
            KINDS[kind].check(asked, answer, about())
    except Mistake as mistake:
        assert mistake.text
        return
    if answer is None:
        return
    # it can be stored, said, seen by conditions, and shown to be changed
    assert json.loads(json.dumps(answer)) == answer
    "".join(map(str, KINDS[kind].values(asked, answer).values())).encode()
    KINDS[kind].words(asked, answer, about()).encode()
    KINDS[kind].typed(answer, "sv")


@given(st.integers(min_value=-(10**12), max_value=10**12), st.integers(min_value=0, max_value=6))
def test_numbers_survive_being_typed_again(digits: int, decimals: int) -> None:
    number = Decimal(digits).scaleb(-decimals)
    answer = plain(number)
    assert Decimal(answer) == number
    for language in ("sv", "en"):
        typed = KINDS["number"].typed(answer, language)
        try:
            assert number_in(typed) == number
        except Ambiguous:
            pytest.fail(f"{typed} is what we showed ourselves")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_days_survive_being_typed(some: date) -> None:
    typed = day(str(some.year), str(some.month), str(some.day))
    assert read("date", typed) == some.isoformat()


@given(st.text())
def test_tidy_is_done_once(text: str) -> None:
    once = tidy(text, lines=True)
    assert tidy(once, lines=True) == once
    assert "\x00" not in once
    once.encode()


def test_every_kind_of_the_language_is_here() -> None:
    assert set(KINDS) == set(KIND_NAMES)
    assert set(FITS) == set(FactType)
