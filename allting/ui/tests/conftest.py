"""A small frame for the pages of these tests: nobody above this room is asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.test import RequestFactory
from playwright.sync_api import Browser

from allting.ui import ports
from allting.ui.api import Contact, Frame, NavItem, frame_from
from tests.browser import chromium

FRAME = Frame(
    name={"sv": "Solviks kommun", "en": "Municipality of Solvik"},
    languages=("sv", "en"),
    contact=Contact(
        phone="+46 10 555 00 00",
        email="kontakt@solvik.example",
        address="Stortorget 1, 999 01 Solvik",
        hours={"sv": "Vardagar 8–16.30", "en": "Weekdays 8–16.30"},
    ),
    nav=(NavItem({"sv": "Tjänster", "en": "Services"}, "/services/"),),
    search="/search/",
    accessibility="/accessibility/",
    demo=True,
)


@contextmanager
def framed() -> Iterator[None]:
    """Pages inside are drawn in our own frame."""
    before = ports._source  # the source itself: `frame` would ask itself for ever
    frame_from(lambda: FRAME)
    try:
        yield
    finally:
        frame_from(before)


@pytest.fixture(autouse=True)
def _frame() -> Iterator[None]:
    with framed():
        yield


@pytest.fixture
def asked() -> Callable[..., HttpRequest]:
    """A request in a language, by nobody or by someone with roles."""

    def make(path: str = "/sv/", language: str = "sv", *, name: str = "", roles: Any = ()) -> Any:
        request: Any = RequestFactory().get(path)
        request.language = language
        request.actor = SimpleNamespace(name=name, roles=roles) if name else None
        return request

    return make


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The house's own pages, served over HTTP as they are in earnest."""
    with framed():
        server = make_server("127.0.0.1", 0, WSGIHandler(), _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for all tests of a file."""
    with chromium() as one:
        yield one


ROOMS = Path(__file__).resolve().parents[2]
