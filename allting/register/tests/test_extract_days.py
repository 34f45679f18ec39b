"""A full extract and the changes of some days come to the full extract of the last day."""

from collections.abc import Iterator
from datetime import date

import pytest

from allting.register.changes import latest_mark
from allting.register.generator.extracts import Town
from allting.register.models import Extract, Person, Residence
from allting.register.tests.extracts import Loaded, put_file, standing

pytestmark = pytest.mark.django_db
SIZE, DAYS, A_DAY = 1_500, 5, 60


def town() -> Town:
    return Town(SIZE, seed=7, municipality="2599", city="Solvik", on=date(2026, 11, 1))


def load(lines: Iterator[str]) -> Loaded:
    told = put_file("\n".join(lines).encode())
    assert not told
    return told


def test_the_first_day_and_five_days_of_changes_are_the_sixth_day() -> None:
    daily = town()
    first = load(daily.full()).counts
    assert first.new == first.lines == SIZE
    for _ in range(DAYS):
        counts = load(daily.changes(A_DAY)).counts
        assert counts.lines >= A_DAY and counts.unchanged < 3
    after_days, mark = standing(), latest_mark()

    assert load(daily.full()).counts.changed == 0
    assert latest_mark() == mark, "the full extract of that day told something new"
    assert standing() == after_days

    Person.objects.all().delete()
    later = town()
    for _ in range(DAYS):
        later.pass_day(A_DAY)
    load(later.full())
    fresh = standing()
    for what, rows in after_days.items():
        assert rows == fresh[what], what


def test_two_full_extracts_are_the_same_as_all_the_days_between() -> None:
    daily, jump = town(), town()
    load(daily.full())
    for _ in range(DAYS):
        load(daily.changes(A_DAY))
    by_days = standing()
    Person.objects.all().delete()
    Extract.objects.all().delete()
    load(jump.full())
    for _ in range(DAYS):
        jump.pass_day(A_DAY)
    counts = load(jump.full()).counts
    assert counts.left == Person.objects.exclude(left=None).count() > 0
    by_jump = standing()
    for what, rows in by_days.items():
        assert rows == by_jump[what], what


def test_the_same_seed_gives_the_same_files() -> None:
    one, other = town(), town()
    assert list(one.full()) == list(other.full())
    assert list(one.changes(A_DAY)) == list(other.changes(A_DAY))
    assert list(one.full()) == list(other.full())


def test_nobody_hidden_has_a_home_anywhere() -> None:
    daily = town()
    load(daily.full())
    for _ in range(DAYS):
        load(daily.changes(A_DAY))
    hidden = Person.objects.filter(protection__in=["registration", "new-identity"])
    assert hidden.exists()
    assert not hidden.exclude(street="", postcode="", city="", lat=None, lon=None).exists()
    assert not Residence.objects.filter(person__in=hidden).exists()
