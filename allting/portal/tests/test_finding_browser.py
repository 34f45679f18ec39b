"""Finding in a browser: suggestions by keyboard, by touch and by ear; the lists of services."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import PHONE, SMALLEST, WIDE, Look, follow
from tests.house import House

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
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    Look(page).at("suggestions", "sv")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("bygg")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
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


def _typed(page: Page, where: str, words: str) -> Locator:
    page.goto(where)
    box = page.get_by_role("combobox")
    # all at once: of letters that come slowly each may have an answer, the last after the next key
    box.fill(words)
    expect(page.get_by_role("option").first).to_be_visible()
    return box
