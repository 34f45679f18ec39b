"""The form's pages in a real browser: accessible in every state, and whole without script."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from allting.forms.models import Submission
from allting.forms.tests.municipality import published
from allting.forms.tests.test_files import PDF
from allting.forms.tests.walking import client_of
from allting.identity.sessions import COOKIE
from allting.register.looks import forget_looks
from allting.register.testing import Family, family
from tests.browser import PHONE, WIDE, Look, follow

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Visit:
    """Someone at the browser."""

    page: Page
    look: Look
    base: str
    language: str

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}/{self.language}{path}")

    def go(self, value: str = "next") -> None:
        follow(self.page.locator(f"button[name=go][value={value}]:not(.hidden)"))

    def choose(self, label: str) -> None:
        self.page.locator("label", has_text=label).first.click()

    def at(self, name: str) -> None:
        self.look.at(name, self.language)


@pytest.fixture
def town(transactional_db: None, tmp_path: Path) -> Family:
    forget_looks()
    published(tmp_path)
    return family(protection="mark")


def visit(
    browser: Browser, url: str, client: Client, language: str, size: ViewportSize, **how: Any
) -> Visit:
    context = browser.new_context(viewport=size, locale=language, **how)
    context.add_cookies([{"name": COOKIE, "value": client.cookies[COOKIE].value, "url": url}])
    page = context.new_page()
    return Visit(page, Look(page), url, language)


WORDS = {
    "sv": {"child": "Nils Berg", "full": "Heltid", "send": "Skicka in"},
    "en": {"child": "Nils Berg", "full": "Full time", "send": "Send it in"},
}


@pytest.mark.parametrize(("language", "size"), [("sv", PHONE), ("en", WIDE)])
def test_every_page_and_state(
    browser: Browser, live_server: Any, town: Family, language: str, size: ViewportSize
) -> None:
    said = WORDS[language]
    here = visit(browser, live_server.url, client_of(town.mother), language, size)
    page = here.page
    here.open("/apply/preschool/")
    here.at("apply")
    follow(page.locator("main form button"))
    here.at("child")
    here.go()
    here.at("child wrong")
    expect(page.locator("#error-summary")).to_be_visible()
    here.choose(said["child"])
    here.go()
    page.fill("#start_year", "27")
    here.go()
    here.at("start wrong")
    for part, value in (("year", "2027"), ("month", "1"), ("day", "10")):
        page.fill(f"#start_{part}", value)
    here.go()
    here.choose(said["full"])
    here.at("hours")
    here.go()
    page.select_option("#places_1", "masken")
    page.select_option("#places_2", "masken")
    here.go()
    here.at("places wrong")
    page.select_option("#places_2", "")
    here.go()
    here.at("contact")
    page.locator(".known details summary").first.click()
    page.fill("#phone", "1")
    here.go()
    here.at("contact wrong")
    page.fill("#phone", "070-174 06 05")
    here.go()
    here.at("check")
    follow(page.get_by_role("button", name=said["send"]))
    assert "/drafts/" not in page.url
    assert Submission.objects.count() == 1


def test_files_and_ends(browser: Browser, live_server: Any, town: Family, tmp_path: Path) -> None:
    here = visit(browser, live_server.url, client_of(town.mother), "sv", PHONE)
    page = here.page
    here.open("/apply/permit/")
    follow(page.locator("main form button"))
    page.fill("#what", "Altan")
    here.go()
    here.at("files")
    page.set_input_files("#drawings", {"name": "x.exe", "mimeType": "", "buffer": b"MZ"})
    here.go()
    here.at("files wrong")
    page.set_input_files("#drawings", {"name": "r.pdf", "mimeType": "", "buffer": PDF})
    here.go("add")
    here.at("files one")
    here.go("later")
    here.at("saved")
    draft = page.locator(".begun a").first.get_attribute("href")
    page.goto(f"{live_server.url}{draft}delete/")
    here.at("delete")
    page.goto(f"{live_server.url}/sv/drafts/{UUID(int=1)}/")
    here.at("not here")


def test_without_script(browser: Browser, live_server: Any, town: Family) -> None:
    here = visit(
        browser, live_server.url, client_of(town.mother), "sv", WIDE, java_script_enabled=False
    )
    page = here.page
    here.open("/apply/preschool/")
    follow(page.locator("main form button"))
    page.locator("input[type=radio]").nth(1).set_checked(True, force=True)
    here.go()
    for part, value in (("year", "2027"), ("month", "1"), ("day", "10")):
        page.fill(f"#start_{part}", value)
    here.go()
    page.locator("input[value=part-time]").set_checked(True, force=True)
    here.go()
    expect(page.locator("main [role=status]")).to_be_visible()  # one more question
    page.fill("#hours", "20")
    here.go()
    here.go()  # a reason is not required
    page.select_option("#places_1", "masken")
    here.go()
    here.go()  # what is known already stays as it is
    follow(page.get_by_role("button", name="Skicka in"))
    made = Submission.objects.get()
    assert made.answers["hours"] == "20"
    assert made.answers["phone"] == made.known["phone"]
