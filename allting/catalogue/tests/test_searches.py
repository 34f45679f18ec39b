"""The queries that search is measured by are themselves in order."""

from collections import Counter
from pathlib import Path

from allting.catalogue.tests.searches import EDGES, KINDS, OTHERS, edges, half_of, searches

SVERIGE = Path(__file__).resolve().parents[3] / "packages" / "sverige"


def test_there_are_enough_in_each_language() -> None:
    found = Counter(one.language for one in searches())
    assert sum(found.values()) >= 320
    assert found["sv"] >= 190
    assert found["en"] >= 80
    assert found["fi"] >= 50
    assert sum(not one.wanted for one in searches()) >= 20


def test_everything_wanted_is_in_the_package() -> None:
    there = {f"service/{it.parent.name}" for it in SVERIGE.glob("services/*/service.yaml")}
    there |= {f"life-event/{it.stem}" for it in SVERIGE.glob("life-events/*.yaml")}
    missing = {(one.id, ref) for one in (*searches(), *edges()) for ref in one.refs - there}
    assert not missing


def test_each_is_told_once_and_fully() -> None:
    told = searches()
    assert len({one.id for one in told}) == len(told)
    assert len({(one.language, one.query) for one in told}) == len(told)
    for one in told:
        assert one.kind in KINDS, one.id
        assert len(one.wanted) <= 3, one.id
        assert len(one.refs) == len(one.wanted), one.id
        assert (one.kind == "nothing") == (not one.wanted), one.id
        assert one.query == one.query.strip(), one.id


def test_what_should_find_nothing_is_told_in_each_language() -> None:
    told = edges()
    found = Counter(one.language for one in told if not one.wanted)
    assert (found["sv"] >= 90, found["en"] >= 60, found["fi"] >= 45) == (True, True, True)
    queries = [(one.language, one.query) for one in (*searches(), *told)]
    assert len(set(queries)) == len(queries)
    assert len({one.id for one in told}) == len(told)
    for one in told:
        assert one.kind in EDGES | {OTHERS}, one.id
        assert (one.kind == OTHERS) == bool(one.wanted), one.id
        assert one.half == half_of(one.query), one.id
    halves = Counter(one.half for one in told if not one.wanted)
    assert min(halves.values()) >= 0.45 * halves.total()


def test_the_halves_follow_the_rule_and_are_balanced() -> None:
    told = searches()
    assert [one.id for one in told if one.half != half_of(one.query)] == []
    for language, least in (("sv", 0.42), ("en", 0.4), ("fi", 0.35)):
        halves = Counter(one.half for one in told if one.language == language)
        assert min(halves.values()) >= least * halves.total(), language
