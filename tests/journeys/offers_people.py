"""Those who take part in the story of the offers, each at a browser of their own."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, ViewportSize

from tests.browser import PHONE, WIDE, Look
from tests.gateway import Gateway
from tests.house import House
from tests.journeys.story import Told
from tests.mailbox import Mailbox

SIZES: dict[str, ViewportSize] = {"wide": WIDE, "phone": PHONE}


@dataclass
class Story:
    """The house, what reaches people from it, and what has been seen of it so far."""

    browser: Browser
    house: House
    gateway: Gateway
    post: Mailbox
    pictures: Path | None = None
    variants: Path | None = None  # pictures of the same pages in other sizes and languages
    step: int = 0
    pages: list[tuple[str, str]] = field(default_factory=list)  # by whom, and the page's source
    complaints: list[str] = field(default_factory=list)

    @contextmanager
    def person(
        self, name: str, language: str, size: str, *, script: bool = True
    ) -> Iterator["Person"]:
        """Someone with a browser, who has not signed in."""
        context = self.browser.new_context(
            viewport=SIZES[size],
            locale="sv-SE" if language == "sv" else "en-GB",
            java_script_enabled=script,
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda said: self._hear(said))
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        look = Look(page, self.pictures, script)
        yield Person(page, look, self.house.url, language, story=self, who=name, size=size)
        context.close()

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not re.search(r"status of (409|422)", said.text):
            self.complaints.append(said.text)

    def mails_to(self, address: str) -> list[Any]:
        """The mails that have come to an address."""
        return [it for it in list(self.post.messages) if address in str(it["To"])]

    def wait_for_mail(self, address: str, number: int = 1, seconds: float = 60) -> Any:
        """Until so many mails have come to an address; the latest."""
        until = time.monotonic() + seconds
        while len(found := self.mails_to(address)) < number:
            assert time.monotonic() < until, f"{address} has had {len(found)} of {number} mails"
            time.sleep(0.05)
        return found[-1]


@dataclass
class Person(Told):
    """Someone at a browser; every page they look at is looked at in other forms too."""

    story: Story = None  # type: ignore[assignment]
    who: str = ""
    size: str = "wide"

    def seen(self, name: str, *, other: bool = False) -> None:
        """What must hold of the page now shown, and a picture of it.

        `other`: and of the same page in the other language, on the other kind of screen.
        """
        story = self.story
        story.step += 1
        step = f"{story.step:02d}-{name}"
        self.look.at(f"{step}-{self.language}-{self.size}", self.language)
        story.pages.append((self.who, self.page.content()))
        if other:
            self._otherwise(step)

    def _otherwise(self, step: str) -> None:
        story, language = self.story, "en" if self.language == "sv" else "sv"
        size = "phone" if self.size == "wide" else "wide"
        where = self.page.url.replace(f"/{self.language}/", f"/{language}/")
        if "/o/" in where:
            where += f"?language={language}"
        context = story.browser.new_context(
            viewport=SIZES[size], storage_state=self.page.context.storage_state()
        )
        page = context.new_page()
        page.goto(where)
        Look(page, story.variants).at(f"{step}-{language}-{size}", language)
        story.pages.append((self.who, page.content()))
        context.close()

    def unfold(self) -> None:
        """Open everything on the page that can be opened."""
        closed = self.page.locator("main details:not([open]) > summary")
        while closed.count():
            closed.first.click()

    def reload_until(self, words: str, seconds: float = 60) -> None:
        """Look again until the page says so."""
        until = time.monotonic() + seconds
        while words not in self.page.locator("main").inner_text():
            assert time.monotonic() < until, f"{words!r} never came to {self.page.url}"
            time.sleep(0.2)
            self.page.reload()

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def enter(self, path: str) -> None:
        """To a page of one's own, signing in on the way."""
        self.open(path)
        self.sign_in(self.who)
