"""The acts of the story in which the city comes to the families, one by one."""

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
from pypdf import PdfReader

from allting.kernel.api import today
from tests.browser import follow
from tests.journeys import bay
from tests.journeys.bay import BERG, FAMILIES, HIDDEN, SANDELL, Family
from tests.journeys.offers_people import Person, Story

KEEPER, NAMED = "Moa Ekström", "Eva Norberg"
SOON_ONE = "desk/offers/situations/preschool-place/child-soon-one/"
CHANGED = "desk/offers/situations/childcare-fee/income-changed/"
LINK = re.compile(r"https?://[^\s\"'<>)]+")
SHORT = re.compile(r"http://[^\s]+/o/[A-Za-z0-9_-]{28}")

# all that opening a link must not change
STATE = """
import json
from allting.cases.models import Case, Decision
from allting.notifications.models import Message
from allting.offers.models import Offer, OfferKey
from allting.placements.models import Place, Seat
from allting.register.models import Person
who = dict(Person.objects.values_list("id", "given_name"))
print(json.dumps({
    "offers": sorted((who[p], s, st, u) for p, s, st, u in Offer.objects.values_list(
        "person", "situation", "state", "unit")),
    "used": OfferKey.objects.exclude(used_at=None).count(),
    "seats": sorted((who[p], u, t) for p, u, t in Seat.objects.values_list(
        "subject", "unit", "taken")),
    "places": sorted((who[p], s) for p, s in Place.objects.exclude(unit="").values_list(
        "subject", "state")),
    "cases": Case.objects.count(),
    "decisions": Decision.objects.filter(account=None).count(),
    "messages": Message.objects.count(),
}))
"""
NEW_INCOME = """
from allting.kernel.api import today, write
from allting.register.api import declare
from allting.register.models import Person
petra, tilde = (Person.objects.get(castmember__isnull=False, given_name=it).id
                for it in ("Petra", "Tilde"))
with write():
    declare({"household.income_month": 52000}, applicant=petra, subject=tilde,
            source="by telephone", at=today())
"""
PETRA = "+46701740608"
LATER = """
from datetime import timedelta
from allting.kernel.api import clock_at, now, work_off
from allting.offers.jobs import close_and_remind
with clock_at(now() + timedelta(days={days})):
    close_and_remind.func()
    work_off()
"""


def state(story: Story) -> dict[str, Any]:
    """How things stand in the house's database."""
    said = story.house.command("shell", "-v", "0", "-c", STATE)
    found: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return found


def offers(found: dict[str, Any]) -> dict[str, str]:
    """The state of the offers of places, by the child's name."""
    return {name: st for name, id, st, _ in found["offers"] if id == "child-soon-one"}


def first_day() -> date:
    """From when the places are: after every baby's birthday."""
    return today() + timedelta(days=150)


# ---- at the desk


def preview(keeper: Person) -> None:
    """Who would be offered a place, why, how many and where, and what it takes in places."""
    keeper.enter("desk/offers/")
    keeper.seen("desk-offers", other=True)
    keeper.link(SOON_ONE)
    keeper.seen("preview", other=True)
    assert "999 02" in keeper.text()
    day = today() + timedelta(days=35)
    for part in ("year", "month", "day"):
        keeper.page.locator(f'main input[name="day_{part}"]').fill(str(getattr(day, part)))
    follow(keeper.page.locator("main form.filters button"))
    assert f"day_day={day.day}" in keeper.page.url
    keeper.seen("preview-another-day")
    keeper.open(f"{SOON_ONE}people/?page=0")
    while BERG.baby not in keeper.text():
        follow(keeper.page.locator('main a[rel="next"]'))
    keeper.page.locator("main summary").first.click()
    keeper.seen("preview-who-and-why", other=True)


