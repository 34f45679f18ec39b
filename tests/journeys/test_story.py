"""One case from sign-in to signed decision, in a real browser, in both languages and both sizes."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage
from pypdf import PdfReader

from tests.browser import PHONE, ROOT, WIDE, Look, chromium
from tests.house import House, house
from tests.journeys.story import Told, apply, decide, handle, read, supplement
from tests.mailbox import Mailbox, mailbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCREENS = ROOT / "docs/screens"


@pytest.fixture(scope="module")
def post() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


@pytest.fixture(scope="module")
def solvik(tmp_path_factory: pytest.TempPathFactory, post: Mailbox) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("solvik")
    with house(folder, environment={"ALLTING_SMTP": post.address}) as one:
        yield one.start()


@pytest.fixture(scope="module")
def the_browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.mark.parametrize(
    ("language", "size", "script", "parent", "child"),
    [
        ("sv", "wide", True, "Maja Lindgren", "Nils"),
        ("en", "phone", True, "Fatima Hassan", "Leila"),
        ("sv", "phone", True, "Johan Lindgren", "Alma"),
        ("en", "wide", True, "Petra Sjögren", "Tilde"),
        ("sv", "wide", False, "Anders Nyström", "Tilde"),
    ],
)
def test_a_place_in_preschool(
    the_browser: Browser,
    solvik: House,
    post: Mailbox,
    language: str,
    size: str,
    script: bool,
    parent: str,
    child: str,
    request: pytest.FixtureRequest,
) -> None:
    context = the_browser.new_context(
        viewport=WIDE if size == "wide" else PHONE,
        locale="sv-SE" if language == "sv" else "en-GB",
        java_script_enabled=script,
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    complaints: list[str] = []
    # an answer of 422 is a mistake told to the person, which the story makes on purpose
    page.on("console", lambda m: complaints.append(m.text) if _wrong(m) else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    look = Look(page, _pictures(request, language, size, script), script)
    told = Told(page, look, solvik.url, language)
    mails = len(post.messages)
    apply(told, parent, child)
    handle(told)
    supplement(told, parent)
    decide(told)
    letter = PdfReader(BytesIO(read(told, parent)))
    assert letter.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    assert told.number in "".join(sheet.extract_text() for sheet in letter.pages)
    assert complaints == []
    # a confirmation, a question and a decision, each of which says only that there is a message
    arrived = post.wait_for(mails + 3)[mails:]
    assert all(child not in str(mail) for mail in arrived)
    context.close()


def _wrong(message: ConsoleMessage) -> bool:
    return message.type == "error" and "status of 422" not in message.text


def _pictures(
    request: pytest.FixtureRequest, language: str, size: str, script: bool
) -> Path | None:
    """Pictures are kept on demand: `pytest --screens`, so that a test run leaves no changes."""
    if not request.config.getoption("--screens"):
        return None
    return SCREENS / f"{language}-{size}{'' if script else '-no-script'}"
