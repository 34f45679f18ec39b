"""Every service page of the demonstration, in every language: whole, and leading nowhere dead."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client

from allting.catalogue.api import services
from allting.kernel.api import today
from allting.packages.api import Edition, current, publish
from allting.portal.lists import open_services

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 100_000
HOLLOW = re.compile(r"<(p|li|dd|dt|strong|h[1-6]|ul|ol|section)(?: [^>]*)?>\s*</\1>")
LEFTOVERS = re.compile(r"[{}]|\bNone\b|\bTODO\b|(?:parameters|answers|decision)\.[a-z]")
INTO_HERE = re.compile(r"^/[^/]")


class Reading(HTMLParser):
    """What a page says, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.ids: Counter[str] = Counter()
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._inside.append(tag)
        if tag == "a":
            self.links.append(told.get("href") or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if told.get("id"):
            self.ids[told["id"] or ""] += 1

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if {"script", "style"} & set(self._inside):
            return
        self.words.append(data)
        if any(re.fullmatch("h[1-6]", tag) for tag in self._inside):
            level, said = self.headings[-1]
            self.headings[-1] = (level, said + data)


def faults(address: str, page: str) -> list[str]:
    """What is wrong with a page as it stands."""
    read, wrong = Reading(page), []
    levels = [level for level, _ in read.headings]
    if levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels)):
        wrong.append(f"headings {levels}")
    wrong += [f"hollow {found[0]}" for found in HOLLOW.finditer(page)]
    wrong += [f"left over {found}" for found in LEFTOVERS.findall(" ".join(read.words))]
    wrong += [f"two of #{id}" for id, number in read.ids.items() if number > 1]
    for href in read.links:
        inside = href.startswith("#") and href[1:] not in read.ids
        if inside or len(href.removeprefix("tel:").removeprefix("mailto:")) < 2:
            wrong.append(f"leads nowhere: {href!r}")
    if len(page.encode()) > MOST_BYTES:
        wrong.append("too heavy")
    return [f"{address}: {it}" for it in wrong]


@pytest.fixture
def solvik(db: None) -> Edition:
    publish(ROOT / "packages/solvik", by="Anna", why="the first version")
    return current()


def test_every_service_page_is_whole(solvik: Edition) -> None:
    visitor, wrong, met = Client(), [], set[str]()
    pages = [
        f"/{code}/services/{id}/"
        for code in solvik.definition.languages
        for id in open_services(solvik)
    ]
    for address in pages:
        page = visitor.get(address).text
        wrong += faults(address, page)
        met |= {it for it in Reading(page).links if INTO_HERE.match(it)}
    assert not wrong, "\n".join(wrong)
    places = {it.partition("#")[0].partition("?")[0] for it in met} - set(pages)
    # applying, and what is one's own, leads to signing in; asking is the same page for each service
    alike = re.compile(r"/[a-z]{2}/(apply/|my/|services/(?!library-card).*/ask/)")
    met_here = sorted(it for it in places if not alike.match(it))
    told = {it: visitor.get(it).status_code for it in met_here}
    # a slash that lacks costs a detour
    assert {it: status for it, status in told.items() if status != 200} == {}


def test_places_to_choose_between_are_told(solvik: Edition) -> None:
    page = Client().get("/sv/services/preschool-place/").text
    assert "platser att välja mellan" in page
    assert "Solrosen, Storgatan 42" in page
    assert "platser att välja" not in Client().get("/sv/services/opinion/").text


def test_a_fault_is_found() -> None:
    page = '<h1>A</h1><h3>B</h3><p id="x"> </p><p id="x">{fee}</p><a href="#y">?</a>'
    assert len(faults("/", page)) == 6


def test_every_service_says_who_has_read_it_through(solvik: Edition) -> None:
    known = services(solvik).items()
    assert not [id for id, it in known if it.reviewed is None or it.reviewed.on > today()]
