"""A real browser for tests: Debian's Chromium, and a strict look at every page it shows."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "allting/ui/node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--no-first-run", "--force-color-profile=srgb"),
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 812}
SMALLEST: ViewportSize = {"width": 320, "height": 640}
expect.set_options(timeout=30_000)  # a slow machine is no fault


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a fresh profile."""
    where = shutil.which("chromium") or shutil.which("google-chrome")
    if where is None:
        pytest.skip("needs a browser that is not on this machine: apt install chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=where, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def follow(pressed: Locator) -> None:
    """Press what leads to another page, and wait until that page is there as a whole.

    After a mere click the page that one leaves may still be the one that is looked at.
    """
    with pressed.page.expect_navigation():
        pressed.click()


@dataclass
class Look:
    """Looks at pages: accessible, in its language, inside its width; and keeps a picture."""

    page: Page
    pictures: Path | None = None
    script: bool = True  # without it axe, which waits for timers, would wait for ever
    seen: list[str] = field(default_factory=list)

    def at(self, name: str, language: str) -> None:
        """Everything that must hold of the page now shown; `name` is the picture's."""
        page = self.page
        page.wait_for_load_state()  # a click returns when the next page only begins
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1, f"{page.url}: one h1 is expected"
        self._inside_its_width()
        if self.script:
            self._accessible()
        self.seen.append(name)
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            page.evaluate("scrollTo(0, 0)")  # or what sticks would lie across the picture
            page.screenshot(path=self.pictures / f"{name}.png", full_page=True)

    def _inside_its_width(self) -> None:
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url}: {wide} px too wide"

    def _accessible(self) -> None:
        found = axe(self.page)
        told = [f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']]}" for v in found]
        assert not found, f"{self.page.url}\n" + "\n".join(told)


def axe(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds wrong with the page: WCAG 2.2 A and AA, and its best practices."""
    # evaluated through the debugger, which the page's own content policy does not hold back
    page.evaluate(AXE.read_text("utf-8"))
    options = json.dumps({"runOnly": WCAG, "resultTypes": ["violations"]})
    result: dict[str, Any] = page.evaluate(f"axe.run(document, {options})")
    found: list[dict[str, Any]] = result["violations"]
    return found
