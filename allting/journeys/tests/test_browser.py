"""Plans in a real browser: both languages, wide and the smallest phone, and by keyboard."""

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser import SMALLEST, WIDE, Look
from tests.house import House

HOUSE = "?day_year=2027&day_month=12&day_day=1&builds=new-house"
SOON = HOUSE.replace("day_month=12", "day_month=1")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("size", [WIDE, SMALLEST], ids=["wide", "smallest"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_plans_can_be_read(
    solvik_house: House, browser: Browser, language: str, size: ViewportSize
) -> None:
    page = browser.new_page(viewport=size, base_url=solvik_house.url)
    look = Look(page)
    for name, query in (("begun", ""), ("house", HOUSE), ("clash", SOON)):
        page.goto(f"/{language}/plans/building/{query}")
        look.at(f"plan-{name}-{size['width']}", language)


def test_a_question_is_answered_by_keyboard(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=SMALLEST, base_url=solvik_house.url)
    page.goto("/en/plans/building/")
    page.locator("#builds-1").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**builds=new-house**")
    assert page.locator("ol.path > li").first.inner_text().count("New-construction map")


def test_a_bar_leads_to_its_step_by_keyboard(solvik_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport=SMALLEST, base_url=solvik_house.url)
    page.goto(f"/en/plans/building/{HOUSE}")
    page.locator(".days__row a", has_text="Building permit").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#step-building-permit")
    expect(page.locator("ol.path > li:target")).to_contain_text("Building permit")
