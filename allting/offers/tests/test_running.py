"""Everyone searched through, offers made in slices, taken up again wherever it was cut off."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from allting.kernel.api import work_off
from allting.notifications.models import Message
from allting.offers import running
from allting.offers.finding import find
from allting.offers.following import follow
from allting.offers.making import Came, make
from allting.offers.models import Addressee, ByHand, Candidate, Follow, Offer, Run
from allting.offers.plan import planned_of
from allting.offers.running import advance, start_run
from allting.offers.tests.making import DAY, families, situation
from allting.offers.tests.town import OFFER, published
from allting.packages.api import Edition, current
from allting.register.api import note_changes
from allting.register.models import Person
from allting.register.testing import Family, person
from tests.databases import start

ALL = ["preschool/soon-one", "preschool/three", "welcome/new-here"]


def finished(run: Run) -> Run:
    while advance(run.id):
        pass
    run.refresh_from_db()
    return run


def test_everyone_and_one_person_are_found_alike(vik: Edition, people: Family) -> None:
    families(3)
    person("Gunvor", date(1946, 1, 1), municipality_code="0180")
    found = find(planned_of(vik).values(), as_of=DAY)
    assert {key: len(it.hits) for key, it in found.items()} == {
        "preschool/soon-one": 4,
        "preschool/three": 1,
        "welcome/new-here": 1,
    }
    for key, it in found.items():
        inside = {hit.person for hit in it.hits}
        for one in Person.objects.all():
            came = make(vik, it.planned, one.id, as_of=DAY)
            assert (came is Came.MADE) == (one.id in inside), (key, one.given_name)
    assert (
        found["preschool/three"].hits[0].occasion == Offer.objects.get(situation="three").occasion
    )


def test_of_some_people_the_same_is_found(vik: Edition, people: Family) -> None:
    families(2)
    some = [people.baby.id, people.stranger.id]
    found = find(planned_of(vik).values(), as_of=DAY, only=some)
    assert {hit.person for it in found.values() for hit in it.hits} == set(some)


def test_who_has_come_of_age_is_no_child(tmp_path: Path, people: Family) -> None:
    everyone = OFFER.replace(
        "age_months(birth_date) >= 9 and age_months(birth_date) < 24", "birth_date is not null"
    )
    edition = published(tmp_path, services__preschool__offer=everyone)
    found = find([situation(edition)], as_of=DAY)["preschool/soon-one"]
    assert {hit.person for hit in found.hits} == {people.baby.id, people.sister.id}


@pytest.mark.parametrize("who", ["baby", "mother", "father", "sister"])
def test_the_protected_and_who_would_give_them_away_stand_apart(
    vik: Edition, people: Family, who: str
) -> None:
    Person.objects.filter(id=getattr(people, who).id).update(protection="registration")
    found = find([situation(vik)], as_of=DAY, districts=True)["preschool/soon-one"]
    assert found.hits == ()
    assert [hit.person for hit in found.by_hand] == [people.baby.id]
    assert found.by_hand[0].district == ""


def test_a_run_makes_each_offer_once_however_often(vik: Edition, people: Family) -> None:
    families(60)
    run = finished(start_run("test", ALL, as_of=DAY))
    assert (run.state, run.found, run.tried) == ("done", 63, 63)
    assert run.counts["preschool/soon-one"] == {"made": 61}
    again = finished(start_run("test", ALL, as_of=DAY))
    assert again.counts["preschool/soon-one"] == {"already": 61}
    work_off()
    assert Offer.objects.count() == 63
    assert Message.objects.count() == Addressee.objects.count() == 65
    assert not Candidate.objects.exists()


def test_protected_people_are_in_no_list_or_count_of_a_run(vik: Edition, people: Family) -> None:
    Person.objects.filter(id=people.baby.id).update(protection="mark")
    run = finished(start_run("test", ALL, as_of=DAY))
    # the sister lives with someone protected, and so is hidden too
    assert (run.found, run.counts) == (1, {"welcome/new-here": {"made": 1}})
    assert ByHand.objects.count() == 2
    assert not Offer.objects.filter(person=people.baby.id).exists()


def test_protected_while_the_run_is_under_way(vik: Edition, people: Family) -> None:
    run = start_run("test", ["preschool/soon-one"], as_of=DAY)
    advance(run.id)
    Person.objects.filter(id=people.mother.id).update(protection="mark")
    done = finished(run)
    assert done.counts == {"preschool/soon-one": {"not-in-it": 1}}
    assert (ByHand.objects.count(), Offer.objects.count()) == (1, 0)


def test_cut_off_in_a_slice_it_is_taken_up_again(
    vik: Edition, people: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    families(70)
    run = start_run("test", ["preschool/soon-one"], as_of=DAY)
    real, calls = make, Counter[str]()

    def failing(*args: Any, **more: Any) -> Came:
        calls["made"] += 1
        if calls["made"] in (10, 45):
            raise RuntimeError("the power went")
        return real(*args, **more)

    monkeypatch.setattr(running, "make", failing)
    from allting.offers.tests.making import refused

    for _ in range(2):
        with refused(RuntimeError):
            finished(run)
    done = finished(run)
    assert (done.found, done.counts) == (71, {"preschool/soon-one": {"made": 71}})
    assert Offer.objects.count() == 71


def test_the_register_is_followed(vik: Edition, people: Family, tmp_path: Path) -> None:
    published(
        tmp_path / "daily",
        services__preschool__offer=OFFER.replace(
            "open_for: 14 days", "open_for: 14 days\n    found: daily"
        ),
    )
    assert follow(DAY) == 0  # what was before is for a run
    assert Follow.objects.count() == 1
    note_changes([people.baby.id], "moved")
    assert follow(DAY) == 1
    work_off()
    assert Offer.objects.get().person == people.baby.id
    Person.objects.filter(id=people.baby.id).update(municipality_code="0180")
    note_changes([people.mother.id], "moved")  # whose household the child is of
    follow(DAY)
    assert Offer.objects.get().state == "withdrawn"
    assert follow(DAY) == 0


@pytest.fixture
def town(transactional_db: None, tmp_path: Path) -> Iterator[Edition]:
    yield published(tmp_path / "town")


def test_two_workers_at_the_same_run(town: Edition) -> None:
    families(80)
    run = start_run("test", ["preschool/soon-one"], as_of=DAY)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            while advance(run.id):
                pass
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not failed
    run.refresh_from_db()
    assert (run.state, run.tried) == ("done", 80)
    assert run.counts == {"preschool/soon-one": {"made": 80}}
    assert Offer.objects.count() == 80


@pytest.mark.slow
def test_killed_workers_lose_no_offer_and_make_none_twice(town: Edition) -> None:
    """Two processes at the same run, killed (-9) in the midst of it, and others after them."""
    families(300)
    run = start_run("test", ["preschool/soon-one"], as_of=DAY)
    quick = {"ALLTING_LOG_LEVEL": "ERROR"}
    for at_least in (1, 100):
        workers = [start("allting", "work", "--lease", "2", **quick) for _ in range(2)]
        _wait_for(lambda n=at_least: Offer.objects.count() >= n)
        for worker in workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
    last = start("allting", "work", "--lease", "2", **quick)
    _wait_for(lambda: Offer.objects.filter(state="sent").count() == 300)
    last.terminate()
    last.wait()
    run.refresh_from_db()
    assert (run.state, run.counts) == ("done", {"preschool/soon-one": {"made": 300}})
    assert Offer.objects.count() == Offer.objects.filter(state="sent").count() == 300
    assert Message.objects.count() == Addressee.objects.count() == 300
    assert Message.objects.values("occasion").distinct().count() == 300


def _wait_for(holds: Any, seconds: float = 60) -> None:
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_a_run_follows_the_edition_it_began_under(town: Edition, tmp_path: Path) -> None:
    families(2)
    run = start_run("test", ["preschool/soon-one"], as_of=DAY)
    published(tmp_path / "next", services__preschool__offer=OFFER.replace("14 days", "21 days"))
    assert current().id != run.edition
    finished(run)
    assert {offer.edition for offer in Offer.objects.all()} == {run.edition}
