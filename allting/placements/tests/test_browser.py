"""The pages of rounds and places in a real browser: every state, both languages, phone and desk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize

from allting.identity.sessions import COOKIE
from allting.identity.testing import signed_in_client
from allting.placements.models import Place, Round
from allting.placements.queries import places_in
from allting.placements.tests import solvik
from allting.placements.tests.town import START, Waiting
from allting.register.models import Guardianship, Person
from allting.register.testing import person
from tests.browser import PHONE, SMALLEST, WIDE, Look, follow

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.usefixtures("before_the_start"),
]
ROLES = {
    "worker": (("administrator", "education"),),
    "chief": (("decision-maker", "education"),),
    "handler": (("administrator", "education"), ("protected-people", "education")),
}
WORDS = {
    "sv": {
        "open": "Öppna omgången",
        "give": "Fördela platserna",
        "try": "Pröva",
        "hand": "Ge platsen",
    },
    "en": {
        "open": "Open the round",
        "give": "Give the places",
        "try": "Try",
        "hand": "Give the place",
    },
}


@dataclass
class Visit:
    """Someone at the browser."""

    browser: Browser
    url: str
    language: str
    how: dict[str, Any]
    pictures: Path | None = None

    def as_(self, client: Client | None) -> "Visit":
        """Go on as this person, or as nobody."""
        context = self.browser.new_context(locale=self.language, **self.how)
        if client is not None:
            cookie = {"name": COOKIE, "value": client.cookies[COOKIE].value, "url": self.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        self.page: Page = context.new_page()
        scripted = self.how.get("java_script_enabled", True)
        self.look = Look(self.page, self.pictures, scripted)
        return self

    def open(self, path: str, name: str) -> None:
        answer = self.page.goto(f"{self.url}/{self.language}{path}")
        assert answer is not None and answer.status == 200, path
        self.look.at(name, self.language)

    def press(self, word: str, name: str) -> None:
        button = self.page.get_by_role("button", name=WORDS[self.language][word], exact=True)
        follow(button.first)
        self.look.at(name, self.language)


def client_of(name: str, *roles: tuple[str, str]) -> Client:
    someone = person(name, START.replace(year=1980))
    client, _ = signed_in_client(
        someone.identity_number, f"{name} Berg", person=someone.id, roles=roles
    )
    return client


def parent_of(child: Person) -> Client:
    guardian = Guardianship.objects.filter(child=child)[0].guardian
    name = f"{guardian.given_name} {guardian.surname}"
    client, _ = signed_in_client(guardian.identity_number, name, person=guardian.id)
    return client


@pytest.mark.parametrize(
    ("language", "size", "how"),
    [
        ("sv", WIDE, {}),
        ("en", PHONE, {}),
        ("sv", SMALLEST, {"color_scheme": "dark"}),
        ("en", WIDE, {"java_script_enabled": False}),
    ],
    ids=["wide", "phone", "smallest-dark", "no-script"],
)
def test_every_page_and_state(
    browser: Browser,
    live_server: Any,
    waiting: Waiting,
    language: str,
    size: ViewportSize,
    how: dict[str, Any],
    pytestconfig: pytest.Config,
    request: pytest.FixtureRequest,
) -> None:
    solvik.published()
    children = solvik.fill(waiting)
    kept = Path("/tmp/placement/shots") / request.node.callspec.id
    pictures = kept if pytestconfig.getoption("screens") else None
    here = Visit(browser, live_server.url, language, {"viewport": size, **how}, pictures)
    here.as_(client_of("Eva", *ROLES["worker"]))
    _opened(here)
    base = f"/desk/rounds/{Round.objects.get().id}/"
    here.open(f"{base}what-if/", "what-if")
    here.page.select_option("#close", "solrosen")
    here.page.select_option("#more", "ekorren")
    here.page.fill("#places", "30")
    here.press("try", "what-if-tried")
    here.open(f"{base}children/", "children-waiting")
    here.as_(client_of("Karin", *ROLES["chief"]))
    here.open(f"{base}settle/", "settle")
    here.press("give", "settled")
    round = Round.objects.get()
    assert round.state == "settled"
    _families_answer(round)
    here.open(base, "round")
    here.open(f"{base}children/", "children")
    here.open(f"{base}children/{Place.objects.filter(rank=2)[0].id}/", "child")
    here.as_(client_of("Ulla", *ROLES["handler"]))
    here.open(f"{base}by-hand/", "by-hand")
    here.press("hand", "by-hand-wrong")
    here.page.select_option("#unit-1", index=1)
    here.press("hand", "by-hand-one-done")
    _families_look(here, children)
    here.as_(None)
    here.open("/lots/", "lots")


def _opened(here: Visit) -> None:
    """From an empty list to an open round, with a mistake on the way."""
    here.open("/desk/rounds/", "rounds-none")
    here.page.fill("#start_year", "20")
    here.press("open", "rounds-wrong")
    for part, value in (("year", START.year), ("month", START.month), ("day", START.day)):
        here.page.fill(f"#start_{part}", str(value))
    here.press("open", "round-open")
    here.open("/desk/rounds/", "rounds")


def _families_answer(round: Round) -> None:
    from allting.placements.actions import decline, release, take

    for n, place in enumerate(places_in(round.id)):
        (take, take, decline, release, str)[n % 5](place.id)


def _families_look(here: Visit, children: list[Person]) -> None:
    """The pages of families with a place, near home, declined, and without."""
    by_id = {child.id: child for child in children}
    for state in ("offered", "taken", "declined", "released", "without"):
        place = Place.objects.filter(state=state).exclude(round=None).order_by("-rank").first()
        if place is None:
            continue
        here.as_(parent_of(by_id[place.subject]))
        here.open(f"/my/places/{place.id}/", f"place-{state}")
    here.open("/my/", "my")
