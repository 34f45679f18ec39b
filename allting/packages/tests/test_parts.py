"""The blocks that files are made of: durations, law, texts, ids."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from allting.packages.api import Duration, Id, Law, LawRef, Part, Text
from allting.packages.duration import parse_duration
from allting.packages.text import KNOWN, LANGUAGES


class Sample(Part):
    title: Text | None = None
    time: Duration | None = None
    law: Law = ()
    id: Id | None = None


def read(source: str, *languages: str) -> Sample:
    context = {LANGUAGES: languages or ("sv", "en"), KNOWN: (*languages, "sv", "en")}
    return Sample.model_validate_json(source, strict=True, context=context)


@pytest.mark.parametrize(
    ("source", "iso"),
    [
        ("10 weeks", "P10W"),
        ("1 week", "P1W"),
        ("4 months", "P4M"),
        ("1 year 6 months", "P1Y6M"),
        ("1 year and 6 months", "P1Y6M"),
        ("1 year, 2 days", "P1Y2D"),
        ("P1Y2M3W4D", "P1Y2M3W4D"),
        ("3days", "P3D"),
    ],
)
def test_durations(source: str, iso: str) -> None:
    assert parse_duration(source).iso == iso


@pytest.mark.parametrize(
    "source", ["", "P", "10", "weeks", "-1 week", "1.5 years", "1 week 2 weeks", "200 years", "P1H"]
)
def test_no_durations(source: str) -> None:
    with pytest.raises(ValidationError):
        read(f'{{"time": "{source}"}}')


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.builds(
        Duration, st.integers(0, 40), st.integers(0, 30), st.integers(0, 60), st.integers(0, 99)
    ),
)
def test_a_duration_only_goes_forward(start: date, time: Duration) -> None:
    assert time.before(start) <= start <= time.after(start)
    assert parse_duration(time.iso) == time if time != Duration() else True


@pytest.mark.parametrize(
    ("start", "time", "end"),
    [
        (date(2026, 1, 31), "1 month", date(2026, 2, 28)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2026, 12, 31), "2 months", date(2027, 2, 28)),
        (date(2026, 11, 1), "10 weeks", date(2027, 1, 10)),
    ],
)
def test_months_end_in_their_month(start: date, time: str, end: date) -> None:
    assert parse_duration(time).after(start) == end


@pytest.mark.parametrize(("language", "words"), [("sv", "1 år, 2 dagar"), ("en", "1 year, 2 days")])
def test_durations_in_words(language: str, words: str) -> None:
    assert parse_duration("1 year 2 days").words(language) == words


@pytest.mark.parametrize(
    ("source", "act", "section"),
    [
        ("SkolL 8:14", "SkolL", "8:14"),
        ("PBL 9:99–115", "PBL", "9:99–115"),
        ("FL § 28", "FL", "§ 28"),
        ("SFS 2001:160 § 3", "SFS 2001:160", "§ 3"),
        ("ÄktB 4:2", "ÄktB", "4:2"),
        ("SkolL", "SkolL", ""),
    ],
)
def test_references_to_law(source: str, act: str, section: str) -> None:
    found = read(f'{{"law": "{source}"}}').law
    assert found == (LawRef(act, section),)
    assert str(found[0]) == source


def test_several_references() -> None:
    assert len(read('{"law": ["SkolL 8:3", "SkolL 8:5"]}').law) == 2


def test_a_text_falls_back_to_the_first_language() -> None:
    title = read('{"title": {"en": "Hello", "sv": "Hej"}}', "sv", "en", "fi").title
    assert title is not None
    assert list(title) == ["sv", "en"]
    assert title.pick("fi") == ("sv", "Hej")
    assert title.pick("en") == ("en", "Hello")
    assert title == {"sv": "Hej", "en": "Hello"}
    assert hash(title) == hash(Text({"sv": "Hej", "en": "Hello"}))


def test_a_lone_text_is_in_the_first_language() -> None:
    assert read('{"title": "Moi"}', "fi").title == {"fi": "Moi"}


@pytest.mark.parametrize("id", ["a", "a1", "new-construction-map", "x-2"])
def test_ids(id: str) -> None:
    assert read(f'{{"id": "{id}"}}').id == id


@pytest.mark.parametrize("id", ["", "A", "a_b", "-a", "a-", "a--b", "1a", "å", "a b", "x" * 81, 7])
def test_no_ids(id: Any) -> None:
    with pytest.raises(ValidationError, match="is not an id"):
        Sample(id=id)
