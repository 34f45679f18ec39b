"""Finding in a browser: suggestions by keyboard, by touch and by ear; the lists of services."""

import re
from contextlib import suppress
from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Route, ViewportSize, expect

from tests.browser import PHONE, SMALLEST, WIDE, Look, follow
from tests.house import House

LOOKS: tuple[tuple[str, ViewportSize, Literal["dark", "light"]], ...] = (
    ("sv", PHONE, "dark"),
    ("en", WIDE, "light"),
    ("fi", SMALLEST, "light"),
)
LISTS = ["services/by/audience/", "services/by/board/"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_lists_and_the_hits(solvik_house: House, browser: Browser) -> None:
    for language, size in (("sv", PHONE), ("en", WIDE), ("fi", SMALLEST)):
        page = browser.new_page(viewport=size, base_url=solvik_house.url)
        for where in (*LISTS, "search/?q=dagis", "search/?q=socialnämnden"):
            page.goto(f"/{language}/{where}")
            Look(page).at(where.strip("/").replace("/", "-").replace("?", "-"), language)


def test_suggestions_by_keyboard(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=WIDE, base_url=solvik_house.url)
    box = _typed(page, "/sv/", "bygg")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="förslag")).to_have_count(1)
    box.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "search-list-0")
    Look(page).at("suggestions", "sv")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("bygg")
    expect(box).not_to_have_attribute("aria-activedescendant", "search-list-0")
    box.press("ArrowDown")
    box.press("ArrowUp")  # back in the box: what is typed is what is searched for
    box.press("Enter")
    page.wait_for_url("**/sv/search/?q=bygg")


def test_suggestions_are_followed(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE, base_url=solvik_house.url)
    box = _typed(page, "/en/services/", "nursery")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/en/services/preschool-place/")
    _typed(page, "/en/search/", "building permit")
    Look(page).at("suggestions-phone", "en")
    follow(page.get_by_role("option", name="Building permit").first)
    expect(page).to_have_url(re.compile("/en/services/building-permit/$"))


def test_a_lost_connection_leaves_the_form(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=WIDE, base_url=solvik_house.url)
    page.route("**/search/suggest/**", lambda route: route.abort())
    page.goto("/sv/")
    page.get_by_role("combobox").press_sequentially("dagis")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/sv/search/?q=dagis")
    expect(page.get_by_role("heading", name="Plats i förskola")).to_be_visible()


def test_a_late_answer_does_not_replace_a_newer_one(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=WIDE, base_url=solvik_house.url)
    held: list[Route] = []
    page.route("**/search/suggest/?q=nursery", lambda it: held.append(it))  # kept waiting
    page.goto("/en/")
    box = page.get_by_role("combobox")
    with page.expect_request("**/search/suggest/?q=nursery"):
        box.fill("nursery")
    box.fill("building permit")
    newest = page.get_by_role("option", name="Building permit").first
    expect(newest).to_be_visible()
    late = {"title": "Late", "lang": "en", "text": "", "href": "/late"}
    with suppress(Error):  # the page may have given it up already
        held[0].fulfill(json={"hits": [late]})
    page.wait_for_load_state("networkidle")
    expect(newest).to_be_visible()
    expect(page.get_by_role("option", name="Late")).to_have_count(0)


def test_who_types_on_has_not_chosen(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=WIDE, base_url=solvik_house.url)
    box = _typed(page, "/sv/", "bygg")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "search-list-0")
    box.press("ArrowLeft")
    expect(box).not_to_have_attribute("aria-activedescendant", "search-list-0")
    box.press("ArrowDown")
    page.route("**/search/suggest/**", lambda _: None)  # no answer comes any more
    box.press("End")
    box.press_sequentially("l")
    box.press("Enter")
    page.wait_for_url("**/sv/search/?q=byggl")


def test_nothing_is_suggested_for_an_empty_box(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=SMALLEST, base_url=solvik_house.url)
    box = _typed(page, "/fi/", "rakennuslupa")
    box.press("Alt+ArrowUp")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Alt+ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.fill("")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("xqzwv")
    expect(page.get_by_role("status").filter(has_text="Ei ehdotuksia")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_question_leads_to_its_answer(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE, base_url=solvik_house.url)
    for language, words in (
        ("sv", "Kan grannen stoppa mig?"),
        ("en", "Can my neighbour stop me?"),
        ("fi", "Voiko naapuri estää minua?"),
    ):
        page.goto(f"/{language}/search/?q={words}")
        page.get_by_role("link", name=words).click()
        page.wait_for_url(f"**/{language}/services/building-permit/#question-neighbour")
        expect(page.locator("#question-neighbour")).to_be_in_viewport()


def test_without_a_script_the_words_are_sent(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(base_url=solvik_house.url, java_script_enabled=False)
    page.goto("/sv/services/")
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.get_by_role("searchbox").fill("dagis")
    page.get_by_role("search").get_by_role("button").click()
    page.wait_for_url("**/sv/search/?q=dagis")
    expect(page.get_by_role("heading", name="Plats i förskola")).to_be_visible()


def test_found_nothing_and_guesses(solvik_house: House, browser: Browser) -> None:
    for language, size, scheme in LOOKS:
        page = browser.new_page(
            viewport=size, color_scheme=scheme, reduced_motion="reduce", base_url=solvik_house.url
        )
        for words in ("netflix", "bröllopsklänning", "byggolv", "x" * 200):
            page.goto(f"/{language}/search/?q={words}")
            Look(page).at(f"search-{words[:9]}", language)
        _typed(page, f"/{language}/search/", "bygg")
        Look(page).at("suggestions-few", language)


def _typed(page: Page, where: str, words: str) -> Locator:
    page.goto(where)
    box = page.get_by_role("combobox")
    # all at once: of letters that come slowly each may have an answer, the last after the next key
    box.fill(words)
    expect(page.get_by_role("option").first).to_be_visible()
    return box
