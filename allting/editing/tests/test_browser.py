"""The editor in a real browser: accessible, inside its width, whole without script."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from allting.editing.models import Proposal
from allting.editing.tests.conftest import BOARDS
from allting.editing.tests.town import Person, Staff, people
from allting.identity.sessions import COOKIE
from allting.packages.api import Edition, publish
from tests.browser import PHONE, SMALLEST, WIDE, Look, chromium, follow

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("EDITING_PICTURES")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with chromium() as one:
        yield one


@pytest.fixture
def town(transactional_db: None, folder: Path, settings: Any) -> Edition:
    settings.ALLTING_EDITION_LOOK = 0
    return publish(folder, by="Eva", why="the first")


@pytest.fixture
def staff(town: Edition) -> Staff:
    return people(*BOARDS)


def as_one(
    browser: Browser, url: str, whom: Person, size: ViewportSize, script: bool = True
) -> Page:
    context = browser.new_context(viewport=size, locale="sv", java_script_enabled=script)
    value = whom.client.cookies[COOKIE].value
    context.add_cookies([{"name": COOKIE, "value": value, "url": url}])
    page = context.new_page()
    page.goto(f"{url}/sv/desk/package/")
    return page


def look(page: Page, size: str, script: bool = True) -> Look:
    return Look(page, Path(PICTURES) / size if PICTURES else None, script)


def save(page: Page) -> None:
    follow(page.get_by_role("button", name="Spara i förslaget"))


@pytest.mark.parametrize(
    ("size", "name", "script"),
    [(WIDE, "wide", True), (PHONE, "phone", True), (SMALLEST, "small", False)],
)
def test_from_search_to_published(
    browser: Browser, live_server: Any, staff: Staff, size: ViewportSize, name: str, script: bool
) -> None:
    page = as_one(browser, live_server.url, staff.amir, size, script)
    eye = look(page, name, script)
    eye.at("1-index", "sv")
    page.get_by_role("searchbox").fill("plats i förskola")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page.get_by_role("link", name="Plats i förskola", exact=True))
    eye.at("2-service", "sv")
    follow(page.get_by_role("link", name="Uppgifter om tjänsten"))
    eye.at("3-form", "sv")
    page.get_by_label("Oftast").fill("snart")
    save(page)
    eye.at("4-wrong", "sv")
    page.get_by_label("Oftast").fill("5 veckor")
    page.get_by_label("Sammanfattning i en mening (svenska)").fill(
        "Här söker du plats på förskola."
    )
    save(page)
    eye.at("5-proposal", "sv")
    _hours(page, eye, live_server.url)
    _text(page, eye, live_server.url)
    page.get_by_label("Varför?").fill("Kortare kö, och klarare ord om den")
    follow(page.get_by_role("button", name="Skicka för godkännande"))
    page = as_one(browser, live_server.url, staff.birgitta, size, script)
    eye = look(page, name, script)
    follow(page.get_by_role("link", name="Kortare kö"))
    eye.at("8-to-approve", "sv")
    follow(page.get_by_role("link", name="Plats i förskola", exact=True))
    eye.at("9-as-it-will-be", "sv")
    page.go_back()
    follow(page.get_by_role("button", name="Godkänn"))
    follow(page.get_by_role("button", name="Publicera"))
    assert Proposal.objects.get().state == "published"
    eye.at("10-published", "sv")
    page.goto(f"{live_server.url}/sv/desk/package/editions/")
    eye.at("11-history", "sv")
    page.goto(f"{live_server.url}/sv/desk/package/editions/2/")
    eye.at("12-edition", "sv")
    page.goto(f"{live_server.url}/sv/desk/package/editions/1/")
    eye.at("13-first-edition", "sv")


def _hours(page: Page, eye: Look, url: str) -> None:
    page.goto(f"{url}/sv/desk/package/edit/organisation.yaml/?at=boards._education")
    page.locator("[name='f.boards._education.contact.hours.0.closes']").fill("15.30")
    eye.at("6-hours", "sv")
    save(page)


def _text(page: Page, eye: Look, url: str) -> None:
    page.goto(f"{url}/sv/desk/package/edit/services/civil-wedding/page.sv.md/")
    area = page.locator("textarea").first
    area.fill(area.input_value() + "\n\n## Ett stycke till\n\nMed *ord* i.")
    follow(page.get_by_role("button", name="Förhandsvisa"))
    eye.at("7-text", "sv")
    save(page)


@pytest.mark.parametrize(
    ("size", "name", "script"), [(PHONE, "phone", True), (SMALLEST, "small", False)]
)
def test_lists_are_added_to(
    browser: Browser, live_server: Any, staff: Staff, size: ViewportSize, name: str, script: bool
) -> None:
    page = as_one(browser, live_server.url, staff.amir, size, script)
    eye = look(page, name, script)
    page.goto(f"{live_server.url}/sv/desk/package/edit/services/preschool-place/faq.yaml/")
    save(page)
    expect(page.get_by_text("Inget ändrades")).to_be_visible()
    eye.at("20-nothing-changed", "sv")
    follow(page.get_by_role("link", name="Lägg till en fråga"))
    save(page)
    expect(page.get_by_text("Svaret (svenska): Det här måste fyllas i")).to_be_visible()
    eye.at("21-question-wrong", "sv")
    page.get_by_label("Fråga som ställs (svenska)").fill("Får barnet ha nallen med sig?")
    page.get_by_label("Svaret (svenska)").fill("Ja, gärna.")
    save(page)
    expect(page.get_by_role("heading", name="1 ändring")).to_be_visible()
    eye.at("22-question-proposed", "sv")
    units = f"{live_server.url}/sv/desk/package"
    page.goto(f"{units}/edit/units/preschools.yaml/")
    eye.at("23-units", "sv")
    follow(page.get_by_role("link", name="Lägg till en enhet"))
    page.get_by_label("Namn (svenska)").fill("Blåsippan")
    page.get_by_label("Telefon").fill("ring oss")
    save(page)
    expect(page.get_by_text("är inte ett telefonnummer").first).to_be_visible()
    eye.at("24-unit-wrong", "sv")
    page.goto(f"{units}/edit/units/preschools.yaml/?at=units._strandpiparen")
    page.get_by_label("Ta bort ur listan").check()
    eye.at("25-unit-out", "sv")
    save(page)
    expect(page.get_by_role("heading", name="2 ändringar")).to_be_visible()
    eye.at("26-proposal", "sv")


@pytest.mark.parametrize(
    ("size", "name", "script"), [(PHONE, "phone", True), (WIDE, "wide", False)]
)
def test_words_and_questions(
    browser: Browser, live_server: Any, staff: Staff, size: ViewportSize, name: str, script: bool
) -> None:
    page = as_one(browser, live_server.url, staff.amir, size, script)
    eye = look(page, name, script)
    follow(page.get_by_role("link", name="Sökningar som inget hittade"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{live_server.url}/sv/desk/package/synonyms/add/?word=knatteparkering&language=sv")
    page.get_by_label("Vad de menar").fill("Plats i förskolan")
    save(page)
    expect(page.locator("#means-error")).to_be_visible()
    eye.at("30-word-wrong", "sv")
    page.get_by_label("Vad de menar").fill("Plats i förskola")
    save(page)
    expect(page.get_by_role("heading", name="1 ändring")).to_be_visible()
    page.goto(f"{live_server.url}/sv/desk/package/synonyms/")
    expect(page.get_by_role("group", name="Plats i förskola")).to_be_visible()
    eye.at("31-words", "sv")
    page.goto(f"{live_server.url}/sv/desk/package/questions/")
    expect(page.get_by_text("Ingen fråga väntar")).to_be_visible()
    eye.at("32-questions", "sv")
