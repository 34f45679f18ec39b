"""The style page in a real browser: accessible at every width, by day and by night."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, SMALLEST, WIDE, Look

PAGES = ["/ui/", "/ui/home", "/ui/form", "/ui/desk", "/{}/nowhere"]
SIZES = {"phone": PHONE, "wide": WIDE}


@contextmanager
def opened(browser: Browser, url: str, **how: object) -> Iterator[Page]:
    """A page in a fresh context; whatever the console complains about is a fault."""
    context = browser.new_context(**how)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(url)
    yield page
    context.close()
    assert [line for line in said if "404 (Not Found)" not in line] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [
        ("phone", "light", "sv"),
        ("phone", "dark", "en"),
        ("wide", "light", "en"),
        ("wide", "dark", "sv"),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, address: str, path: str, size: str, scheme: str, language: str
) -> None:
    how = {"viewport": SIZES[size], "color_scheme": scheme, "reduced_motion": "reduce"}
    url = address + path.format(language)
    with opened(browser, url, locale=language, **how) as page:
        Look(page).at("style", language)


@pytest.mark.parametrize("path", PAGES)
def test_the_smallest_phone_and_the_largest_letters(
    browser: Browser, address: str, path: str
) -> None:
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    with opened(browser, address + path.format("sv"), viewport=SMALLEST) as page:
        assert page.evaluate(too_wide) <= 0
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate(too_wide) <= 0


@pytest.mark.parametrize("path", ["/ui/", "/ui/form", "/ui/desk"])
def test_what_is_pressed_is_large_enough(browser: Browser, address: str, path: str) -> None:
    pressed = "main button, main .button, main select, main .choice, summary, .menu a, .foot a"
    size = """all => all.filter(e => e.checkVisibility()).map(e =>
        [e.textContent.trim(), e.getBoundingClientRect().height])"""
    with opened(browser, f"{address}{path}", viewport=PHONE) as page:
        sizes = page.locator(pressed).evaluate_all(size)
        assert len(sizes) > 8
        assert [(name, height) for name, height in sizes if height < 40] == []


def test_everything_can_be_reached_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/ui/form", viewport=WIDE) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        seen = set()
        here = "const e = document.activeElement; const ring = e.closest('.choice') ?? e;"
        told = "[e.id || e.name, parseFloat(getComputedStyle(ring).outlineWidth)]"
        for _ in range(12):
            page.keyboard.press("Tab")
            name, ring = page.evaluate(f"(() => {{ {here} return {told}; }})()")
            assert ring >= 2, f"{name}: the focus cannot be seen"
            seen.add(name)
        assert {"child-1", "start_day", "start_month", "start_year", "save"} <= seen


def test_a_form_is_sent_once_and_can_be_sent_again_after_coming_back(
    browser: Browser, address: str
) -> None:
    # what would be sent is counted and then held back, so that the page stays
    count = """() => { window.sent = 0; addEventListener('submit', event => {
        window.sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); }); }"""
    press = "button => { button.click(); button.click(); }"
    come_back = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    with opened(browser, f"{address}/ui/form", viewport=PHONE) as page:
        page.evaluate(count)
        go = page.locator("main form .button--primary")
        go.evaluate(press)
        assert page.evaluate("window.sent") == 1
        assert go.get_attribute("aria-disabled") == "true"
        page.evaluate(come_back)
        assert go.get_attribute("aria-disabled") is None
        go.evaluate(press)
        assert page.evaluate("window.sent") == 2


def test_what_is_wrong_is_met_first_and_leads_to_the_field(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/ui/", viewport=PHONE) as page:
        expect(page.locator("#error-summary")).to_be_focused()
        page.locator(".summary a").first.click()
        expect(page.locator("[name=start-wrong_day]")).to_be_focused()


def test_a_lost_connection_is_said_and_nothing_is_sent(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/ui/form", viewport=PHONE, locale="sv") as page:
        told = page.get_by_text("Det finns ingen uppkoppling just nu")
        expect(told).to_be_hidden()
        page.context.set_offline(True)
        expect(told).to_be_visible()
        page.locator("main form .button--primary").click()
        assert page.url == f"{address}/ui/form"
        page.context.set_offline(False)
        expect(told).to_be_hidden()


def test_letters_left_are_counted(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/ui/?language=en", viewport=PHONE) as page:
        page.locator("#note").fill("x" * 490)
        expect(page.locator("#note-count")).to_have_text("10 characters left")
        page.locator("#note").fill("x" * 503)
        expect(page.locator("#note-count")).to_have_text("3 characters too many")


def test_the_desk_is_walked_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/ui/desk", viewport=WIDE) as page:
        page.keyboard.press("j")
        # outside the list a key does nothing: whoever dictates sets nothing off (WCAG 2.1.4)
        assert page.evaluate("document.activeElement === document.body")
        page.locator(".rows__open").first.focus()
        for key in ("j", "j", "k"):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent") == "BUN-2026-000121"


def test_the_menu_works_without_a_script_and_closes_with_escape(
    browser: Browser, address: str
) -> None:
    for script in (False, True):
        with opened(
            browser, f"{address}/ui/", viewport=PHONE, locale="sv", java_script_enabled=script
        ) as page:
            page.locator(".menu summary").click()
            expect(page.locator(".menu a[lang=en]")).to_be_visible()
            if script:
                page.keyboard.press("Escape")
                expect(page.locator(".menu a[lang=en]")).to_be_hidden()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_jumps_while_a_page_opens(browser: Browser, address: str, size: str) -> None:
    shift = """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
          .observe({type: 'layout-shift', buffered: true});
        document.fonts.ready.then(() => setTimeout(() => done(sum), 300)); })"""
    for path in ("/ui/home", "/ui/form"):
        with opened(browser, f"{address}{path}", viewport=SIZES[size]) as page:
            assert page.evaluate(shift) < 0.02


def test_on_paper_only_words_and_the_path_remain(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/ui/form", viewport=WIDE, color_scheme="dark") as page:
        page.emulate_media(media="print")
        expect(page.locator("footer")).to_be_hidden()
        expect(page.locator(".button--primary")).to_be_hidden()
        expect(page.locator(".path")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
