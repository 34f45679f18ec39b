"""The starting point is found by what people type: the figures hold, in both halves."""

from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from statistics import mean

from allting.catalogue.finding import search
from allting.catalogue.parts import FAQ, LIFE_EVENT
from allting.catalogue.search import Hit, sure
from allting.catalogue.tests.searches import OTHERS, Search, edges, searches
from allting.catalogue.tests.test_searches import SVERIGE
from allting.packages.api import Edition, check

SEEN = {"a": (0.94, 0.97), "b": (0.87, 0.92)}
"""hit@1 and hit@3 on the page, guesses with them."""
TOLD = {"a": (0.94, 0.96), "b": (0.86, 0.9)}
"""The same where only what is told as hits counts."""
NOTHING = {"a": 0.81, "b": 0.75}
"""Of what should find nothing: the share that no page tells as a hit."""
OF_OTHERS = 0.8
QUESTIONS = {"sv": 0.82, "en": 0.87, "fi": 0.87}
"""Of the questions that others asked, put as they stand: those met under one of the first three."""


@cache
def _edition() -> Edition:
    definition = check(SVERIGE).definition
    assert definition
    return Edition(1, 1, definition, datetime(2026, 11, 1, tzinfo=UTC), "Anna", "first")


def _found(one: Search) -> list[Hit]:
    return search(_edition(), one.language, one.query, 10)


def _place(one: Search, *, told: bool) -> int:
    hits = _found(one)
    if told and not sure(hits):
        return 99
    return next((n for n, it in enumerate(hits) if f"{it.kind}/{it.id}" in one.refs), 99)


def test_what_is_wanted_stands_first() -> None:
    for told, least in ((False, SEEN), (True, TOLD)):
        for half, (first, third) in least.items():
            ours = [one for one in searches() if one.wanted and one.half == half]
            places = [_place(one, told=told) for one in ours]
            assert mean(place < 1 for place in places) >= first, (half, told)
            assert mean(place < 3 for place in places) >= third, (half, told)


def test_what_should_find_nothing_is_not_told_as_found() -> None:
    for half, least in NOTHING.items():
        ours = [it for it in (*searches(), *edges()) if not it.wanted and it.half == half]
        assert mean(not sure(_found(it)) for it in ours) >= least, half


def test_what_others_do_is_found() -> None:
    places = [_place(one, told=True) for one in edges() if one.kind == OTHERS]
    assert mean(place < 1 for place in places) >= OF_OTHERS


def test_questions_that_others_asked_are_met_in_each_language() -> None:
    met: dict[str, list[bool]] = defaultdict(list)
    for id, told in _edition().definition.all(FAQ).items():
        for one in told.questions:
            for language, words in one.question.items():
                hits = search(_edition(), language, words, 10)[:3]
                met[language].append((id, one.id) in {(it.id, it.question) for it in hits})
    for language, least in QUESTIONS.items():
        assert mean(met[language]) >= least, language


def test_life_events_are_met_by_name_in_each_language() -> None:
    for id, event in _edition().definition.all(LIFE_EVENT).items():
        assert set(event.title) >= set(QUESTIONS), id
        for language, words in event.title.items():
            hits = search(_edition(), language, words, 3)
            assert ("life-event", id) in {(it.kind, it.id) for it in hits}, (language, id)
