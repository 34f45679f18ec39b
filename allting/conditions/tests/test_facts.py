"""The facts in force: declared by rooms, computed per service, printed for authors."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command

from allting.conditions import facts as registry
from allting.conditions.api import (
    ConditionFault,
    Fact,
    FactType,
    bind,
    facts,
    provider,
    vocabulary,
)

BORN = Fact("birth_date", FactType.DATE, {"sv": "Födelsedatum", "en": "Date of birth"}, "register")
START = Fact("start", FactType.DATE, {"sv": "Önskad start"}, "form")


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_declared", {})
    monkeypatch.setattr(registry, "_providers", {})
    yield


def test_the_subject_stands_bare_and_others_carry_their_scope() -> None:
    facts("subject", {"birth_date": BORN})
    facts("applicant", {"birth_date": BORN})
    provider("answers", lambda definition, service: {"start": START} if service == "x" else {})
    assert set(vocabulary(None, "x").facts) == {
        "birth_date",
        "applicant.birth_date",
        "answers.start",
    }
    assert "answers.start" not in vocabulary(None, "y").facts
    bound = bind("age(applicant.birth_date) > 17 and answers.start > as_of", vocabulary(None, "x"))
    assert bound.names == ("applicant.birth_date", "answers.start")


def test_the_same_declaration_twice_is_one_and_another_is_refused() -> None:
    facts("subject", {"birth_date": BORN})
    facts("subject", {"birth_date": BORN})
    with pytest.raises(ValueError, match="already declared"):
        facts("subject", {"birth_date": Fact("birth_date", FactType.TEXT)})
    provider("answers", lambda definition, service: {"start": START})
    with pytest.raises(ValueError, match="already has a provider"):
        provider("answers", lambda definition, service: {})


@pytest.mark.parametrize("name", ["birth-date", "Birth", "född", "1st", ""])
def test_a_fact_is_named_as_it_will_be_written(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be a fact's name"):
        facts("subject", {name: BORN})


def test_an_option_that_does_not_exist_is_told() -> None:
    status = Fact("status", FactType.TEXT, {}, "register", ("unmarried", "married"))
    facts("subject", {"status": status})
    words = vocabulary(None, "x")
    bind("status = 'married' or status in ('unmarried')", words)
    for text in ("status = 'maried'", "'maried' = status", "status in ('maried')"):
        with pytest.raises(ConditionFault) as caught:
            bind(text, words)
        (problem,) = caught.value.problems
        assert problem.what == "status is never 'maried'"
        assert problem.expected == "one of 'unmarried', 'married'"
        assert problem.suggestion is not None
        assert problem.suggestion.startswith("did you mean married")


def test_the_command_prints_the_facts_in_a_language() -> None:
    facts("subject", {"birth_date": BORN})
    facts("household", {"children": Fact("children", FactType.NUMBER, {"sv": "Barn"}, "register")})
    swedish, english = StringIO(), StringIO()
    call_command("facts", stdout=swedish, language="sv")
    call_command("facts", stdout=english, language="en")
    assert "birth_date" in swedish.getvalue()
    assert "Födelsedatum" in swedish.getvalue()
    assert "household.children" in swedish.getvalue()
    assert "Date of birth" in english.getvalue()
    assert "Barn" in english.getvalue()  # no English text: the one there is, rather than none
    assert "add_months(day, n)" in english.getvalue()
