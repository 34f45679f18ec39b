"""Many at once, and a house that is killed and opened again: nothing lost, nothing twice."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Event

import httpx2
import pytest

from tests.house import House
from tests.journeys.preschool import answers, send, to_the_check_page
from tests.mailbox import Mailbox
from tests.visitor import Visitor

ANNA, STEFAN = "198403262382", "197808022391"  # caseworker and decider of the demonstration

PARENTS = """
import json
from datetime import date
from allting.kernel.api import today
from allting.register.models import Guardianship
rows = Guardianship.objects.values_list(
    "guardian__identity_number", "child_id", "child__birth_date", "guardian__protection",
    "child__protection", "guardian__email").order_by("child_id", "guardian_id")
seen, found = set(), []
for number, child, born, hidden, child_hidden, email in rows:
    age = (today() - born).days
    mine = {child, number}
    if 365 < age < 1000 and not seen & mine and hidden == child_hidden == "none":
        seen |= mine
        found.append([number, str(child), email])
print(json.dumps(found))
"""

STATE = """
import json
from allting.cases.models import Case, Letter
from allting.forms.models import Submission
from allting.notifications.models import Message
print(json.dumps({
    "numbers": sorted(Case.objects.values_list("number", flat=True)),
    "submissions": Submission.objects.count(),
    "per_submission": Case.objects.values("submission").distinct().count(),
    "letters": Letter.objects.exclude(written_at=None).count(),
    "messages": Message.objects.count(),
}))
"""


@dataclass
class Parent:
    """A parent ready to press the button."""

    visitor: Visitor
    check: httpx2.Response
    email: str | None

    def press(self, times: int = 1) -> list[httpx2.Response]:
        """Press it, as often as an impatient person would."""
        return [send(self.visitor, self.check) for _ in range(times)]


def asked(house: House, code: str) -> object:
    """What the code prints as JSON, run inside the house."""
    return json.loads(house.command("shell", "-v", "0", "-c", code).strip().splitlines()[-1])


def parents(house: House, number: int) -> list[Parent]:
    """So many parents, each with every answer given."""
    known = asked(house, PARENTS)
    assert isinstance(known, list)
    assert len(known) >= number, f"only {len(known)} parents of small children live here"

    def ready(one: list[str]) -> Parent:
        visitor = Visitor(house.url)
        inside = visitor.sign_in(one[0])
        assert inside.url.path == "/sv/my/", f"{one[0]} was not let in: {house.log()[-3000:]}"
        return Parent(visitor, to_the_check_page(visitor, answers(one[1])), one[2])

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(ready, known[:number]))


@pytest.mark.slow
@pytest.mark.database
def test_fifty_submit_at_once(solvik: House, post: Mailbox) -> None:
    solvik.people = 4000
    solvik.start()
    fifty = parents(solvik, 50)
    gate = Barrier(50)

    def together(one: Parent) -> list[httpx2.Response]:
        gate.wait()
        return one.press(times=2)

    with ThreadPoolExecutor(50) as pool:
        answered = list(pool.map(together, fifty))
    assert {page.status_code for pages in answered for page in pages} == {200}
    assert all(first.url == again.url for first, again in answered), "one receipt each"
    mails = post.wait_for(len([one for one in fifty if one.email]))
    state = asked(solvik, STATE)
    assert isinstance(state, dict)
    assert [int(number[-6:]) for number in state["numbers"]] == list(range(1, 51))
    assert state["submissions"] == state["per_submission"] == 50
    assert state["messages"] == 50
    assert max(Counter(mail["Message-ID"] for mail in mails).values()) == 1


@pytest.mark.slow
@pytest.mark.database
def test_killed_while_people_submit(solvik: House, post: Mailbox) -> None:
    solvik.people = 4000
    post.seconds = 0.05
    solvik.start()
    some = parents(solvik, 24)

    fallen = Event()

    def press(one: Parent) -> int | None:
        if one in some[16:]:
            fallen.wait(60)
        try:
            return one.press()[0].status_code
        except httpx2.HTTPError:
            return None  # the house was killed under us; we cannot know

    with ThreadPoolExecutor(8) as pool:
        pressing = [pool.submit(press, one) for one in some]
        while sum(f.done() for f in pressing) < 8:
            time.sleep(0.005)
        solvik.kill()
        fallen.set()
        told = [f.result() for f in pressing]
    assert None in told, "the house was to be killed in the middle"
    solvik.start()
    state = asked(solvik, STATE)
    assert isinstance(state, dict)
    received = told.count(200)
    assert state["submissions"] >= received, "a receipt was given for what is not there"
    with ThreadPoolExecutor(8) as pool:  # everyone presses again: most do not know
        assert set(pool.map(press, some)) == {200}
    mails = post.wait_for(len([one for one in some if one.email]))
    state = asked(solvik, STATE)
    assert isinstance(state, dict)
    assert [int(number[-6:]) for number in state["numbers"]] == list(range(1, 25))
    assert state["submissions"] == state["per_submission"] == state["messages"] == 24
    repeated = [n for n in Counter(mail["Message-ID"] for mail in mails).values() if n > 1]
    assert sum(repeated) - len(repeated) <= 2, "at most what was in flight in the two threads"


DECIDED = """
import json
from allting.cases.models import Case, Decision, Letter
from allting.notifications.models import Message
print(json.dumps({
    "open": Case.objects.filter(open=True).count(),
    "decisions": Decision.objects.count(),
    "cases": Decision.objects.values("case").distinct().count(),
    "letters": Letter.objects.filter(formal=True).count(),
    "written": Letter.objects.filter(formal=True).exclude(written_at=None).count(),
    "copies": Letter.objects.filter(others="told").count(),
    "messages": Message.objects.count(),
}))
"""


def signed_in(house: House, number: str) -> Visitor:
    """Someone of the cast, signed in."""
    visitor = Visitor(house.url)
    assert visitor.sign_in(number).url.path == "/sv/my/"
    return visitor


def proposed(anna: Visitor, number: str) -> str:
    """The caseworker proposes a place; the address where it is decided."""
    case = f"/sv/desk/cases/{number}/"
    start = {f"placed-start_{k}": v for k, v in (("year", "2027"), ("month", "9"), ("day", "1"))}
    placed = {"outcome": "placed", "placed-unit": "solrosen", "reason": "Närmast hemmet."}
    page = anna.fill(anna.get(f"{case}do/propose/"), **placed, **start)
    assert page.url.path == case, page.text[:3000]
    return f"{case}do/decide/"


def all_written(house: House) -> dict[str, int]:
    """What has been decided, when background work has written every letter of it."""
    until = time.monotonic() + 180
    while True:
        state = asked(house, DECIDED)
        assert isinstance(state, dict)
        if state["written"] == state["letters"] or time.monotonic() > until:
            return state


@pytest.mark.slow
@pytest.mark.database
def test_killed_while_the_board_decides(solvik: House, post: Mailbox) -> None:
    solvik.people = 4000
    post.seconds = 0.05
    solvik.start()
    twelve = parents(solvik, 12)
    for one in twelve:
        one.press()
    state = asked(solvik, STATE)
    assert isinstance(state, dict)
    anna = signed_in(solvik, ANNA)
    places = [proposed(anna, number) for number in state["numbers"]]
    stefan = signed_in(solvik, STEFAN)
    pages = [stefan.get(place) for place in places]

    fallen = Event()

    def decide(page: httpx2.Response) -> int | None:
        if page in pages[8:]:
            fallen.wait(60)
        try:
            return stefan.fill(page).status_code
        except httpx2.HTTPError:
            return None

    with ThreadPoolExecutor(4) as pool:
        deciding = [pool.submit(decide, page) for page in pages]
        while sum(f.done() for f in deciding) < 4:
            time.sleep(0.005)
        solvik.kill()
        fallen.set()
        told = [f.result() for f in deciding]
    assert None in told, "the house was to be killed in the middle"
    solvik.start()
    state = asked(solvik, DECIDED)
    assert isinstance(state, dict)
    assert state["decisions"] >= told.count(200), "told that it was decided, and it was not"
    assert state["letters"] == state["decisions"], "a decision and its letter are one"
    for page in pages:  # once more: who was decided is told so, who was not is decided
        told_again = stefan.fill(page).status_code
        assert told_again in (200, 409), solvik.log()[-4000:]
    state = all_written(solvik)
    copies = state.pop("copies")
    assert copies, "some child has two guardians"
    assert state == {
        "open": 0,
        "decisions": 12,
        "cases": 12,
        "letters": 12,
        "written": 12,
        "messages": 24 + copies,
    }
