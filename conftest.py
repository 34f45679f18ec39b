"""For every test: no traffic beyond this machine, and marks that follow from what a test uses."""

import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.house import House

# An example may take as long as a busy machine wants, and every run tries the same ones: what
# fails then fails for whoever changed it. `--hypothesis-profile=explore` looks for new ones.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", _PATIENT)
settings.register_profile("house", _PATIENT, derandomize=True)
settings.load_profile("house")

_connect = socket.socket.connect


def _only_here(self: socket.socket, address: Any) -> None:
    """Loopback and local sockets only: a test that reaches further is a mistake."""
    here = self.family == socket.AF_UNIX or str(address[0]) in ("127.0.0.1", "::1", "localhost")
    if not here:
        raise RuntimeError(f"a test tried to reach {address}; tests stay on this machine")
    _connect(self, address)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--screens` keeps a picture of each page that the browser's stories come to."""
    parser.addoption("--screens", action="store_true", help="keep pictures under docs/screens")


def pytest_configure() -> None:
    """Shut the network for the whole run."""
    socket.socket.connect = _only_here  # type: ignore[assignment,method-assign]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it runs on both kinds, and what needs a browser."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "page" in getattr(getattr(item, "callspec", None), "params", ()):
            # a browser would be begun for it, in whose context the database's transaction is lost
            raise pytest.UsageError(f"{item.nodeid}: call the parameter something else than page")
        if "page" in names or "browser" in names:
            item.add_marker(pytest.mark.browser)
        if _touches_the_database(item) and not item.get_closest_marker("one_database"):
            item.add_marker(pytest.mark.database)


def _touches_the_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & names)


@pytest.fixture(autouse=True)
def _no_edition_left_over() -> Iterator[None]:
    """A test's database is rolled back; editions held in memory would outlive it."""
    from allting.packages.api import forget_editions
    from allting.portal.interest import tally
    from allting.register.testing import numbers_anew

    forget_editions()
    numbers_anew()
    tally.take()  # or its minute would be over in the middle of somebody's counted queries
    yield
    forget_editions()


@pytest.fixture(scope="module")
def _kept_browser() -> Iterator["Browser"]:
    from tests.browser import chromium

    with chromium() as one:
        yield one


@pytest.fixture
def browser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator["Browser"]:
    """Debian's Chromium, in which nobody has been anywhere.

    A test that asks the database beside it has a browser of its own, begun after its transaction;
    the others of a file have one browser, and each its own profile, which is gone after the test.
    """
    from tests.browser import chromium

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    if _touches_the_database(request.node):
        with chromium() as one:
            yield one
        return
    kept: Browser = request.getfixturevalue("_kept_browser")
    yield kept
    for context in list(kept.contexts):
        context.close()


@pytest.fixture(scope="module")
def solvik_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator["House"]:
    """The demonstration municipality, open to all tests of a file that look at it through HTTP."""
    from tests.house import house

    with house(tmp_path_factory.mktemp("house")) as one:
        yield one.start()
