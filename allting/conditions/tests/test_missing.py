"""Missing is exact: every fact that could matter is named, and no other."""

from datetime import date
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allting.conditions.api import FactType, Vocabulary, bind, compute, decide
from allting.conditions.tests.expressions import (
    WORDS,
    days,
    expressions,
    known_people,
    people,
)

DAY = date(2026, 11, 1)
HERE = {"parameters.municipality_code": "2599"}
LETTERS = ("a", "b", "c", "d", "e", "f")
YES_NO = Vocabulary.of(**dict.fromkeys(LETTERS, "boolean"))


@st.composite
def each_once(draw: st.DrawFn, letters: tuple[str, ...] = LETTERS) -> str:
    """A formula in which every letter stands at most once."""
    if len(letters) == 1:
        return draw(st.sampled_from([letters[0], f"not {letters[0]}", f"{letters[0]} = false"]))
    cut = draw(st.integers(1, len(letters) - 1))
    left, right = draw(each_once(letters[:cut])), draw(each_once(letters[cut:]))
    return f"({left} {draw(st.sampled_from(['and', 'or']))} {right})"


def answers(text: str, known: dict[str, bool], unknown: list[str]) -> dict[tuple[bool, ...], str]:
    bound = bind(text, YES_NO)
    return {
        filled: decide(bound, known | dict(zip(unknown, filled, strict=True)), as_of=DAY).answer
        for filled in product([True, False], repeat=len(unknown))
    }


@settings(max_examples=60, deadline=None)
@given(each_once(), st.dictionaries(st.sampled_from(LETTERS), st.booleans()))
def test_missing_are_the_facts_that_could_change_the_answer(
    text: str, known: dict[str, bool]
) -> None:
    unknown = [letter for letter in LETTERS if letter not in known]
    table = answers(text, known, unknown)
    matters = set()
    for filled, answer in table.items():
        for place, letter in enumerate(unknown):
            other = (*filled[:place], not filled[place], *filled[place + 1 :])
            if table[other] != answer:
                matters.add(letter)
    outcome = decide(bind(text, YES_NO), known, as_of=DAY)
    assert set(outcome.missing) == matters
    assert (outcome.answer == "unknown") == bool(matters)


def plain(text: str) -> bool:
    """Without the two forms that ask whether something is known at all."""
    return "null" not in text and "coalesce" not in text


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), people, known_people, days)
def test_only_what_is_missing_can_settle_it(
    data: st.DataObject, person: dict[str, Any], other: dict[str, Any], as_of: date
) -> None:
    kind = data.draw(st.sampled_from(list(FactType)))
    text = data.draw(expressions(kind, 3).map(lambda each: each.ours).filter(plain))
    bound = bind(text, WORDS, expects=kind)
    person, other = person | HERE, other | HERE
    found = compute(bound, person, as_of=as_of)
    if found.value is not None:
        assert found.missing == ()
        return
    absent = {name for name in bound.names if person.get(name) is None}
    assert set(found.missing) <= absent
    beside = {name: other[name] for name in absent - set(found.missing)}
    assert compute(bound, person | beside, as_of=as_of).value is None
    asked = {name: other[name] for name in found.missing}
    assert compute(bound, person | asked, as_of=as_of).missing == ()
