"""One form of address for pages, with a last slash; the other form leads there."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from allting.packages.api import publish
from allting.ui import failures
from config.urls import pages
from tests.floors import ROOT

PUBLIC = [
    "services", "services/preschool-place", "life-events/having-a-child", "search", "about",
    "accessibility", "sign-in",
]  # fmt: skip


@pytest.fixture
def solvik(db: None) -> None:
    publish(ROOT / "packages/solvik", by="test", why="test")


@pytest.fixture
def visitor() -> Client:
    return Client()


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        at = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, at)
        else:
            yield at


def test_every_page_ends_in_a_slash() -> None:
    found = list(addresses(pages))
    assert len(found) > 30
    assert [at for at in found if at and not at.endswith("/")] == []


@pytest.mark.parametrize("what", PUBLIC)
def test_without_the_slash_one_is_led_to_the_page(solvik: None, visitor: Client, what: str) -> None:
    for ask in (visitor.get, visitor.head):
        led = ask(f"/sv/{what}?q=b%C3%A5t&x=1")
        assert (led.status_code, led["Location"]) == (301, f"/sv/{what}/?q=b%C3%A5t&x=1")
    assert visitor.get(f"/sv/{what}/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/sv", "/sv/"),
        ("/sv/my/cases/BUN-2026-000001", "/sv/my/cases/BUN-2026-000001/"),
        ("/sv/my/cases/b%C3%A5t%3F", "/sv/my/cases/b%C3%A5t%3F/"),
        ("/ui/home/", "/ui/home"),
    ],
)
def test_other_addresses_too(solvik: None, visitor: Client, wrong: str, right: str) -> None:
    led = visitor.get(wrong)
    assert (led.status_code, led["Location"]) == (301, right)


@pytest.mark.parametrize(
    "address",
    ["/sv/nowhere", "/sv/nowhere/", "/evil.example//", "/sv//evil.example"],
)
def test_nowhere_stays_nowhere(solvik: None, visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_what_is_not_there_in_either_form(solvik: None, visitor: Client) -> None:
    assert visitor.get("/sv/services/moon/").status_code == 404  # not to and fro


def test_what_is_sent_is_not_sent_on(solvik: None, visitor: Client) -> None:
    assert visitor.post("/sv/sign-out").status_code == 404


def test_a_page_that_is_found_pays_nothing(
    solvik: None, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(failures, "is_valid_path", asked.append)
    assert visitor.get("/sv/services/preschool-place/").status_code == 200
    assert asked == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_our_own_links_lead_straight(solvik: None, visitor: Client, language: str) -> None:
    found = {f"/{language}/"}
    for page in PUBLIC:
        html = visitor.get(f"/{language}/{page}/").content.decode()
        found |= set(re.findall(r'(?:href|action)="(/(?:sv|en)/[^"#]*)', html))
    assert len(found) > 20
    led = {at for at in found if visitor.get(at.replace("&amp;", "&")).status_code == 301}
    assert led == set()


def test_who_looks_without_opening_is_answered(solvik: None, visitor: Client) -> None:
    """As mail scanners do with the links of a mail: HEAD leads where GET leads."""
    for page in ("/sv/my/inbox/", "/sv/my/cases/BUN-2026-000001/", "/sv/desk/"):
        led = visitor.head(page, follow=True)
        assert (led.status_code, led.redirect_chain[-1][1]) == (200, 302), page
