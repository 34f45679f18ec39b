"""`facts.yaml`: what a package adds to the facts of the register."""

from pathlib import Path

import pytest

from allting.conditions.api import FactType, bind, vocabulary
from allting.packages.api import CheckResult, check

MANIFEST = "id: test\ntitle: Test\nversion: 1.0.0\nlicence: EUPL-1.2\nlanguages: [sv, en]\n"
LAPSES = "{id: permit-lapses, type: date, says: {sv: Bygglovet upphör, en: The permit lapses}}"
RENT = "{id: rent, about: household, type: number, money: true, says: {sv: Hyra, en: Rent}}"


def checked(tmp_path: Path, *facts: str) -> CheckResult:
    (tmp_path / "package.yaml").write_text(MANIFEST)
    (tmp_path / "facts.yaml").write_text(f"facts: [{', '.join(facts)}]\n")
    return check(tmp_path)


def test_stated_facts_are_words_of_conditions(tmp_path: Path) -> None:
    definition = checked(tmp_path, LAPSES, RENT).definition
    assert definition is not None
    words = vocabulary(definition, "any-service")
    bound = bind("permit_lapses < as_of and household.rent > 100", words)
    assert bound.names == ("permit_lapses", "household.rent")
    assert words.facts["child.permit_lapses"].type is FactType.DATE
    assert words.facts["household.rent"].money
    assert "rent" not in words.facts and "household.permit_lapses" not in words.facts


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (
            "{id: lives-alone, type: boolean, says: {sv: A, en: A}}",
            "already has a fact 'lives_alone'",
        ),
        ("{id: size, about: household, type: number, says: {sv: A, en: A}}", "'size'"),
        ("{id: length, type: metres, says: {sv: A, en: A}}", "boolean"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, fact: str, said: str) -> None:
    assert any(said in str(problem) for problem in checked(tmp_path, fact).problems)


def test_the_same_name_for_a_person_and_a_household_is_two_facts(tmp_path: Path) -> None:
    assert checked(tmp_path, "{id: size, type: number, says: {sv: Längd, en: Height}}").definition
