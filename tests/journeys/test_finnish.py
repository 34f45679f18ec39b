"""One case in Finnish: the parent's pages and letters are; the desk is in Swedish, and says so."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser import PHONE, WIDE, Look, chromium
from tests.house import House, house
from tests.journeys.story import Told, apply, decide, handle, read, supplement

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PARENT, CHILD = "Fatima Hassan", "Leila"


@pytest.fixture(scope="module")
def solvik(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("solvik")) as one:
        yield one.start()


@pytest.fixture(scope="module")
def the_browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def test_a_place_in_preschool_in_finnish(
    the_browser: Browser, solvik: House, tmp_path: Path
) -> None:
    context = the_browser.new_context(viewport=PHONE, locale="fi-FI")
    context.set_default_timeout(60_000)
    page = context.new_page()
    told = Told(page, Look(page), solvik.url, "fi")
    apply(told, PARENT, CHILD)
    at_work = replace(told, language="sv")
    handle(at_work)
    supplement(told, PARENT)
    decide(at_work)
    letter = PdfReader(BytesIO(read(told, PARENT)))
    words = "".join(sheet.extract_text() for sheet in letter.pages)
    assert letter.trailer["/Root"]["/Lang"] == "fi"  # type: ignore[index]
    assert told.number in words
    assert "on saanut paikan" in words
    context.close()


@pytest.mark.parametrize(
    "path",
    ["", "services/", "services/building-permit/", "life-events/moving/", "search/?q=dagis",
     "services/well-water/", "accessibility/"],
)  # fmt: skip
@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_a_page_in_finnish_can_be_used_by_everyone(
    the_browser: Browser, solvik: House, path: str, size: dict[str, int]
) -> None:
    context = the_browser.new_context(viewport=size, locale="fi-FI")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{solvik.url}/fi/{path}")
    Look(page).at(path or "home", "fi")
    context.close()