def compare(keeper: Person, folder: Path) -> None:
    """The rule as it is beside the rule as it could be: first from folders, then as published."""
    house = keeper.story.house
    wider = bay.package(folder, "wider", bay.WIDER)
    versions = (str(folder / "bay"), str(wider))
    told = json.loads(house.command("offers", "compare", *versions, "--json"))
    soon = next(one for one in told if one["key"] == "preschool-place/child-soon-one")
    assert soon["both"] == soon["first"] <= soon["second"]
    bay.package(folder, "bay", bay.WIDER)
    house.command("publish", str(folder / "bay"), "--why", "from seven months of age")
    keeper.open("desk/offers/compare/")
    keeper.page.locator('main select[name="first"]').select_option(index=2)
    keeper.page.locator('main select[name="second"]').select_option(index=0)
    follow(keeper.page.locator("main form .button--primary"))
    keeper.seen("two-versions-compared", other=True)


def run(keeper: Person) -> None:
    """A situation that is not about places is run, and its news goes out."""
    story = keeper.story
    story.house.command("shell", "-c", NEW_INCOME)
    keeper.open(CHANGED)
    keeper.link("/run/")
    keeper.seen("before-a-run", other=True)
    keeper.press()
    keeper.reload_until(keeper.says("Done"))
    assert SHORT.search(story.gateway.wait_for(PETRA))
    keeper.seen("runs", other=True)


def open_round(administrator: Person) -> str:
    """Everyone who waits for a place from a day is gathered; the address of the round."""
    administrator.open("desk/rounds/")
    day = first_day()
    for part in ("year", "month", "day"):
        field = f'main input[name="start_{part}"]'
        administrator.page.locator(field).fill(str(getattr(day, part)))
    administrator.seen("rounds")
    administrator.press()
    administrator.seen("round-opened", other=True)
    return administrator.page.url


def settle(decider: Person, url: str) -> None:
    """The places are given, once."""
    decider.page.goto(url.replace("/en/", "/sv/"))
    decider.link("/settle/")
    decider.seen("before-the-places-are-given")
    decider.press()
    decider.seen("round-settled", other=True)


def read_the_log(keeper: Person) -> None:
    """Each offer with the data it was made by, and what came of it."""
    keeper.open(f"{SOON_ONE}made/")
    keeper.seen("offers-made", other=True)
    follow(keeper.page.get_by_role("link", name=f"{BERG.baby} {BERG.surname}"))
    keeper.seen("offer-in-the-log", other=True)
    said = keeper.text()
    assert BERG.name() in said and "Solrosen" in said
    assert HIDDEN.surname not in said


def read_the_case(administrator: Person, number: str) -> None:
    """The case that decided itself, and how its news has travelled."""
    administrator.open(f"desk/cases/{number}/")
    administrator.seen("desk-case-decided-by-rule", other=True)


def place_by_hand(named: Person, round: str) -> None:
    """The protected child is a task for the named handler, who gives it the place that is left."""
    named.open("desk/")
    named.sign_in(named.who)
    named.page.goto(f"{round}by-hand/".replace("/en/", "/sv/"))
    assert f"{HIDDEN.baby} {HIDDEN.surname}" in named.text()
    named.seen("to-place-by-hand", other=True)
    named.page.locator('main select[name="unit"]').select_option("blaklockan")
    follow(named.page.locator("main form button").first)
    named.seen("placed-by-hand")


# ---- on the wire


def nothing_given_away(story: Story) -> None:
    """Texts and mails name no child, no number, and nobody protected; the hidden hear nothing."""
    said = [one.text for one in story.gateway.texts]
    said += [part for mail in list(story.post.messages) for part in texts_in(mail)]
    assert said
    for words in said:
        for family in (*FAMILIES, HIDDEN):
            assert family.baby not in words
        assert HIDDEN.surname not in words
        assert not re.search(r"\b(19|20)\d{6}[-+]?\d{4}\b", words)
    assert not story.gateway.to(HIDDEN.phone())
    assert not story.mails_to(HIDDEN.email())


def texts_in(mail: Any) -> Iterable[str]:
    """Everything that a mail says: its headers, its text and its HTML."""
    yield "\n".join(f"{name}: {value}" for name, value in mail.items())
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            yield part.get_content()


