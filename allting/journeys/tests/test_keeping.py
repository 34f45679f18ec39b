"""Plans that are kept: by whom, shared with whom, refused to whom; and each done twice."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from allting.identity.api import Actor
from allting.identity.testing import signed_in_client
from allting.journeys.handlers import of_a_plan
from allting.journeys.keeping import forget, keep, opened, plans_of, share, unshare
from allting.journeys.making import Wish
from allting.journeys.models import KeptPlan, PlanReader
from allting.journeys.tests.conftest import MORNING
from allting.kernel.api import new_id
from allting.packages.api import Edition
from allting.register.models import Person, Relation
from allting.register.testing import Family

HOUSE = Wish("building", date(2027, 8, 2), {"builds": "house"})
pytestmark = pytest.mark.django_db


def actor_for(person: Person) -> Actor:
    return Actor(new_id(), person.id, person.given_name, person.identity_number, "loa3")


def client_of(person: Person) -> Client:
    name = f"{person.given_name} {person.surname}"
    client, _ = signed_in_client(person.identity_number, name, person=person.id)
    return client


def test_a_plan_kept_twice_is_one_plan(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    first = keep(mother, solvik, HOUSE)
    assert keep(mother, solvik, Wish("building", date(2027, 9, 1)), first) == first
    assert KeptPlan.objects.get().day == date(2027, 9, 1)
    assert opened(mother, first).wish().answers == {}


def test_what_was_answered_comes_back(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    wish = Wish("having-a-child", None, {"builds": "shed", "since": date(2027, 2, 1)},
                frozenset({"sells"}), people.sister.id)  # fmt: skip
    assert opened(mother, keep(mother, solvik, wish)).wish() == wish


def test_nobody_else_may_read_change_share_or_forget(solvik: Edition, people: Family) -> None:
    kept = keep(actor_for(people.mother), solvik, HOUSE)
    stranger = actor_for(people.stranger)
    for verb in (opened, unshare, forget):
        with pytest.raises(PermissionDenied):
            verb(stranger, kept)
    with pytest.raises(PermissionDenied):
        share(stranger, kept, people.stranger.id)
    with pytest.raises(PermissionDenied):
        opened(stranger, new_id())
    assert plans_of(stranger) == []


def test_a_plan_for_somebody_elses_child_is_refused(solvik: Edition, people: Family) -> None:
    wish = Wish("having-a-child", child=people.sister.id)
    with pytest.raises(PermissionDenied):
        keep(actor_for(people.stranger), solvik, wish)


def test_it_is_shared_with_the_other_guardian_and_nobody_else(
    solvik: Edition, people: Family
) -> None:
    mother, father = actor_for(people.mother), actor_for(people.father)
    kept = keep(mother, solvik, Wish("having-a-child", child=people.sister.id))
    with pytest.raises(PermissionDenied):
        share(mother, kept, people.stranger.id)
    share(mother, kept, people.father.id)
    share(mother, kept, people.father.id)
    assert PlanReader.objects.count() == 1
    assert not opened(father, kept).own
    assert [it.id for it in plans_of(father)] == [kept]
    with pytest.raises(PermissionDenied):
        forget(father, kept)
    unshare(mother, kept)
    with pytest.raises(PermissionDenied):
        opened(father, kept)


def test_it_is_shared_with_a_spouse_while_married(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    with pytest.raises(PermissionDenied):
        share(mother, kept, people.father.id)
    Relation.objects.create(
        person=people.father, other=people.mother, kind="spouse", since=date(2020, 1, 1)
    )
    share(mother, kept, people.father.id)
    assert opened(actor_for(people.father), kept)


def test_a_protected_spouse_is_nobody_to_share_with(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    Relation.objects.create(
        person=people.mother, other=people.father, kind="spouse", since=date(2020, 1, 1)
    )
    Person.objects.filter(id=people.father.id).update(protection="mark")
    with pytest.raises(PermissionDenied):
        share(mother, kept, people.father.id)


def test_one_can_be_reminded_of_a_latest_start(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    told = of_a_plan(mother, f"plan:{kept}:new-construction-map")
    assert told is not None
    assert (told.due, told.what["en"]) == (date(2027, 5, 3), "New-construction map")
    assert of_a_plan(mother, f"plan:{kept}:flying") is None
    assert of_a_plan(mother, "plan:not-an-id:x") is None
    with pytest.raises(PermissionDenied):
        of_a_plan(actor_for(people.stranger), f"plan:{kept}:new-construction-map")


def test_the_pages_keep_share_and_forget(solvik: Edition, people: Family) -> None:
    mother = client_of(people.mother)
    answer = mother.post(f"/en/plans/having-a-child/keep/?child={people.sister.id}")
    assert answer.status_code == 302
    here = answer["Location"]
    page = mother.get(here).content.decode()
    assert "Only you." in page
    assert "Share with Omar" in page
    assert mother.get("/en/my/plans/").content.decode().count(here) == 1
    assert client_of(people.stranger).get(here).status_code == 403
    mother.post(here, {"go": "share", "person": str(people.father.id)})
    shared = client_of(people.father)
    assert "This plan is shared with you." in shared.get(here).content.decode()
    assert shared.post(here, {"go": "forget"}).status_code == 403
    assert mother.post(here, {"go": "share", "person": "nobody"}).status_code == 403
    assert mother.post(here, {"go": "forget"})["Location"] == "/en/my/plans/"
    assert mother.get(here).status_code == 403
    assert Client().get(here).status_code == 302  # to sign in


def test_the_page_of_a_kept_plan_tells_the_last_days(solvik: Edition, people: Family) -> None:
    mother = client_of(people.mother)
    query = "day_year=2027&day_month=8&day_day=2&builds=house"
    here = mother.post(f"/en/plans/building/keep/?{query}")["Location"]
    page = mother.get(here).content.decode()
    assert ":new-construction-map" in page
    assert f"/en/plans/building/?{query}".replace("&", "&amp;") in page


def test_answers_to_what_is_asked_no_longer_or_in_another_way_are_passed_over(
    solvik: Edition, people: Family
) -> None:
    mother = client_of(people.mother)
    strange = {"builds": True, "sells": "house", "since": {"date": "2027-01-01"}}
    kept = KeptPlan.objects.create(
        owner=people.mother.id, life_event="building", answers=strange, passed=["gone"],
        changed_at=MORNING,
    )  # fmt: skip
    answer = mother.get(f"/en/my/plans/{kept.id}/")
    assert answer.status_code == 200
    assert "May be needed" in answer.content.decode()
