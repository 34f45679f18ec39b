"""Searches that found nothing: counted by sittings, kept without anybody, forgotten in time."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from allting.catalogue import missed
from allting.catalogue.keepable import keepable
from allting.catalogue.missed import (
    ENOUGH,
    KEPT_FOR,
    MOST_GATHERED,
    MOST_OF_ONE,
    Gathered,
    misses,
    misses_by_few,
    weed,
)
from allting.catalogue.models import Missed, MissedMark
from allting.catalogue.ports import Ports, names_from
from allting.kernel.api import clock_at, today

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _names(words: Collection[str], *, within: bool = False) -> set[str]:
    return {"maja", "lindgren", *(["karin"] if within else [])} & set(words)


@pytest.fixture(autouse=True)
def names() -> Iterator[None]:
    before = Ports.names_among
    names_from(_names)
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
        "majas mamma",
        "maja-lena",
        "Ma\u200bja",
        "Maj\u00ada",
        "lindgren's skola",
        "maja.lindgren gmail.com",
        "maja (at) example",
        "storgatan 12",
        "12 ekvägen",
        "ekbacka 3 b",
        "lgh 1102",
        "ABC 12D",
        "٠٧٠١٢٣٤٥٦٧",
        "①②③④⑤",
        "min granne på tredje våningen har spelat hög musik hela natten",
        "ett två tre fyra fem sex sju",
    ],
)
def test_what_could_be_a_person_is_never_kept(words: str) -> None:
    typed(words, *many(0, ENOUGH + 1))
    assert not Missed.objects.exists()


def test_who_cannot_tell_names_keeps_nothing() -> None:
    names_from(lambda words, *, within=False: set(words))
    typed("hundrastgård", *many(0, ENOUGH))
    assert not Missed.objects.exists()


def test_it_is_forgotten_in_time() -> None:
    with clock_at(MONDAY):
        typed("hundrastgård", *many(0, ENOUGH))
        typed("skridskobana", "10.0.0.1|Firefox")
    day = MONDAY.date()
    weed(day + timedelta(days=6))
    assert MissedMark.objects.count() == ENOUGH + 1
    weed(day + timedelta(days=7))
    assert not MissedMark.objects.exists()
    assert [it.words for it in Missed.objects.all()] == ["hundrastgård"]
    weed(day + KEPT_FOR + timedelta(days=1))
    assert not Missed.objects.exists()


def test_who_looks_for_the_same_every_day_is_one() -> None:
    for n in range(ENOUGH * 3):
        with clock_at(MONDAY + timedelta(days=n)):
            typed("hundrastgård", "10.0.0.1|Firefox")
    assert misses() == []
    assert misses_by_few() == 1


def test_a_part_of_a_name_is_never_shown() -> None:
    typed("karins hundrastgård", *many(0, ENOUGH + 1))
    assert misses() == []


def test_finnish_endings_hide_no_name() -> None:
    box = Gathered()
    for n, words in enumerate(("lindgrenin koulu", "majalle hoitaja", "Majan koulu")):
        box.add("fi", words, f"10.0.0.{n}|Firefox")
    box.write(today())
    assert not Missed.objects.exists()


def test_when_it_is_full_what_is_there_is_still_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "MOST_KEPT", 1)
    typed("hundrastgård", *many(0, 2))
    typed("skridskobana", *many(0, 2))
    typed("hundrastgård", *many(2, ENOUGH))
    assert [it.words for it in misses()] == ["hundrastgård"]
    assert Missed.objects.count() == 1


def test_a_program_that_types_everything_fills_nothing() -> None:
    box = Gathered()
    for n in range(MOST_GATHERED * 2):
        words = f"x{chr(97 + n % 26)}{chr(97 + n // 26)}"
        box.add("sv", words, "10.0.0.1|robot")
        box.add("sv", words, f"10.0.{n}.2|robots")
    box.write(today())
    assert Missed.objects.count() == MOST_GATHERED
    Missed.objects.all().delete()
    for n in range(MOST_OF_ONE * 2):
        box.add("sv", f"y{chr(97 + n % 26)}{chr(97 + n // 26)}", "10.0.0.1|robot")
    box.write(today())
    assert Missed.objects.count() == MOST_OF_ONE


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
