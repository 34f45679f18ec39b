"""Words as people type them: endings, parts of compounds, slips, beginnings, and what they mean."""

import pytest

from allting.catalogue.meanings import Meanings
from allting.catalogue.near import Form, Near
from allting.catalogue.search import MOST_GUESSES, Entry, Finder, Said, sure
from allting.catalogue.speech import speech
from allting.catalogue.steps import Synonym

ENTRIES = (
    Entry(
        "service",
        "preschool",
        "Plats i förskola",
        "förskola; förskoleplats",
        "Ansök om plats.",
        asked=(("queue", "Hur lång är kön till förskolan?"), ("sick", "Vad gör jag vid sjukdom?")),
        elsewhere=(Said("en", "Preschool place", "nursery; not"),),
    ),
    Entry("service", "permit", "Bygglov", "bygga; altan", "Lov för att bygga."),
    Entry("service", "map", "Nybyggnadskarta", "situationsplan", "Karta över tomten."),
    Entry("service", "music", "Kulturskolan", "spela fiol", "Kurser för barn."),
    Entry("service", "estate", "Dödsboanmälan", "dödsfall", "När någon har dött."),
    Entry("service", "fee", "Avgift för fritidshem", "barnomsorg", "Vad det kostar."),
    Entry("topic", "building", "Bygglov och kartor"),
)
SYNONYMS = (
    Synonym(says={"sv": ("dagis",), "fi": ("päiväkoti", "tarha")}, means={"sv": "förskola"}),
    Synonym(says={"sv": ("gått bort",), "fi": ("on kuollut",)}, means={"sv": "dödsfall"}),
)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder("sv", ENTRIES, SYNONYMS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("förskolorna", "preschool"),
        ("forskola", "preschool"),
        ("dagis", "preschool"),
        ("dagiset", "preschool"),
        ("pappa har gått bort", "estate"),
        ("nursery", "preschool"),
        ("bygglovsansökan", "permit"),
        ("byggolv", "permit"),
        ("kultruskola", "music"),
        ("kulturskola", "music"),
        ("karta", "map"),
        ("nybyg", "map"),
        ("barnomsorgsavgift", "fee"),
    ],
)
def test_found_first(finder: Finder, typed: str, found: str) -> None:
    assert finder.ask(typed)[0].id == found


@pytest.mark.parametrize("typed", ["not", "bort", "qwerty", ""])
def test_what_says_nothing_finds_nothing(finder: Finder, typed: str) -> None:
    assert finder.ask(typed) == []


@pytest.mark.parametrize(
    "typed", ["bygglov", "bygg", "byggolv", "bygglovsansökan", "bygga altan", "plats i förskola nu"]
)
def test_what_fits_is_told_as_found(finder: Finder, typed: str) -> None:
    assert sure(finder.ask(typed))


@pytest.mark.parametrize(
    "typed",
    ["bygglov barcelona madrid", "karta över afrika och asien", "fiolsträng gitarrplektrum"],
)
def test_what_answers_a_little_of_what_was_asked_is_a_guess(finder: Finder, typed: str) -> None:
    assert not sure(finder.ask(typed))


def test_guesses_are_few(finder: Finder) -> None:
    assert len(finder.ask("plats karta kurser kakor katter kaniner")) <= MOST_GUESSES


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("byggolv", "bygglov"),
        ("kultruskolan", "kulturskolan"),
        ("byggolv altan", "bygglov altan"),
        ("bygglov", ""),
        ("bygg", ""),
        ("forskola", ""),
        ("dagis", ""),
        ("xqzwv", ""),
    ],
)
def test_a_slip_of_the_finger_is_told(finder: Finder, typed: str, meant: str) -> None:
    assert finder.spelled(typed) == meant


def test_a_thing_stands_before_what_leads_to_it(finder: Finder) -> None:
    assert [hit.kind for hit in finder.ask("bygglov")] == ["service", "topic"]


def test_a_question_that_others_asked_is_told_with_its_service(finder: Finder) -> None:
    assert finder.ask("hur lång är kön till förskolan")[0].question == "queue"
    assert finder.ask("förskola")[0].question == ""


def test_the_name_of_a_thing_stands_before_a_question_that_speaks_of_it() -> None:
    asked = (("both", "Bygglov i grannens namn?"), ("two", "Kan grannen söka bygglov?"))
    other = Entry("service", "neighbour", "Granne", "grannar", "Om grannar.", asked=asked)
    finder = Finder("sv", (*ENTRIES, other), SYNONYMS)
    assert finder.ask("bygglov")[0].id == "permit"
    assert finder.ask("bygglov i grannens namn")[0].question == "both"


def test_finnish_leads_to_services_without_finnish_texts() -> None:
    swedish = [Entry(it.kind, it.id, it.title, it.keywords, language="sv") for it in ENTRIES]
    finder = Finder("fi", swedish, SYNONYMS)
    for typed in ("päiväkoti", "paivakoti", "päiväkodin", "tarha", "förskola"):
        assert finder.ask(typed)[0].id == "preschool", typed
    assert finder.ask("isäni on kuollut")[0].id == "estate"


def test_who_types_a_diacritic_means_it() -> None:
    near = Near([Form("råttor", "råttor", 1), Form("rättegång", "rättegång", 1)])
    assert list(near.begun("rätt")) == ["rättegång"]
    assert set(near.begun("ratt")) == {"råttor", "rättegång"}


def test_a_phrase_needs_all_its_words() -> None:
    meanings = Meanings("sv", SYNONYMS)
    stem = speech("sv").stem
    assert not meanings.of_phrases({stem("bort"): 1.0})
    assert meanings.of_phrases({stem("gått"): 0.8, stem("bort"): 1.0, "mamma": 1.0})


@pytest.mark.parametrize(
    ("word", "same"),
    [("förskolan", "förskola"), ("ansökan", "ansöka"), ("barnmorskan", "barnmorska")],
)
def test_the_definite_form_is_the_same_word(word: str, same: str) -> None:
    assert speech("sv").stem(word) == speech("sv").stem(same)


@pytest.mark.parametrize("word", ["detaljplan", "talman", "organ"])
def test_what_ends_as_if_it_were_definite_keeps_its_end(word: str) -> None:
    assert speech("sv").stem(word) == word