def links_in(story: Story) -> set[str]:
    """Every address that a text or a mail holds."""
    said = [one.text for one in story.gateway.texts]
    said += [part for mail in list(story.post.messages) for part in texts_in(mail)]
    found = {link.rstrip(".") for words in said for link in LINK.findall(words)}
    return {link.replace("&amp;", "&") for link in found if link.startswith(story.house.url)}


def scan(story: Story) -> int:
    """A mail scanner opens every link, and looks at each again; how many it opened."""
    links = links_in(story)
    with httpx2.Client(follow_redirects=True, timeout=20) as scanner:
        for link in sorted(links):
            assert scanner.get(link).status_code == 200, link
            assert scanner.head(link).status_code == 200, link
    return len(links)


def link_to(story: Story, family: Family, n: int = 0) -> str:
    """The link that stands in the latest text to a guardian."""
    found = SHORT.search(story.gateway.wait_for(family.phone(n)))
    assert found, story.gateway.to(family.phone(n))
    return found[0]


def pass_days(story: Story, days: int) -> None:
    """The morning's work of a day that has not come: reminders, and offers that close."""
    story.house.command("shell", "-c", LATER.format(days=days))


# ---- the families


def accept(guardian: Person, family: Family) -> None:
    """One tap on the link of the text, without signing in."""
    guardian.page.goto(link_to(guardian.story, family))
    guardian.seen("offer-by-link", other=guardian.look.script)
    said = guardian.text()
    assert family.baby not in said and family.surname not in said
    guardian.unfold()
    guardian.seen("offer-by-link-unfolded")
    follow(guardian.page.locator('button[name="go"][value="accept"]'))
    guardian.reload_until(guardian.says("It is decided. The letter is in your inbox on My pages."))
    guardian.seen("offer-accepted", other=guardian.look.script)


def read(guardian: Person, family: Family, start: date) -> str:
    """The decision in the inbox, as a letter, in the case; the place and why; the case's number."""
    guardian.open("my/")
    guardian.sign_in(guardian.who)
    guardian.seen("my-pages-with-a-place", other=True)
    guardian.open("my/inbox/")
    guardian.seen("inbox-after-the-yes", other=True)
    wanted = re.compile(rf"{family.baby} {family.surname} (har fått plats|has a place)")
    follow(guardian.page.get_by_role("link", name=wanted).first)
    guardian.seen("decision-in-the-inbox", other=True)
    guardian.open("my/offers/")
    guardian.seen("my-offers", other=True)
    guardian.open("my/")
    follow(guardian.page.locator('main a[href*="/my/cases/BUN-"]').first)
    guardian.seen("my-case-decided-by-rule", other=True)
    number = re.search(r"BUN-\d{4}-\d{6}", guardian.page.url)[0]  # type: ignore[index]
    letter = guardian.page.locator('main a[href*="/letters/"]').first.get_attribute("href")
    sheet = guardian.page.request.get(f"{guardian.url}{letter}").body()
    _is_the_letter(sheet, guardian, family, number, start)
    return number


def _is_the_letter(sheet: bytes, guardian: Person, family: Family, number: str, day: date) -> None:
    read = PdfReader(BytesIO(sheet))
    said = "".join(page.extract_text() for page in read.pages)
    assert read.trailer["/Root"]["/Lang"] == guardian.language  # type: ignore[index]
    assert number in said and family.baby in said and str(day.year) in said
    if guardian.story.variants:
        (guardian.story.variants / f"letter-{guardian.language}.pdf").write_bytes(sheet)


def message_about_the_offer(guardian: Person) -> None:
    """The message that told of the offer, and whether its news came through."""
    guardian.open("my/inbox/")
    follow(guardian.page.locator('main a[href*="/my/inbox/"]').last)
    guardian.seen("message-and-how-it-came", other=True)


def late(guardian: Person) -> None:
    """The link of an offer that has closed says so, kindly."""
    guardian.page.goto(link_to(guardian.story, SANDELL))
    guardian.seen("offer-closed", other=True)
