"""The page of an offer in a real browser: accessible in every state, and whole without script."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from allting.cases.models import Case
from allting.cases.tests.people import client_of
from allting.identity.sessions import COOKIE
from allting.kernel.api import clock_at, work_off
from allting.offers.addresses import link_at, offer_at
from allting.offers.making import make
from allting.offers.models import Offer, Run
from allting.offers.running import start_run
from allting.offers.tests.making import DAY, families, link_in, made, situation, to_family
from allting.offers.tests.town import published
from allting.packages.api import Edition
from allting.register.testing import Family, actor, family
from tests.browser import PHONE, SMALLEST, WIDE, Look, follow

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("OFFERS_PICTURES")


@pytest.fixture
def town(transactional_db: None, tmp_path: Path) -> Edition:
    return published(tmp_path / "town")


@pytest.fixture
def home(transactional_db: None) -> Family:
    return family()


def opened(browser: Browser, size: ViewportSize, language: str, **how: Any) -> tuple[Page, Look]:
    page = browser.new_context(viewport=size, locale=language, **how).new_page()
    return page, Look(
        page, Path(PICTURES) if PICTURES else None, how.get("java_script_enabled", True)
    )


def press(page: Page, go: str) -> None:
    follow(page.locator(f"button[name=go][value={go}]"))


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (WIDE, "wide"), (SMALLEST, "small")])
def test_one_tap_on_a_phone_and_on_a_desk(
    browser: Browser,
    live_server: Any,
    town: Edition,
    home: Family,
    mails: list[Any],
    size: ViewportSize,
    name: str,
) -> None:
    to_family(town, home)
    page, look = opened(browser, size, "sv")
    page.goto(live_server.url + link_at(link_in(mails[0])))
    look.at(f"{name}-open", "sv")
    page.locator("summary", has_text="Det här har vi använt").click()
    page.locator("summary", has_text="Vill du inte ha erbjudanden").click()
    look.at(f"{name}-open-details", "sv")
    press(page, "accept")
    work_off()
    page.reload()
    look.at(f"{name}-accepted", "sv")
    assert Case.objects.count() == 1


def test_asked_and_wrong_and_without_script(
    browser: Browser, live_server: Any, town: Edition, home: Family, mails: list[Any]
) -> None:
    made(town, home.sister.id, "preschool/three")
    page, look = opened(browser, PHONE, "sv", java_script_enabled=False)
    page.goto(live_server.url + link_at(link_in(mails[0])) + "?language=en")
    look.at("three-open", "en")
    press(page, "accept")
    look.at("three-wrong", "en")
    page.locator("label", has_text="Part time").click()
    press(page, "accept")
    look.at("three-more", "en")
    page.get_by_label("Hours a week").fill("20")
    press(page, "accept")
    look.at("three-accepted", "en")
    assert Offer.objects.get().state == "accepted"


def test_other_states_and_ones_own_pages(
    browser: Browser, live_server: Any, town: Edition, home: Family, mails: list[Any]
) -> None:
    offer = to_family(town, home)
    page, look = opened(browser, WIDE, "sv")
    client = client_of(actor(home.mother))
    cookie = {"name": COOKIE, "value": client.cookies[COOKIE].value, "url": live_server.url}
    page.goto(live_server.url + "/o/" + "A" * 28)
    look.at("nowhere", "sv")
    link = live_server.url + link_at(link_in(mails[0]))
    page.goto(link)
    press(page, "decline")
    look.at("declined", "sv")
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(live_server.url + "/sv/my/")
    look.at("my-nothing-open", "sv")
    page.goto(live_server.url + offer_at("sv", offer.id))
    look.at("own-declined", "sv")
    press(page, "reopen")
    look.at("own-open", "sv")
    page.goto(live_server.url + "/sv/my/")
    look.at("my-open", "sv")
    page.goto(live_server.url + "/sv/my/offers/")
    look.at("my-offers", "sv")
    page.goto(live_server.url + offer_at("sv", offer.id))
    press(page, "accept")
    look.at("own-accepted", "sv")
    press(page, "give-back")
    look.at("own-given-back", "sv")
    with clock_at(datetime(2026, 11, 20, 8, tzinfo=UTC)):
        Offer.objects.update(state="expired")
        page.goto(link)
        look.at("expired", "sv")
        Offer.objects.update(state="withdrawn")
        page.goto(link)
        look.at("withdrawn", "sv")


@pytest.mark.parametrize(
    ("language", "size", "name"),
    [("sv", WIDE, "desk-wide"), ("en", PHONE, "desk-phone"), ("sv", SMALLEST, "desk-small")],
)
def test_the_desk(
    browser: Browser,
    live_server: Any,
    town: Edition,
    home: Family,
    language: str,
    size: ViewportSize,
    name: str,
) -> None:
    for postcode, number in (("999 01", 14), ("999 02", 9), ("999 03", 2)):
        families(number, postcode=postcode)
    hidden = families(1, protection="mark", postcode="999 77")[0]
    offer = to_family(town, home)
    start_run("schedule", ["preschool/three"], as_of=DAY)
    work_off()
    make(town, situation(town), hidden.id, as_of=DAY, seen="")
    # as it is while it works
    Run.objects.create(
        edition=town.id,
        as_of=DAY,
        situations=["preschool/soon-one"],
        state=Run.State.MAKING,
        found=40,
        tried=25,
        by="Eva Norberg",
        started_at=offer.made_at,
        changed_at=offer.made_at,
    )
    client = client_of(
        actor(home.stranger, ("offers", "education"), ("protected-people", "education"))
    )
    page, look = opened(browser, size, language, color_scheme="dark" if size is SMALLEST else None)
    cookie = {"name": COOKIE, "value": client.cookies[COOKIE].value, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    base = f"{live_server.url}/{language}/desk/offers/"
    soon = f"{base}situations/preschool/soon-one/"
    for path, what in (
        (base, "list"),
        (soon, "situation"),
        (f"{soon}?day_year=x", "situation-wrong"),
        (f"{soon}people/", "people"),
        (f"{soon}run/", "run"),
        (f"{soon}made/", "made"),
        (f"{base}made/{offer.id}/", "logged"),
        (f"{base}by-hand/", "by-hand"),
        (f"{base}compare/?first={town.id}", "compare"),
    ):
        page.goto(path)
        if what == "people":
            page.locator("main summary").first.click()
        look.at(f"{name}-{what}", language)
