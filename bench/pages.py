"""What is measured: each page as the requests that visitors send for it."""

from dataclasses import dataclass
from urllib.parse import quote

from allting.catalogue.tests.searches import searches
from bench.asking import Supply, get, post
from bench.measure import send_each
from bench.municipality import Municipality
from bench.server import Server

SERVICE = "/sv/services/preschool-place/"
PLAN = "/sv/plans/building/?builds=new-house&has-own-well=no&day_year=2027&day_month=8&day_day=2"
ASKED = 297  # different drafts whose pages are shown


@dataclass(frozen=True)
class Measured:
    """A page with its goal, as a share of what the bare view does."""

    name: str
    goal: float | None
    server: Server
    supply: Supply


@dataclass
class Drafts:
    """Drafts that can be sent, as (cookie, draft, version), and the pages of their form."""

    ready: list[tuple[str, str, int]]
    pages: list[str]


def drafts(town: Municipality, server: Server, number: int) -> Drafts:
    """One draft filled in page by page, and copies of it for other families."""
    made = town.prepare("drafts", f"http://127.0.0.1:{server.port}", number)
    ready = [(str(token), str(id), int(version)) for token, id, version in made["ready"]]
    # nobody sends what they have not seen: each family has the page before it open
    seen = ready[: made["people"]]
    send_each(server, [get(f"/sv/drafts/{draft}/check/", token) for token, draft, _ in seen])
    return Drafts(ready, made["pages"])


def service(server: Server) -> Measured:
    """A service's page, for someone who has not signed in."""
    return Measured("service page", 0.5, server, Supply([get(SERVICE)]))


def plan(server: Server) -> Measured:
    """A plan for somebody who has not signed in: all of it stands in the address, nothing is kept,
    so it is made anew each time."""
    return Measured("plan page", None, server, Supply([get(PLAN)]))


def search(server: Server) -> Measured:
    """The page of hits, for everything that the quality of search is measured by."""
    asked = [get(f"/sv/search/?q={quote(words)}") for words in _searched()]
    return Measured("search page", None, server, Supply(asked))


def suggestions(server: Server) -> Measured:
    """What a search box asks while one types: each query at half its length."""
    halves = [words[: max(2, len(words) // 2)].strip() for words in _searched()]
    asked = [get(f"/sv/search/suggest/?q={quote(words)}") for words in halves]
    return Measured("suggestions", None, server, Supply(asked))


def _searched() -> list[str]:
    return [one.query for one in searches() if one.language == "sv"]


def form(server: Server, made: Drafts) -> Measured:
    """Every page of the form in turn, for many people, whose drafts are then left alone."""
    asked = [
        get(f"/sv/drafts/{draft}/{made.pages[n % len(made.pages)]}/", token)
        for n, (token, draft, _) in enumerate(made.ready[:ASKED])
    ]
    del made.ready[:ASKED]
    return Measured("form page, signed in", 0.2, server, Supply(asked))


def submission(name: str, server: Server, made: Drafts) -> Measured:
    """Sending in, each draft once."""
    asked = [
        post(f"/sv/drafts/{draft}/submit/", token, version=version)
        for token, draft, version in made.ready
    ]
    return Measured(name, 0.15, server, Supply(asked, expected=302, once=True))


def mine(town: Municipality, server: Server) -> Measured:
    """My pages of people with a draft, two cases and some messages."""
    tokens = town.prepare("residents")["tokens"]
    return Measured("my pages", None, server, Supply([get("/sv/my/", t) for t in tokens]))


def queue(town: Municipality, server: Server, cases: int) -> Measured:
    """The first page of a caseworker's queue."""
    token = town.prepare("desk", cases)["token"]
    supply = Supply([get("/sv/desk/", token)])
    return Measured(f"desk queue, {cases:,} open cases", 0.15, server, supply)
