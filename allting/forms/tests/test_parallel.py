"""Fifty at once, with threads and connections of their own, on either database."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from allting.forms.actions import Changed, Ready, Save, save, submit
from allting.forms.events import FormSubmitted
from allting.forms.models import Draft, Submission
from allting.forms.queries import DraftRow, draft_of
from allting.forms.tests.municipality import published
from allting.forms.tests.walking import answered, client_of, hidden
from allting.kernel.api import new_id, next_number, subscribe
from allting.packages.api import Edition
from allting.register.looks import forget_looks
from allting.register.testing import Family, actor, family
from tests.databases import address, line_with

MANY = 50
pytestmark = pytest.mark.django_db(transaction=True)
_numbered: list[int] = []
_counting: list[bool] = []


@subscribe(FormSubmitted)
def _number(event: FormSubmitted) -> None:
    if _counting:  # what a case does: a gapless number in the same transaction
        _numbered.append(next_number("TEST", 2026))


@pytest.fixture
def counting() -> Iterator[list[int]]:
    _numbered.clear()
    _counting.append(True)
    yield _numbered
    _counting.clear()


@pytest.fixture
def town(tmp_path: Path) -> tuple[Edition, Family]:
    forget_looks()
    return published(tmp_path), family()


def at_once(work: Callable[[int], Any], count: int = MANY) -> list[Any]:
    """Let `count` threads begin `work` in the same moment, each with its own connection."""
    together = Barrier(count, timeout=60)

    def run(number: int) -> Any:
        try:
            together.wait()
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_one_draft_pressed_fifty_times(town: tuple[Edition, Family], counting: list[int]) -> None:
    _, people = town
    client = client_of(people.mother)
    base = answered(client, people.baby.id)
    version = hidden(client.get(base + "check/").content.decode(), "version")
    clients = [client_of(people.mother) for _ in range(MANY)]

    def press(number: int) -> str:
        sent = clients[number].post(base + "submit/", {"version": version})
        assert sent.status_code == 302
        return str(sent["Location"])

    receipts = set(at_once(press))
    assert receipts == {f"/sv/submissions/{Submission.objects.get().id}/"}
    assert counting == [1]


def test_one_draft_pressed_in_three_processes(town: tuple[Edition, Family]) -> None:
    _, people = town
    answered(client_of(people.mother), people.baby.id)
    draft = Draft.objects.get()
    words = ["allting.forms.tests.pressing", str(draft.id), str(people.mother.id)]
    pressing = [_process(*words) for _ in range(3)]
    for one in pressing:
        line_with("ready", one.stdout)
    for one in pressing:
        one.stdin.write("now\n")  # type: ignore[union-attr]
        one.stdin.flush()  # type: ignore[union-attr]
    said = {one.communicate(timeout=60)[0].strip().splitlines()[-1] for one in pressing}
    assert said == {str(Submission.objects.get().id)}


def _process(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        env={**os.environ, "ALLTING_DATABASE": address()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_fifty_drafts_at_once(town: tuple[Edition, Family], counting: list[int]) -> None:
    _, people = town
    answered(client_of(people.mother), people.baby.id)
    drafts = [_copy(people) for _ in range(MANY)]

    def press(number: int) -> Any:
        return submit(_ready(drafts[number], people))

    made = at_once(press)
    assert len(set(made)) == MANY
    assert Submission.objects.count() == MANY
    assert sorted(counting) == list(range(1, MANY + 1))


def test_fifty_saves_of_one_version_let_one_through(town: tuple[Edition, Family]) -> None:
    _, people = town
    base = answered(client_of(people.mother), people.baby.id)
    read = draft_of(actor(people.mother), Draft.objects.get().id)
    assert read is not None
    assert base

    def write_down(number: int) -> str:
        try:
            save(read, Save({**read.answers, "start": f"2027-01-{number % 28 + 1:02}"}))
        except Changed:
            return "refused"
        return "saved"

    assert Counter(at_once(write_down)) == {"saved": 1, "refused": MANY - 1}


def test_removing_and_sending_at_once_does_one_of_them(town: tuple[Edition, Family]) -> None:
    from allting.forms.actions import delete

    _, people = town
    answered(client_of(people.mother), people.baby.id)
    for _ in range(10):
        draft = _copy(people)

        def either(number: int, draft: DraftRow = draft) -> str:
            try:
                if number:
                    delete(draft)
                    return "removed"
                submit(_ready(draft, people))
            except Changed:
                return "late"
            return "sent"

        done = at_once(either, 2)
        sent = Submission.objects.filter(draft_id=draft.id).exists()
        assert Draft.objects.filter(id=draft.id).exists() is sent
        assert sorted(done) == (["late", "sent"] if sent else ["late", "removed"])


def _copy(people: Family) -> DraftRow:
    draft = Draft.objects.filter(submitted_at=None).order_by("id")[0]
    draft.id = new_id()
    draft.save(force_insert=True)
    read = draft_of(actor(people.mother), draft.id)
    assert read is not None
    return read


def _ready(draft: DraftRow, people: Family) -> Ready:
    return Ready(draft, people.baby.id, draft.answers, draft.known, "sv")
