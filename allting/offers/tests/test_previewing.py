"""Before a run: who, how many where, what it takes in places; and two versions side by side."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allting.notifications.models import Message
from allting.offers.models import ByHand, Offer, Run
from allting.offers.previewing import compare, places_of, preview
from allting.offers.quiet import FEWEST, quiet_row
from allting.offers.tests.making import DAY, families, made
from allting.offers.tests.town import OFFER, PLACED, checked, published, write_package
from allting.offers.wishes import turn_off
from allting.packages.api import Definition, Edition
from allting.register.models import AccessLog, Guardianship, Person
from allting.register.testing import Family


def told(*command: str) -> str:
    out = StringIO()
    call_command("offers", *command, stdout=out)
    return out.getvalue()


def definition_of(folder: Path, **changed: str) -> Definition:
    found = checked(folder, **changed).definition
    assert found is not None
    return found


def test_counts_before_a_run(vik: Edition, people: Family) -> None:
    children = families(12)
    made(vik, children[0].id)
    turn_off(Guardianship.objects.get(child=children[1]).guardian_id)
    Guardianship.objects.filter(child=children[2]).delete()
    forecast = preview(vik.definition, as_of=DAY).forecasts["preschool/soon-one"]
    assert len(forecast.found.hits) == 13
    assert (len(forecast.new), forecast.turned_off, forecast.nobody, forecast.made) == (
        12,
        1,
        1,
        10,
    )
    assert forecast.counts == {
        "found": 13,
        "already": None,
        "turned-off": None,
        "nobody": None,
        "made": 10,
    }
    assert (Offer.objects.count(), Message.objects.count(), Run.objects.count()) == (1, 1, 0)


def test_a_preview_reads_about_nobody_by_name(vik: Edition, people: Family) -> None:
    preview(vik.definition, as_of=DAY)
    assert not AccessLog.objects.exists()


def test_small_counts_and_protected_people_are_withheld(vik: Edition, people: Family) -> None:
    families(8, postcode="999 01")
    families(6, postcode="999 02")
    families(3, postcode="999 03")
    families(5, postcode="999 04", protection="mark")
    forecast = preview(vik.definition, as_of=DAY).forecasts["preschool/soon-one"]
    districts, total = forecast.districts
    assert districts == {"999 01": 9, "999 02": None, "999 03": None}
    assert total == 18
    text = told("preview", "--as-of", str(DAY))
    assert "999 04" not in text and "999 03 withheld" in text
    assert not ByHand.objects.exists()


def test_where_few_live_is_not_told(vik: Edition, people: Family) -> None:
    forecast = preview(vik.definition, as_of=DAY).forecasts["welcome/new-here"]
    assert len(forecast.found.hits) == 1
    assert forecast.districts == ({}, None)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), max_size=8))
def test_no_withheld_count_follows_from_the_others(counts: dict[str, int]) -> None:
    row, total = quiet_row(counts)
    hidden = [place for place, count in row.items() if count is None]
    assert all(count is None or count >= FEWEST for count in row.values())
    assert len(hidden) != 1 or len(row) == 1 or total is None
    few = sum(counts[place] for place in hidden)
    assert few == 0 or few >= FEWEST or len(hidden) == len(row)
    if total is not None and len(hidden) > 1:
        left = total - sum(count or 0 for count in row.values())
        assert left == sum(counts[place] for place in hidden)


def test_places_that_it_would_take(tmp_path: Path, people: Family, db: None) -> None:
    edition = published(tmp_path, **PLACED)
    families(9)
    found = preview(edition.definition, as_of=DAY)
    places = places_of(found.forecasts["preschool/soon-one"], edition.definition)
    assert places is not None and (places.wanted, places.free) == (10, 2)
    assert places_of(found.forecasts["welcome/new-here"], edition.definition) is None


def test_two_versions_differ(tmp_path: Path, people: Family, db: None) -> None:
    families(7)
    older = OFFER.replace("age_months(birth_date) < 24", "age_months(birth_date) < 17")
    first = definition_of(tmp_path / "a")
    second = definition_of(tmp_path / "b", services__preschool__offer=older)
    one, three, welcome = compare(first, second, as_of=DAY)
    assert (one.key, one.first, one.second, one.both) == ("preschool/soon-one", 8, None, None)
    assert (one.only_first, one.only_second) == (8, 0)
    assert (three.only_first, three.only_second) == (0, 0)
    assert welcome.key == "welcome/new-here"


def test_few_who_differ_do_not_follow_from_the_rest(
    tmp_path: Path, people: Family, db: None
) -> None:
    families(11, postcode="999 01")
    grown = families(3)
    Person.objects.filter(id__in=[it.id for it in grown]).update(birth_date=date(2025, 1, 15))
    wide = definition_of(tmp_path / "wide")
    narrow = definition_of(
        tmp_path / "narrow", services__preschool__offer=OFFER.replace("24", "18")
    )
    for pair, seen in (((wide, narrow), 15), ((narrow, wide), 12)):
        one = compare(*pair, as_of=DAY)[0]
        assert (one.first, one.second, one.both) == (seen, None, None)
        assert (one.only_first, one.only_second) == (None, None)


def test_one_count_that_is_withheld_does_not_follow_from_the_rest(
    vik: Edition, people: Family
) -> None:
    children = families(20)
    for child in children[:6]:
        made(vik, child.id)
    for child in children[6:13]:
        turn_off(Guardianship.objects.get(child=child).guardian_id)
    Guardianship.objects.filter(child=children[13]).delete()
    forecast = preview(vik.definition, as_of=DAY).forecasts["preschool/soon-one"]
    assert (forecast.nobody, forecast.made, forecast.turned_off) == (1, 7, 7)
    assert forecast.counts == {
        "found": 21, "already": None, "turned-off": 7, "nobody": None, "made": 7
    }  # fmt: skip


def test_the_commands(vik: Edition, people: Family, tmp_path: Path, mails: list[Any]) -> None:
    families(6)
    folder = write_package(tmp_path / "next")
    shown = json.loads(told("preview", "--package", str(folder), "--as-of", str(DAY), "--json"))
    assert [row["situation"] for row in shown] == [
        "preschool/soon-one",
        "preschool/three",
        "welcome/new-here",
    ]
    assert shown[0]["counts"]["made"] == 7
    with_reasons = told("preview", "--situation", "preschool/soon-one", "--why", "1",
                        "--as-of", str(DAY))  # fmt: skip
    assert "och bor i kommunen." in with_reasons
    same = told("compare", str(folder), str(folder), "--as-of", str(DAY))
    assert "first 7, second 7, both 7, only first 0, only second 0" in same
    run = told("run", "--situation", "preschool/soon-one", "--as-of", str(DAY))
    assert "run 1 is done" in run.replace(str(Run.objects.get().id), "1")
    assert "made 7" in run
    assert Offer.objects.count() == 7
    for wrong in (
        ("preview", "--situation", "no/such"),
        ("run", "--situation", "no/such"),
        ("run", "--resume", "99999"),
        ("run", "--resume", str(Run.objects.get().id)),
    ):
        with pytest.raises(CommandError):
            told(*wrong)


def test_a_broken_package_says_what_is_wrong(vik: Edition, tmp_path: Path) -> None:
    broken = OFFER.replace("age_months(birth_date) >= 9", "age_months(birth_day) >= 9")
    folder = write_package(tmp_path / "broken", services__preschool__offer=broken)
    with pytest.raises(CommandError, match="birth_day is not a known fact"):
        told("preview", "--package", str(folder))
