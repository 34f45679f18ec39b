"""Every page of the portal in a real browser: both languages, phone and desk, light and dark."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import PHONE, SMALLEST, WIDE, Look, follow
from tests.house import House

PUBLIC = [
    "", "services/", "services/preschool-place/", "services/building-permit/",
    "services/civil-wedding/", "services/childcare-fee/",
    "life-events/having-a-child/", "search/?q=dagis", "search/?q=xyzzy",
    "about/", "accessibility/", "services/preschool-place/ask/", "questions/",
    "services/preschool-place/?municipality_code=no",
]  # fmt: skip
OWN = ["", "services/preschool-place/", "services/childcare-fee/", "my/", "my/inbox/",
       "my/contact/", "my/reads/", "my/held/"]  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_pages_for_everyone(
    solvik_house: House, browser: Browser, language: str, size: ViewportSize
) -> None:
    page = browser.new_page(viewport=size, base_url=solvik_house.url)
    _each(page, language, PUBLIC)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_ones_own_pages(
    solvik_house: House, browser: Browser, language: str, size: ViewportSize
) -> None:
    page = browser.new_page(viewport=size, base_url=solvik_house.url)
    _sign_in(page, language)
    _each(page, language, OWN)
    page.goto(f"/{language}/my/contact/")
    page.fill("#email", "maja")
    follow(page.get_by_role("button", name="Spara" if language == "sv" else "Save"))
    Look(page).at("contact-wrong", language)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_header_is_one_row_for_whoever_works_here(
    solvik_house: House, browser: Browser, language: str
) -> None:
    page = browser.new_page(viewport=WIDE, base_url=solvik_house.url)
    _sign_in(page, language, "Amir Rahimi")
    for path, highest in (("", 80), ("desk/", 64)):
        page.goto(f"/{language}/{path}")
        for width in (320, 360, 400, 960, 990, 1040, 1100, 1200, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            box = page.locator("header.top").bounding_box()
            assert box is not None and box["height"] < highest, (path, width, box)


def test_in_the_dark_on_the_smallest_phone_and_without_javascript(
    solvik_house: House, browser: Browser
) -> None:
    context = browser.new_context(viewport=SMALLEST, base_url=solvik_house.url, color_scheme="dark")
    _each(context.new_page(), "sv", PUBLIC)
    plain = browser.new_context(
        viewport=PHONE, base_url=solvik_house.url, java_script_enabled=False
    ).new_page()
    _sign_in(plain, "sv")
    for one in (*PUBLIC, *OWN):
        answer = plain.goto(f"/sv/{one}")
        assert answer is not None
        assert answer.status == 200
        assert plain.url.endswith(f"/sv/{one}")
        expect(plain.get_by_text("Mina sidor").first).to_be_visible()
        expect(plain.locator("h1, h2").first).to_be_visible()


@pytest.mark.parametrize(
    "where", ["", "services/preschool-place/", "plans/building/?builds=new-house"]
)
def test_a_page_weighs_little(solvik_house: House, browser: Browser, where: str) -> None:
    page = browser.new_page(viewport=PHONE, base_url=solvik_house.url)
    weights: list[int] = []
    page.on("response", lambda it: weights.append(it.request.sizes()["responseBodySize"]))
    page.goto(f"/sv/{where}", wait_until="networkidle")
    assert 0 < sum(weights) < 100_000, weights


def _each(page: Page, language: str, addresses: list[str]) -> None:
    look = Look(page)
    for address in addresses:
        answer = page.goto(f"/{language}/{address}")
        assert answer is not None
        assert answer.status == 200, address
        assert page.url.endswith(f"/{language}/{address}"), "led to somewhere else"
        look.at(address, language)


def _sign_in(page: Page, language: str, who: str = "Maja Lindgren") -> None:
    page.goto(f"/{language}/sign-in/")
    follow(page.locator("main form button, main a.button").first)
    follow(page.get_by_role("button", name=who).first)
    expect(page.locator(".top__me")).to_be_visible()
