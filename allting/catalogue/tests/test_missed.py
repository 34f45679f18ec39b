"""Searches that found nothing: counted by sittings, kept without anybody, forgotten in time."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from allting.catalogue.missed import (
    ENOUGH,
    KEPT_FOR,
    MOST_GATHERED,
    UNSEEN_FOR,
    Gathered,
    keepable,
    misses,
    misses_by_few,
    weed,
)
from allting.catalogue.models import Missed, MissedMark
from allting.catalogue.ports import Ports, names_from
from allting.kernel.api import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def names() -> Iterator[None]:
    before = Ports.names_among
    names_from(lambda words: {"maja", "lindgren"} & set(words))
    yield
    names_from(before)


def typed(words: str, *sittings: str) -> None:
    box = Gathered()
    for sitting in sittings:
        box.add("sv", words, sitting)
    box.write(today())


def many(start: int, end: int) -> list[str]:
    return [f"10.0.0.{n}|Firefox" for n in range(start, end)]


def test_words_are_kept_only_when_enough_sittings_typed_them() -> None:
    typed("hundrastgård", *many(0, ENOUGH - 1))
    assert misses() == []
    assert misses_by_few() == 1
    kept = str(Missed.objects.values().get())
    assert "hund" not in kept
    typed("  Hundrastgård ", *many(ENOUGH - 1, ENOUGH))
    (miss,) = misses()
    assert (miss.words, miss.sittings, miss.first) == ("hundrastgård", ENOUGH, today())


def test_one_sitting_counts_once_however_often_it_asks() -> None:
    for _ in range(ENOUGH * 2):
        typed("hundrastgård", "10.0.0.1|Firefox")
    assert Missed.objects.get().sittings == 1


def test_no_address_is_kept_and_a_mark_ties_no_two_searches_together() -> None:
    typed("hundrastgård", "10.0.0.1|Firefox")
    typed("skridskobana", "10.0.0.1|Firefox")
    marks = list(MissedMark.objects.values_list("mark", flat=True))
    assert len(set(marks)) == 2
    assert not any("10.0.0.1" in str(row) for row in MissedMark.objects.values())


@pytest.mark.parametrize(
    "words",
    [
        "19900101-2385",
        "900101 2385",
        "070-123 45 67",
        "maja@example.com",
        "https://example.com/x",
        "Maja Lindgren",
        "vem är lindgren",
        "min granne på tredje våningen har spelat hög musik hela natten",
        "ett två tre fyra fem sex sju",
    ],
)
def test_what_could_be_a_person_is_never_kept(words: str) -> None:
    typed(words, *many(0, ENOUGH + 1))
    assert not Missed.objects.exists()


def test_who_cannot_tell_names_keeps_nothing() -> None:
    names_from(lambda words: set(words))
    typed("hundrastgård", *many(0, ENOUGH))
    assert not Missed.objects.exists()


def test_it_is_forgotten_in_time() -> None:
    typed("hundrastgård", *many(0, ENOUGH))
    typed("skridskobana", "10.0.0.1|Firefox")
    day = today()
    weed(day)
    assert MissedMark.objects.count() == ENOUGH + 1
    weed(day + timedelta(days=1))
    assert not MissedMark.objects.exists()
    weed(day + UNSEEN_FOR + timedelta(days=1))
    assert [it.words for it in Missed.objects.all()] == ["hundrastgård"]
    weed(day + KEPT_FOR + timedelta(days=1))
    assert not Missed.objects.exists()


def test_a_program_that_types_everything_fills_nothing() -> None:
    box = Gathered()
    for n in range(MOST_GATHERED * 2):
        box.add("sv", f"x{chr(97 + n % 26)}{chr(97 + n // 26)}", "10.0.0.1|robot")
    box.write(today())
    assert Missed.objects.count() == MOST_GATHERED


def test_days_pass_and_the_first_stays() -> None:
    box = Gathered()
    box.add("sv", "skridskobana", "10.0.0.1|Firefox")
    box.write(date(2026, 11, 1))
    box.add("sv", "skridskobana", "10.0.0.2|Firefox")
    box.write(date(2026, 11, 9))
    row = Missed.objects.get()
    assert (row.first, row.last, row.sittings) == (date(2026, 11, 1), date(2026, 11, 9), 2)


def test_a_short_number_is_a_word() -> None:
    assert keepable("1177")
    assert not keepable("")
