"""What is sent: headers, files that are kept for ever, and how much a first page weighs."""

import gzip
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allting.ui import assets
from allting.ui.api import asset_url, frame_from, gather
from allting.ui.tests.conftest import FRAME

FIRST_PAGE = 100_000  # bytes in all


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_nothing_inline_nothing_foreign_no_framing() -> None:
    headers = Client().get("/ui/").headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_page_of_someone_is_not_kept() -> None:
    client = Client()
    assert client.get("/ui/").headers["Cache-Control"] == "private, no-cache"
    client.cookies["session"] = "x"
    assert client.get("/ui/").headers["Cache-Control"] == "private, no-store"


def test_files_are_named_by_content_and_kept_for_ever() -> None:
    address = asset_url("allting.css")
    assert re.fullmatch(r"/static/allting\.[0-9a-f]{12}\.css", address)
    response = Client(headers={"Accept-Encoding": "gzip"}).get(address)
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Content-Security-Policy" not in response.headers
    css = gzip.decompress(body(response)).decode()
    assert re.search(r"url\(figtree\.[0-9a-f]{12}\.woff2\)", css)
    assert "/*" not in css


def test_an_unknown_file_is_not_found() -> None:
    assert Client().get("/static/allting.css").status_code == 404
    assert Client().get("/static/../settings.py").status_code == 404


def test_colours_have_an_address_that_changes_with_them() -> None:
    page = Client().get("/ui/").content.decode()
    (address,) = re.findall(r'href="(/theme-[0-9a-f]{12}\.css)"', page)
    known = Client().get(address)
    assert known.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert known.content.startswith(b":root{")
    unknown = Client().get("/theme-000000000000.css")
    assert (unknown.status_code, unknown.headers["Cache-Control"]) == (200, "public, max-age=60")


def test_gathering_twice_changes_nothing(tmp_path: Path) -> None:
    first = {path: path.stat().st_mtime_ns for path in gather(tmp_path)}
    second = {path: path.stat().st_mtime_ns for path in gather(tmp_path)}
    assert first == second
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_missing() -> None:
    assert assets.missing() == [], "npm ci --prefix allting/ui"


@pytest.mark.parametrize("address", ["/ui/home", "/ui/form"])
def test_a_first_page_is_light(address: str) -> None:
    page = Client().get(address).content
    named = re.findall(r'(?:href|src)="(/(?:static|theme)[^"]+)"', page.decode())
    zipped = Client(headers={"Accept-Encoding": "gzip"})
    costs = {name: len(body(zipped.get(name))) for name in set(named)}
    costs[address] = len(page)  # pages themselves go out as they are
    assert len(costs) >= 5
    assert sum(costs.values()) < FIRST_PAGE, costs
    assert sum(costs.values()) < 70_000, f"heavier than it was: {costs}"


def test_the_script_is_small() -> None:
    script = (assets.HERE / "script" / "allting.js").read_bytes()
    assert len(script) < 5000


ARMS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M0 0 L1 1"/></svg>'


def test_a_coat_of_arms_stands_beside_the_name() -> None:
    ours = replace(FRAME, arms=ARMS)
    frame_from(lambda: ours)
    page = Client().get("/ui/").content.decode()
    (address,) = set(re.findall(r'="(/arms-[0-9a-f]{12}\.svg)"', page))
    assert f'<img class="brand__arms" src="{address}" alt=""' in page
    assert f'<img class="foot__arms" src="{address}" alt=""' in page
    assert f'<link rel="icon" href="{address}"' in page
    known = Client().get(address)
    assert known.content.decode() == ARMS
    assert known.headers["Content-Type"] == "image/svg+xml"
    assert known.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert known.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert known.headers["X-Content-Type-Options"] == "nosniff"
    other = Client().get("/arms-000000000000.svg")  # of an edition that this process never saw
    assert (other.status_code, other.headers["Cache-Control"]) == (200, "public, max-age=60")


def test_without_arms_the_house_shows_its_own_mark() -> None:
    page = Client().get("/ui/").content.decode()
    assert "/arms-" not in page
    assert Client().get("/arms-000000000000.svg").status_code == 404
