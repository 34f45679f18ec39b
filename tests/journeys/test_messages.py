"""News by every way, in a real browser: a text that is answered, choices, reminders, lost post."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from babel.dates import format_date
from playwright.sync_api import Browser, Page, expect

from allting.kernel.api import today
from tests.browser import PHONE, ROOT, SMALLEST, WIDE, Look, follow
from tests.house import House, house

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MAJA = "+46701740605"
LAST = today() + timedelta(days=70)
TELL = """
from allting.notifications.api import About, send
from allting.register.api import demonstration_people, find_person
for person in demonstration_people(""):
    who = find_person(person.identity_number)
    if who and person.given_name in ("Maja", "Johan"):
        send(to_person=who.person, kind="offer", subject="En plats till Nils", language="sv",
             body_markdown="Nils erbjuds en plats.", occasion=f"story:{who.person}",
             about=About(service="Förskoleplats"), topic="offers",
             sms="Solvik: Nils erbjuds en plats på Smultronstället från 11 januari. Svara JA.")
"""
STRAND = """
from allting.kernel.api import write
from allting.notifications.models import Delivery
with write():
    Delivery.objects.filter(channel="email").update(state="dead", why="550 no such user")
"""


def package(folder: Path) -> Path:
    """Solvik as it is, but that the last day of a choice is yet to come, whatever day it is."""
    for name in ("sverige", "solvik"):
        shutil.copytree(ROOT / "packages" / name, folder / name)
    file = folder / "solvik/services/upper-secondary-choice/service.yaml"
    text, changed = re.subn(r"(?m)^    on: \S+$", f"    on: {LAST}", file.read_text("utf-8"))
    assert changed == 1
    file.write_text(text, "utf-8")
    return folder / "solvik"


@pytest.fixture(scope="module")
def solvik(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with house(folder, package=str(package(folder / "packages"))) as one:
        one.start()
        one.command("shell", "-c", TELL)
        yield one


def sign_in(page: Page, name: str, language: str = "sv") -> None:
    page.goto(f"/{language}/sign-in/")
    follow(page.locator("main form button, main a.button").first)
    follow(page.get_by_role("button", name=name).first)


def looking(page: Page, size: str) -> Look:
    """With ALLTING_PICTURES=folder the pages are kept there to be looked at."""
    where = os.environ.get("ALLTING_PICTURES")
    return Look(page, Path(where) / size if where else None)


def reload_until(page: Page, words: str, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while words not in page.content():
        assert time.monotonic() < until, f"{words!r} never came to {page.url}"
        time.sleep(0.3)
        page.reload()


def test_a_text_comes_is_answered_and_its_receipt_is_told(solvik: House, browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE, base_url=solvik.url)
    page.goto("/demo-sms/?language=sv")
    reload_until(page, MAJA)
    look = looking(page, "phone")
    look.at("phones", "sv")
    follow(page.get_by_role("link", name=MAJA))
    follow(page.get_by_role("button", name="JA"))
    expect(page.locator(".phone__message--own")).to_have_count(1)
    look.at("phone", "sv")
    sign_in(page, "Maja Lindgren")
    page.goto("/sv/my/inbox/")
    follow(page.get_by_role("link", name="En plats till Nils"))
    reload_until(page, "Ett sms kom fram")
    look.at("message", "sv")
    kept = solvik.command(
        "shell", "-c",
        "from allting.notifications.models import ReceivedText as R; print(list(R.objects"
        ".values_list('from_number', 'text')))",
    )  # fmt: skip
    assert f"('{MAJA}', 'JA')" in kept


SIZES = {"wide": WIDE, "phone": PHONE, "smallest": SMALLEST}


@pytest.mark.parametrize(
    ("size", "language"), [("wide", "en"), ("phone", "sv"), ("smallest", "sv")]
)
def test_choices_and_reminders(solvik: House, browser: Browser, size: str, language: str) -> None:
    page = browser.new_page(viewport=SIZES[size], base_url=solvik.url)
    sign_in(page, "Maja Lindgren", language)
    look = looking(page, size)
    page.goto(f"/{language}/my/messages/")
    look.at("preferences", language)
    follow(page.locator("form button.button--primary").last)
    look.at("preferences-saved", language)
    page.goto(f"/{language}/services/upper-secondary-choice/")
    look.at("service-with-a-last-day", language)
    follow(page.locator("a[href*='reminders/new']"))
    look.at("remind-me", language)
    follow(page.locator("main form button"))
    look.at("reminders", language)
    follow(page.locator("#calendar ~ form button").first)
    look.at("calendar", language)
    address = page.locator("code.secret").inner_text()
    fed = httpx2.get(address).text
    assert fed.startswith("BEGIN:VCALENDAR\r\n") and f"DTSTART;VALUE=DATE:{LAST:%Y%m%d}" in fed


def test_it_all_works_without_javascript(solvik: House, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, base_url=solvik.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "Johan Lindgren")
    page.goto("/sv/my/messages/")
    page.locator("label[for=topic-own-2]").click()
    follow(page.get_by_role("button", name="Spara"))
    expect(page.get_by_label("Sms").first).not_to_be_checked()
    page.goto("/sv/services/upper-secondary-choice/")
    follow(page.get_by_role("link", name="Påminn mig"))
    page.get_by_text("7 dagar innan").click()
    follow(page.get_by_role("button", name="Påminn mig"))
    day = format_date(LAST - timedelta(days=7), "d MMMM y", "sv")
    expect(page.get_by_text(f"Vi påminner dig {day}")).to_be_visible()
    follow(page.get_by_role("button", name="Ta bort"))
    expect(page.get_by_text("Inget att påminna om")).to_be_visible()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_registrar_sends_lost_post_again(solvik: House, browser: Browser, size: str) -> None:
    solvik.command("shell", "-c", STRAND)
    page = browser.new_page(viewport=SIZES[size], base_url=solvik.url)
    sign_in(page, "Kristina Falk")
    page.goto("/sv/desk/")
    follow(page.get_by_role("link", name="Post som inte kom fram"))
    look = looking(page, size)
    look.at("post", "sv")
    expect(page.locator("tbody tr")).to_have_count(2)
    follow(page.get_by_role("button", name=re.compile("Skicka igen")).first)
    look.at("post-sent-again", "sv")
    expect(page.locator("tbody tr")).to_have_count(1)
