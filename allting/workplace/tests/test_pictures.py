"""Offers, places and texts where people meet them, in a real browser: both languages, wide and on
a phone, with the keyboard and without script."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from allting.cases.models import Case
from allting.identity.sessions import COOKIE
from allting.identity.testing import signed_in_client
from allting.kernel.api import clock_at, work_off
from allting.notifications import ports
from allting.notifications.api import text_received, text_understood
from allting.notifications.models import ReceivedText
from allting.offers.tests.conftest import MORNING
from allting.offers.tests.making import DAY
from allting.offers.tests.test_placing import START, child, lives
from allting.offers.tests.test_seating import WITH_REFUSAL, applied, decided, town_with
from allting.offers.tests.test_texting import Phones
from allting.packages.api import forget_editions
from allting.placements.models import Place
from allting.placements.rounds import open_round, settle
from allting.register.looks import forget_looks
from allting.register.models import Person
from allting.register.testing import Family, family
from tests.browser import PHONE, WIDE, Look, follow

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("WORKPLACE_PICTURES")
SIZES = [(PHONE, "sv", "phone"), (WIDE, "en", "wide")]
DESK = (("administrator", "education"), ("registrar", "executive"))


@pytest.fixture
def people(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Family]:
    """A family with an open case that a yes began, and a place kept for it by a round."""
    settings.ALLTING_FILES = tmp_path / "files"
    forget_looks()
    forget_editions()
    before = ports.sms_gateway()
    ports.texts_through(Phones())
    with clock_at(MORNING):
        found = family()
        applied(town_with(tmp_path, WITH_REFUSAL), found.sister, found.mother)
        lives(found.sister, 58.1)
        twin = child("Ada")[1]
        Person.objects.filter(id__in=[found.baby.id, twin.id]).update(municipality_code="0180")
        settle(open_round(service="preschool", start=START, by=None, as_of=DAY), by=None)
        work_off()
        yield found
    ports.texts_through(before)


def opened(
    browser: Browser, size: ViewportSize, language: str, client: Any, where: str, **how: Any
) -> tuple[Page, Look]:
    context = browser.new_context(viewport=size, locale=language, **how)
    cookie = client.cookies[COOKIE].value
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": where}])
    page = context.new_page()
    return page, Look(
        page, Path(PICTURES) if PICTURES else None, how.get("java_script_enabled", True)
    )


def desk() -> Any:
    return signed_in_client("190001010107", "Siv Ek", roles=DESK)[0]


@pytest.mark.parametrize(("size", "language", "name"), SIZES)
def test_the_desk_of_a_case_that_a_yes_began(
    browser: Browser, live_server: Any, people: Family, size: ViewportSize, language: str, name: str
) -> None:
    case = Case.objects.get()
    page, look = opened(browser, size, language, desk(), live_server.url)
    for path, what in (
        ("", "queue"),
        (f"cases/{case.number}/", "case"),
        (f"cases/{case.number}/do/decide/", "decide"),
    ):
        page.goto(f"{live_server.url}/{language}/desk/{path}")
        look.at(f"{what}-{name}", language)
    assert page.locator("select[name=placed-unit]").input_value() == "blaklockan"


@pytest.mark.parametrize(("size", "language", "name"), SIZES)
def test_the_family(
    browser: Browser, live_server: Any, people: Family, size: ViewportSize, language: str, name: str
) -> None:
    case = Case.objects.get()
    decided(case)
    work_off()
    Place.objects.update(drawn_for=people.mother.id)  # as of one who shares a lot
    mother = signed_in_client(people.mother.identity_number, "Maja", person=people.mother.id)[0]
    page, look = opened(browser, size, language, mother, live_server.url)
    place = Place.objects.get()
    for path, what in (
        (f"my/cases/{case.number}/", "own-case"),
        (f"my/places/{place.id}/", "place"),
        ("lots/", "lots"),
        ("my/reminders/", "reminders"),
    ):
        page.goto(f"{live_server.url}/{language}/{path}")
        closed = page.locator("main details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        look.at(f"{what}-{name}", language)
    Person.objects.filter(id=people.mother.id).update(protection="mark")
    page.goto(f"{live_server.url}/{language}/my/reminders/")
    look.at(f"reminders-protected-{name}", language)
    assert page.locator("form[action*=calendar]").count() == 0


def texts() -> None:
    for n, words in enumerate(
        ("Vad gäller det?", "Hej! Vi flyttar i mars, kan vi vänta med att svara?", "Ja", "?")
    ):
        text_received(
            id=str(n), from_number=f"+4670174060{n}", text=words, at=MORNING + timedelta(hours=n)
        )
    text_understood("2", settled=True)
    text_understood("1", settled=False)


@pytest.mark.parametrize(("size", "language", "name"), SIZES)
def test_texts_that_have_come_in(
    browser: Browser, live_server: Any, people: Family, size: ViewportSize, language: str, name: str
) -> None:
    where = f"{live_server.url}/{language}/desk/post/texts/"
    page, look = opened(browser, size, language, desk(), live_server.url)
    page.goto(where)
    look.at(f"texts-empty-{name}", language)
    texts()
    page.goto(where)
    look.at(f"texts-{name}", language)
    follow(page.locator(".leads a").nth(1))
    look.at(f"text-{name}", language)
    follow(page.locator("button[value=answer]"))
    look.at(f"text-wrong-{name}", language)
    assert page.evaluate("document.activeElement.closest('[role=alert], .errors') !== null")
    page.locator("#answer").fill("Ja, ni kan svara till den 16 november.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first button after the field sends the answer
    page.wait_for_url("**?done")
    look.at(f"texts-done-{name}", language)
    page.goto(f"{where}?show=settled")
    look.at(f"texts-settled-{name}", language)
    follow(page.locator(".leads a").first)
    look.at(f"text-settled-{name}", language)


def test_texts_without_script(browser: Browser, live_server: Any, people: Family) -> None:
    texts()
    page, look = opened(browser, PHONE, "sv", desk(), live_server.url, java_script_enabled=False)
    page.goto(f"{live_server.url}/sv/desk/post/texts/")
    follow(page.locator(".leads a").first)
    page.locator("#answer").fill("Ring oss gärna.")
    follow(page.locator("button[value=answer]"))
    look.at("texts-no-script", "sv")
    assert ReceivedText.objects.get(provider_id="0").answer == "Ring oss gärna."
