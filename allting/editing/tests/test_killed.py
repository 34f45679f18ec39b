"""A house that dies while someone proposes, approves or publishes: all of it is done, or nothing.

The process is a real one, and so is `kill -9`: once before everything that it asks the database,
and once when all is done and nobody has been told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from allting.editing.actions import edit
from allting.editing.models import Happening, Proposal
from allting.editing.tests.town import FEE, Person, Staff, fee, people, published
from allting.identity.sessions import COOKIE
from allting.kernel.models import AuditEntry
from allting.packages.api import current, forget_editions
from allting.packages.models import PackageVersion
from tests.databases import start

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 80  # far more than a button asks the database


class State(NamedTuple):
    """All that a move may leave behind."""

    state: str
    version: int
    edition: int | None
    done: tuple[str, ...]
    audited: tuple[str, ...]
    editions: tuple[int, ...]
    fee: object


def state() -> State:
    """As a house that is started again finds it."""
    forget_editions()
    held = Proposal.objects.get()
    verbs = AuditEntry.objects.filter(verb__startswith="editing:").order_by("id")
    return State(
        held.state,
        held.version,
        held.edition,
        tuple(Happening.objects.order_by("id").values_list("did", flat=True)),
        tuple(one.removeprefix("editing:") for one in verbs.values_list("verb", flat=True)),
        tuple(PackageVersion.objects.order_by("id").values_list("number", flat=True)),
        current().definition.parameters["map-fee"],
    )


@dataclass
class House:
    """The other process."""

    process: Any

    def press(self, whom: Person, do: str, at: int) -> str:
        """What came of it: `killed`, or the kind of answer."""
        held = Proposal.objects.get()
        address = f"/sv/desk/package/proposals/{held.id}/do/{do}/"
        cookie = whom.client.cookies[COOKIE].value
        self.process.stdin.write(f"{address} {cookie} {held.version} {at}\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith(("killed", "answered")):
                return str(line).strip()
        raise AssertionError("it said nothing")


@pytest.fixture
def staff(transactional_db: None, tmp_path: Path, settings: Any) -> Staff:
    settings.ALLTING_EDITION_LOOK = 0
    published(tmp_path)
    return people()


@pytest.fixture
def house(staff: Staff) -> Iterator[House]:
    process = start("allting.editing.tests.worker", ALLTING_LOG_LEVEL="ERROR")
    try:
        yield House(process)
    finally:
        process.kill()
        process.wait()


def killed_everywhere(house: House, whom: Person, do: str) -> tuple[int, State]:
    """Kill it at each thing it asks, until it lives: how often, and what it left in the end.

    Each time there must be what was before, to the last row, or all of what it was to do.
    """
    before = state()
    for at in range(1, MOST):
        told = house.press(whom, do, at)
        found = state()
        if found != before:
            return at, found
        assert told == "killed", f"{told}, and nothing was done"
    raise AssertionError("it never got to its end")


@pytest.mark.slow
def test_a_proposal_killed_at_every_step_is_published_once_or_not_at_all(
    staff: Staff, house: House
) -> None:
    edit(staff.amir.actor, None, [fee(950)])
    done: tuple[str, ...] = ("edit",)
    moves = [("propose", staff.amir), ("approve", staff.birgitta), ("publish", staff.birgitta)]
    for do, whom in moves:
        times, found = killed_everywhere(house, whom, do)
        assert times > 5, f"{do} was to be killed in its midst, not only {times} times"
        done = (*done, do)
        assert found.done == found.audited == done, "each thing is written down once"
        assert found.version == len(done) + 1, do
        published = do == "publish"
        assert found.editions == ((1, 2) if published else (1,))
        assert (found.state == "published", found.edition == 2) == (published, published)
        assert found.fee == (950 if published else 900)
    assert PackageVersion.objects.get(number=2).base == 1
    assert house.press(staff.birgitta, "publish", MOST) == "answered 4xx", "once is enough"
    assert state() == found


def test_killed_when_all_is_done_and_nobody_told(staff: Staff, house: House) -> None:
    edit(staff.amir.actor, None, [fee(950)])
    assert house.press(staff.amir, "propose", 0) == "killed"
    assert house.press(staff.birgitta, "approve", 0) == "killed"
    assert house.press(staff.birgitta, "publish", 0) == "killed"
    found = state()
    assert (found.state, found.edition, found.editions, found.fee) == ("published", 2, (1, 2), 950)
    page = staff.amir.client.get(f"/sv/desk/package/proposals/{Proposal.objects.get().id}/")
    assert page.status_code == 200 and "Publicerade det" in page.text


def test_who_was_killed_halfway_finds_nothing_of_it_and_goes_on_editing(
    staff: Staff, house: House
) -> None:
    edit(staff.amir.actor, None, [fee(950)])
    assert house.press(staff.amir, "propose", 6) == "killed"
    held = Proposal.objects.get()
    edit(staff.amir.actor, held.id, [fee(960)])
    held.refresh_from_db()
    assert (held.state, held.edits[0]["path"], held.edits[0]["value"]) == (
        "draft",
        list(FEE[1]),
        960,
    )
