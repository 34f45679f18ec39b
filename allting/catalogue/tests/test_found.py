"""The starting point is found by what people type: the figures hold, in both halves."""

from collections import defaultdict
from datetime import UTC, datetime
from statistics import mean

from allting.catalogue.finding import search
from allting.catalogue.tests.searches import searches
from allting.catalogue.tests.test_searches import SVERIGE
from allting.packages.api import Edition, check

LEAST = {"a": (0.94, 0.97), "b": (0.88, 0.93)}  # hit@1, hit@3


def test_what_is_wanted_stands_first() -> None:
    definition = check(SVERIGE).definition
    assert definition
    edition = Edition(1, 1, definition, datetime(2026, 11, 1, tzinfo=UTC), "Anna", "first")
    places: dict[str, list[int]] = defaultdict(list)
    for one in searches():
        if one.wanted:
            hits = [f"{it.kind}/{it.id}" for it in search(edition, one.language, one.query, 10)]
            places[one.half].append(next((n for n, it in enumerate(hits) if it in one.refs), 99))
    for half, (first, third) in LEAST.items():
        assert mean(place < 1 for place in places[half]) >= first, half
        assert mean(place < 3 for place in places[half]) >= third, half
