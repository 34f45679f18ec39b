"""Who may, what it costs, what must come before, and what search finds."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from allting.catalogue import api
from allting.catalogue.testing import town
from allting.packages.api import Edition, check

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder: Path = town(tmp_path_factory.mktemp("packages"))
    definition = check(folder).definition
    assert definition
    return Edition(1, 1, definition, datetime(2026, 11, 1, tzinfo=UTC), "Anna", "first")


def answers(edition: Edition, **values: object) -> dict[str, str]:
    found = api.who_may(edition, "preschool-place", values, DAY)
    return {it.id: it.answer for it in found}


def test_yes_no_and_cannot_tell(edition: Edition) -> None:
    child = {"birth_date": date(2024, 9, 10), "municipality_code": "2599"}
    assert answers(edition, **child) == {"lives-here": "yes", "one-year-old": "yes"}
    child["municipality_code"] = "0180"
    assert answers(edition, **child) == {"lives-here": "no", "one-year-old": "yes"}
    assert answers(edition) == {"lives-here": "unknown", "one-year-old": "unknown"}


def test_what_is_missing_is_said(edition: Edition) -> None:
    found = api.who_may(edition, "preschool-place", {"birth_date": date(2024, 9, 10)}, DAY)
    assert found[0].missing == ("municipality_code",)
    assert api.verdict(found) == "unknown"


def test_only_the_facts_that_matter_are_asked_for(edition: Edition) -> None:
    assert api.facts_for_conditions(edition, "preschool-place") == {
        "municipality_code",
        "birth_date",
    }
    assert api.facts_for_costs(edition, "preschool-place") == {"household.income_month"}


def test_costs_are_exact_and_say_what_is_missing(edition: Edition) -> None:
    (fee,) = api.costs(edition, "preschool-place", {"household.income_month": 99_999}, DAY)
    assert fee.amount == Decimal("1846.8")
    (fee,) = api.costs(edition, "preschool-place", {}, DAY)
    assert fee.amount is None
    assert fee.missing == ("household.income_month",)


def test_what_must_come_before(edition: Edition) -> None:
    assert api.steps_before(edition, "building-permit") == ("new-construction-map",)
    assert api.steps_before(edition, "preschool-place") == ()


def test_a_board_falls_back_on_the_municipality(edition: Edition) -> None:
    assert api.contact_of(edition, "education").phone == "+46 10 555 00 10"
    assert api.contact_of(edition, "education").email == "kontakt@solvik.example"
    assert api.contact_of(edition, "building").phone == "+46 10 555 00 00"


def test_what_is_not_there_is_said(edition: Edition) -> None:
    with pytest.raises(api.NotInCatalogue, match="no service 'moon' in this edition"):
        api.service(edition, "moon")


def test_shelves(edition: Edition) -> None:
    assert list(api.life_events(edition)) == ["having-a-child"]
    assert api.services_of(edition, "having-a-child") == ("preschool-place",)
    assert [group.topic.id for group in api.topics(edition)] == ["childcare", "building"]
    assert list(api.units(edition, "preschool")) == ["solrosen"]


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("sv", "dagis", "preschool-place"),
        ("sv", "forskola", "preschool-place"),
        ("sv", "förskoleplatser", "preschool-place"),
        ("sv", "bygglov altan", "building-permit"),
        ("sv", "jag vill bygga en altan", "building-permit"),
        ("sv", "attefallshuset", "building-permit"),
        ("sv", "karta", "new-construction-map"),
        ("sv", "nybygnadskarta", "new-construction-map"),
        ("sv", "hur ansöker jag om dagisplats", "preschool-place"),
        ("sv", "få barn", "having-a-child"),
        ("en", "kindergarten", "preschool-place"),
        ("en", "building permits", "building-permit"),
        ("en", "patio", "building-permit"),
        ("en", "nursary", "preschool-place"),
    ],
)
def test_people_find_it_in_their_own_words(
    edition: Edition, language: str, typed: str, found: str
) -> None:
    hits = api.search(edition, language, typed)
    assert hits, typed
    assert hits[0].id == found


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy", "AND OR NOT", '"', "(", "*:*", "å" * 5000])
def test_nothing_found_is_an_answer(edition: Edition, typed: str) -> None:
    assert api.search(edition, "sv", typed) == []
