"""A decided case gives the seat, once; the last one to one; and what ends it frees the seat."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from allting.cases.api import Given, Incomplete, do
from allting.cases.events import DecisionAnnulled
from allting.cases.models import Case, Decision
from allting.identity.api import Actor
from allting.identity.testing import signed_in_client
from allting.kernel.api import announce, now, work_off, write
from allting.offers.answering import Answer, accept, give_back
from allting.offers.models import Offer
from allting.offers.tests.making import DAY, made, refused
from allting.offers.tests.test_parallel import at_once
from allting.offers.tests.test_placing import START, child, lives, seats
from allting.offers.tests.town import PLACED, published
from allting.packages.api import Edition
from allting.placements.api import give
from allting.placements.models import Place, Seat
from allting.placements.rounds import open_round, settle
from allting.register.models import DeclaredFact, Person
from allting.register.testing import Family, actor, person

RULE = """\
automatic:
  - when: answers.wishes_first = 'blaklockan'
    outcome: placed
    values: {start: answers.start, unit: answers.wishes_first}
"""
REFUSAL = """\
  - {id: refused, title: {sv: Avslag, en: Refused}, letter: placed-not}
automatic:
"""
LETTER = "# {case.service}\n"


def town_with(folder: Path, process: str = "") -> Edition:
    files = {**PLACED}
    if process:
        files["services__preschool__process"] = process
    for language in ("sv", "en"):
        path = folder / "vik" / f"services/preschool/letters/placed-not.{language}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LETTER, encoding="utf-8")
    return published(folder, **files)


WITH_REFUSAL = PLACED["services__preschool__process"].replace("automatic:\n", REFUSAL)
WITH_RULE = PLACED["services__preschool__process"].replace("automatic:\n", RULE)


@pytest.fixture
def town(db: None, tmp_path: Path) -> Edition:
    return town_with(tmp_path / "town", WITH_REFUSAL)


def worker() -> Actor:
    return actor(person("Anna", date(1980, 2, 2)), ("administrator", "education"))


def applied(town: Edition, of: Person, by: Person, wish: str = "blaklockan") -> Case:
    """An open case that came of an offer without a place."""
    three = made(town, of.id, "preschool/three")
    accept(three.id, Answer(by.id, "sv", told={"extent": "full-time", "wishes": [wish]}))
    return Case.objects.latest("id")


def decided(case: Case, unit: str = "blaklockan", by: Actor | None = None) -> Any:
    given = Given(outcome="placed", values={"unit": unit, "start": "2027-01-11"})
    return do(by or worker(), case.id, "decide", seen_stage="received", given=given)


def accepted_place(town: Edition, people: Family) -> Offer:
    """A kept place that is accepted, in a case that a person has to decide."""
    lives(people.baby, 58.1)
    settle(open_round(service="preschool", start=START, by=None, as_of=DAY), by=None)
    work_off()
    offer = Offer.objects.get()
    accept(offer.id, Answer(people.mother.id, "sv"))
    offer.refresh_from_db()
    return offer


UNDECIDED = WITH_REFUSAL.replace("offer.situation = 'soon-one'", "offer.situation = 'three'")


# ---- given


def test_decided_by_hand_the_child_has_the_seat_once(town: Edition, people: Family) -> None:
    case, anna = applied(town, people.sister, people.mother), worker()
    decided(case, by=anna)
    assert decided(case, by=anna).repeated
    assert seats() == [("blaklockan", True)]
    fact = DeclaredFact.objects.get(name="place_preschool")
    assert (fact.person_id, fact.source) == (people.sister.id, case.number)
    again = give(
        service="preschool", unit="blaklockan", subject=people.sister.id, start=START, source="x"
    )
    assert Place.objects.get().id == again
    assert Seat.objects.count() == 1


def test_decided_by_a_rule_the_child_has_the_seat(tmp_path: Path, people: Family) -> None:
    town = town_with(tmp_path / "ruled", WITH_RULE)
    case = applied(town, people.sister, people.mother)
    assert Decision.objects.get(case=case).account is None
    assert [(it.unit, it.taken, it.source) for it in Seat.objects.all()] == [
        ("blaklockan", True, case.number)
    ]


def test_a_unit_whose_places_others_give_is_decided_without_a_seat(
    tmp_path: Path, people: Family
) -> None:
    files = {**PLACED, "units__preschools": PLACED["units__preschools"].replace(
        "{id: blaklockan,", "{id: blaklockan, organiser: independent,"
    )}  # fmt: skip
    town = published(tmp_path / "own", **files)
    decided(applied(town, people.sister, people.mother))
    assert seats() == [] and Decision.objects.exists()


# ---- the last seat


def fill(unit: str = "blaklockan") -> None:
    someone = person("Ira", date(2023, 1, 1))
    give(service="preschool", unit=unit, subject=someone.id, start=START, source="desk")


def test_where_there_is_no_seat_a_person_is_told_and_nothing_is_decided(
    town: Edition, people: Family
) -> None:
    case = applied(town, people.sister, people.mother)
    fill()
    with refused(Incomplete) as why:
        decided(case)
    assert [fault.field for fault in why.value.faults] == ["value-unit"]
    case.refresh_from_db()
    assert (case.stage, Decision.objects.count()) == ("received", 0)
    assert Seat.objects.count() == 1
    decided(case, "solrosen")
    assert ("solrosen", True) in seats()


@pytest.mark.django_db(transaction=True)
def test_the_desk_says_so_beside_the_field(town: Edition, people: Family) -> None:
    case = applied(town, people.sister, people.mother)
    fill()
    client, _ = signed_in_client("190001010107", "Siv Ek", roles=(("administrator", "education"),))
    page = client.post(
        f"/sv/desk/cases/{case.number}/do/decide/",
        {"outcome": "placed", "placed-unit": "blaklockan", "placed-start_year": "2027",
         "placed-start_month": "1", "placed-start_day": "11", "seen_stage": "received",
         "seen_version": str(case.version)},
    )  # fmt: skip
    assert page.status_code == 422
    assert "Där finns ingen ledig plats från den dagen" in page.text
    assert 'href="#placed-unit"' in page.text


def test_where_there_is_no_seat_a_rule_leaves_it_to_a_person(
    tmp_path: Path, people: Family
) -> None:
    town = town_with(tmp_path / "ruled", WITH_RULE)
    fill()
    case = applied(town, people.sister, people.mother)
    assert (case.stage, case.open) == ("received", True)
    assert not Decision.objects.exists()
    assert Offer.objects.get().case == case.number


def test_two_decide_on_the_last_seat_at_the_same_moment(
    transactional_db: None, tmp_path: Path
) -> None:
    town = town_with(tmp_path / "race", WITH_REFUSAL)
    cases = []
    for name in ("Ada", "Bea"):
        parent, small = child(name)
        Person.objects.filter(id=small.id).update(birth_date=date(2022, 6, 1))
        cases.append(applied(town, small, parent))
    found = at_once(*(partial(decided, case, by=worker()) for case in cases))
    assert sorted(type(one).__name__ for one in found) == ["Done", "Incomplete"], found
    assert seats() == [("blaklockan", True)]
    assert Decision.objects.count() == 1


# ---- and freed


def test_a_case_that_is_withdrawn_frees_the_place_of_its_offer(
    tmp_path: Path, people: Family
) -> None:
    town = town_with(tmp_path / "by-hand", UNDECIDED)
    offer = accepted_place(town, people)
    assert seats() == [("solrosen", True)]
    case = Case.objects.get()
    assert case.number == offer.case
    do(actor(people.mother), case.id, "withdraw", seen_stage="received")
    assert seats() == []
    assert Place.objects.get().state == "declined"


def test_a_refusal_frees_it_too(tmp_path: Path, people: Family) -> None:
    accepted_place(town_with(tmp_path / "by-hand", UNDECIDED), people)
    no = Given(outcome="refused", reason="Barnet bor inte här.")
    do(worker(), Case.objects.get().id, "decide", seen_stage="received", given=no)
    assert seats() == []
    assert Place.objects.get().state == "released"


def test_what_was_granted_by_hand_is_given_up(town: Edition, people: Family) -> None:
    case = applied(town, people.sister, people.mother)
    decided(case)
    offer = Offer.objects.get()
    give_back(offer.id, actor(people.mother))
    assert seats() == []
    latest = DeclaredFact.objects.filter(name="place_preschool").latest("id")
    assert latest.value == "false"


def test_the_seat_one_was_to_leave_is_ones_own_again(town: Edition, people: Family) -> None:
    old = give(
        service="preschool", unit="solrosen", subject=people.sister.id, start=date(2026, 8, 17),
        source="desk",
    )  # fmt: skip
    assert old
    decided(applied(town, people.sister, people.mother))
    assert seats() == [("blaklockan", True), ("solrosen", True)]
    give_back(Offer.objects.get().id, actor(people.mother))
    assert [(it.unit, it.until) for it in Seat.objects.all()] == [("solrosen", None)]


def test_unless_it_has_been_given_to_another(town: Edition, people: Family) -> None:
    give(
        service="preschool", unit="solrosen", subject=people.sister.id, start=date(2026, 8, 17),
        source="desk",
    )  # fmt: skip
    decided(applied(town, people.sister, people.mother))
    fill("solrosen")
    give_back(Offer.objects.get().id, actor(people.mother))
    mine = Seat.objects.get(subject=people.sister.id)
    assert (mine.unit, mine.until) == ("solrosen", START)


# ---- annulled


def annulled(case: Case) -> None:
    with write():
        announce(DecisionAnnulled(case.id, case.number, now()))


def test_an_annulled_decision_frees_the_seat_once(town: Edition, people: Family) -> None:
    case = applied(town, people.sister, people.mother)
    decided(case)
    annulled(case)
    assert seats() == []
    assert Place.objects.get().state == "released"
    fill()
    annulled(case)  # told again: what another has been given since is theirs
    assert [it.subject == people.sister.id for it in Seat.objects.all()] == [False]


def test_all_that_the_case_gave_is_free_and_the_seat_before_it_is_back(
    town: Edition, people: Family
) -> None:
    give(
        service="preschool", unit="solrosen", subject=people.sister.id, start=date(2026, 8, 17),
        source="desk",
    )  # fmt: skip
    case = applied(town, people.sister, people.mother)
    decided(case)
    for _ in range(2):
        annulled(case)
        assert [(it.unit, it.until) for it in Seat.objects.all()] == [("solrosen", None)]


def test_an_annulled_decision_frees_the_place_of_an_accepted_offer(
    tmp_path: Path, people: Family
) -> None:
    accepted_place(town_with(tmp_path / "by-rule", WITH_REFUSAL), people)
    case = Case.objects.get()
    assert Decision.objects.filter(case=case).exists()
    assert seats() == [("solrosen", True)]
    annulled(case)
    assert seats() == []


def test_annulled_twice_at_the_same_moment(transactional_db: None, tmp_path: Path) -> None:
    town = town_with(tmp_path / "race", WITH_REFUSAL)
    parent, small = child("Ada")
    Person.objects.filter(id=small.id).update(birth_date=date(2022, 6, 1))
    case = applied(town, small, parent)
    decided(case)
    assert at_once(partial(annulled, case), partial(annulled, case)) == [None, None]
    assert seats() == []
