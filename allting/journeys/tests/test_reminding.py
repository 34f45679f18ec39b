"""Kept plans remind by themselves; and what is shared of them, with whom, and refused to whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from allting.cases.events import CaseDecided, CaseOpened
from allting.cases.models import Case
from allting.cases.testing import standing_case
from allting.identity.api import Actor
from allting.journeys import telling
from allting.journeys.compiling import compiled
from allting.journeys.following import follow_what_changed
from allting.journeys.keeping import forget, hush, keep, opened, share, unshare
from allting.journeys.making import Wish, asked_of
from allting.journeys.models import KeptPlan, PlanReader
from allting.journeys.rules import plan
from allting.journeys.tests.conftest import MORNING
from allting.journeys.tests.test_keeping import HOUSE, actor_for, client_of
from allting.kernel.api import Event, announce, clock_at, today, work_off, write
from allting.notifications.api import inbox, reminders_of
from allting.packages.api import Edition
from allting.register.events import ProtectionAppeared
from allting.register.models import Guardianship, Person, Relation
from allting.register.testing import Family

pytestmark = pytest.mark.django_db
SHARED = ("En plan delas med dig", "A plan is shared with you")  # which is no reminder
MAP, PERMIT = "new-construction-map", "building-permit"
MAP_BY, PERMIT_BY = date(2027, 5, 3), date(2027, 5, 24)


def wed(people: Family) -> Relation:
    return Relation.objects.create(
        person=people.mother, other=people.father, kind="spouse", since=date(2020, 1, 1)
    )


def days_of(person: Person) -> dict[str, date]:
    work_off()
    return {it.about.rpartition(":")[2]: it.due for it in reminders_of(person.id)}


def told(person: Person, moment: datetime) -> list[str]:
    with clock_at(moment):
        work_off()
        work_off()
        return [row.subject for row in inbox(actor_for(person)).rows if row.subject not in SHARED]


def steps(edition: Edition, actor: Actor, kept: Any) -> dict[str, str]:
    held = opened(actor, kept)
    asked = asked_of(edition, held.wish(), actor, today(), held.together)
    return {it.id: it.state for it in plan(compiled(edition).graph, asked).steps}


def test_whoever_keeps_a_plan_is_reminded_once_of_each_last_day(
    solvik: Edition, people: Family
) -> None:
    mother = actor_for(people.mother)
    keep(mother, solvik, HOUSE, keep(mother, solvik, HOUSE))
    assert days_of(people.mother) == {MAP: MAP_BY, PERMIT: PERMIT_BY}
    assert told(people.mother, datetime(2027, 4, 26, 6, tzinfo=UTC)) == []
    once = told(people.mother, datetime(2027, 4, 26, 8, tzinfo=UTC))
    assert once == ["Påminnelse: Nybyggnadskarta"]
    assert told(people.mother, datetime(2027, 5, 2, 8, tzinfo=UTC)) == once


def test_whoever_shares_it_is_reminded_in_their_own_language(
    solvik: Edition, people: Family
) -> None:
    wed(people)
    Person.objects.filter(id=people.father.id).update(language="en")
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    share(mother, kept, people.father.id)
    assert days_of(people.father) == days_of(people.mother)
    morning = datetime(2027, 4, 26, 8, tzinfo=UTC)
    assert told(people.father, morning) == ["Reminder: New-construction map"]
    unshare(mother, kept)
    assert days_of(people.father) == {} and days_of(people.mother)


def test_the_plan_moves_and_the_reminders_with_it(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    assert days_of(people.mother)
    keep(mother, solvik, Wish("building", date(2027, 9, 2), {"builds": "house"}), kept)
    later = timedelta(31)
    assert days_of(people.mother) == {MAP: MAP_BY + later, PERMIT: PERMIT_BY + later}
    keep(mother, solvik, Wish("building", date(2027, 9, 2), {"builds": "shed"}), kept)
    assert days_of(people.mother) == {PERMIT: PERMIT_BY + later}


def test_nobody_is_reminded_of_what_they_have_begun_since(solvik: Edition, people: Family) -> None:
    """Though no morning has come since: it is looked at before anything is said."""
    keep(actor_for(people.mother), solvik, HOUSE)
    assert MAP in days_of(people.mother)
    standing_case(people.mother.id, MAP, solvik.id, at=MORNING)
    assert told(people.mother, datetime(2027, 4, 26, 8, tzinfo=UTC)) == []
    assert days_of(people.mother) == {PERMIT: PERMIT_BY}


def opened_case(people: Family, case: Case) -> CaseOpened:
    mother = people.mother.id
    return CaseOpened(case.id, case.number, MAP, "building", mother, mother, mother, MORNING)


def decided_case(people: Family, case: Case) -> CaseDecided:
    mother, gave = people.mother.id, ("new-construction-map",)
    return CaseDecided(
        case.id, case.number, MAP, mother, mother, "delivered", {}, gave, False, MORNING
    )


@pytest.mark.parametrize("news", [opened_case, decided_case])
def test_the_calendar_follows_a_case_at_once(
    solvik: Edition, people: Family, news: Callable[[Family, Case], Event]
) -> None:
    """Nobody waits for the morning."""
    wed(people)
    mother = actor_for(people.mother)
    share(mother, keep(mother, solvik, HOUSE), people.father.id)
    assert MAP in days_of(people.mother)
    case = standing_case(people.mother.id, MAP, solvik.id, at=MORNING)
    with write():
        announce(news(people, case))
    assert days_of(people.mother) == {PERMIT: PERMIT_BY}


def test_each_morning_what_has_changed_is_followed_and_nothing_else(
    solvik: Edition, people: Family
) -> None:
    keep(actor_for(people.mother), solvik, HOUSE)
    days_of(people.mother)
    before = KeptPlan.objects.get()
    follow_what_changed.call()
    assert work_off() == 0
    standing_case(people.mother.id, MAP, solvik.id, at=MORNING)
    follow_what_changed.call()
    assert days_of(people.mother) == {PERMIT: PERMIT_BY}
    assert KeptPlan.objects.get().followed != before.followed


def test_whoever_wants_none_gets_none(solvik: Edition, people: Family) -> None:
    wed(people)
    mother, father = actor_for(people.mother), actor_for(people.father)
    kept = keep(mother, solvik, HOUSE)
    share(mother, kept, people.father.id)
    hush(father, kept, quiet=True)
    assert days_of(people.father)  # they stand in his calendar
    morning = datetime(2027, 4, 26, 8, tzinfo=UTC)
    assert told(people.father, morning) == []
    assert len(told(people.mother, morning)) == 1
    with pytest.raises(PermissionDenied):
        hush(actor_for(people.stranger), kept, quiet=True)


def test_the_page_turns_them_off_and_on(solvik: Edition, people: Family) -> None:
    mother = client_of(people.mother)
    here = mother.post("/en/plans/building/keep/?day_year=2027&day_month=8&day_day=2&builds=house")
    where = here["Location"]
    assert "We remind you a week before each" in mother.get(where).content.decode()
    mother.post(where, {"go": "hush"})
    assert "We do not remind you of these days." in mother.get(where).content.decode()
    mother.post(where, {"go": "tell"})
    assert "We remind you a week before each" in mother.get(where).content.decode()


def test_forgotten_it_reminds_nobody(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    assert days_of(people.mother)
    forget(mother, kept)
    assert days_of(people.mother) == {}


# ---- what the one sees of the other


def test_a_childs_case_counts_for_both_who_answer_for_it(solvik: Edition, people: Family) -> None:
    mother, father = actor_for(people.mother), actor_for(people.father)
    kept = keep(mother, solvik, Wish("having-a-child", child=people.sister.id))
    share(mother, kept, people.father.id)
    standing_case(people.father.id, "preschool-place", solvik.id, subject=people.sister.id)
    assert steps(solvik, mother, kept)["preschool-place"] == "underway"
    assert steps(solvik, father, kept)["preschool-place"] == "underway"


def test_what_one_does_for_oneself_is_not_told_the_other(solvik: Edition, people: Family) -> None:
    wed(people)
    mother, father = actor_for(people.mother), actor_for(people.father)
    kept = keep(mother, solvik, HOUSE)
    share(mother, kept, people.father.id)
    standing_case(people.father.id, MAP, solvik.id, at=MORNING)
    assert steps(solvik, father, kept)[MAP] == "underway"
    assert steps(solvik, mother, kept)[MAP] == "now"


def test_nothing_of_a_child_is_told_whoever_no_longer_answers_for_it(
    solvik: Edition, people: Family
) -> None:
    mother, father = actor_for(people.mother), actor_for(people.father)
    kept = keep(mother, solvik, Wish("having-a-child", child=people.sister.id))
    share(mother, kept, people.father.id)
    standing_case(people.mother.id, "preschool-place", solvik.id, subject=people.sister.id)
    assert steps(solvik, father, kept)["preschool-place"] == "underway"
    days_of(people.father)
    Guardianship.objects.filter(guardian=people.father).update(until=date(2026, 12, 1))
    with pytest.raises(PermissionDenied):
        opened(father, kept)
    assert opened(mother, kept).together.guardians == frozenset()


def test_a_divorce_ends_what_was_shared(solvik: Edition, people: Family) -> None:
    married = wed(people)
    mother, father = actor_for(people.mother), actor_for(people.father)
    kept = keep(mother, solvik, HOUSE)
    share(mother, kept, people.father.id)
    assert days_of(people.father)
    Relation.objects.filter(pk=married.pk).update(until=date(2026, 12, 1))
    with pytest.raises(PermissionDenied):
        opened(father, kept)
    assert told(people.father, datetime(2027, 4, 26, 8, tzinfo=UTC)) == []
    assert days_of(people.father) == {}


@pytest.mark.parametrize("who", ["mother", "father", "sister"])
def test_protection_ends_what_was_shared(solvik: Edition, people: Family, who: str) -> None:
    mother, father = actor_for(people.mother), actor_for(people.father)
    kept = keep(mother, solvik, Wish("having-a-child", child=people.sister.id))
    share(mother, kept, people.father.id)
    standing_case(people.mother.id, "preschool-place", solvik.id, subject=people.sister.id)
    protected: Person = getattr(people, who)
    Person.objects.filter(id=protected.id).update(protection="mark")
    # at once, before any news of it: nothing of the one who is protected is told the other
    assert opened(mother, kept).together.guardians == frozenset() or who == "mother"
    if who != "father":
        with pytest.raises(PermissionDenied):
            opened(father, kept)
    with write():
        announce(ProtectionAppeared((protected.id,)))
    assert not PlanReader.objects.exists()
    assert steps(solvik, mother, kept)["preschool-place"] == "underway"  # her own
    assert days_of(people.father) == {}
    assert Case.objects.count() == 1


def test_a_discreet_step_is_not_named_where_others_read(
    solvik: Edition, people: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allting.catalogue.api import service as real

    keep(actor_for(people.mother), solvik, HOUSE)
    monkeypatch.setattr(
        telling, "service", lambda edition, id: real(edition, id).model_copy(
            update={"discreet": id == MAP}
        )
    )  # fmt: skip
    work_off()
    said = {it.about.rpartition(":")[2]: it for it in reminders_of(people.mother.id)}
    assert said[MAP].what["sv"] == "Nybyggnadskarta"
    assert said[MAP].outside["sv"] == "Ett steg i din plan"
    assert said[PERMIT].outside["sv"] == "Bygglov"
