"""Several plans for the same thing, with names; and how long they are kept."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from allting.journeys.jobs import remove_old_plans
from allting.journeys.keeping import keep, rename, share, stay
from allting.journeys.making import Wish
from allting.journeys.models import KeptPlan, PlanReader
from allting.journeys.tests.test_keeping import HOUSE, actor_for, client_of
from allting.journeys.tests.test_reminding import SHARED, days_of, wed
from allting.kernel.api import clock_at, new_id, work_off
from allting.notifications.api import inbox, reminders_of
from allting.packages.api import Edition
from allting.register.testing import Family

pytestmark = pytest.mark.django_db
QUERY = "day_year=2027&day_month=8&day_day=2&builds=house"
PLAN = f"/en/plans/building/?{QUERY}"


def said_at(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def buttons(said: str) -> dict[str, str]:
    """The buttons that keep a plan: what they say, and under which id."""
    found = re.findall(r'name="plan" value="([^"]+)"[^>]*>(.*?)</button>', said)
    return {re.sub("<[^>]*>", "", text).strip(): id for id, text in found}


def test_two_plans_for_the_same_stand_side_by_side(solvik: Edition, people: Family) -> None:
    mother = client_of(people.mother)
    one = buttons(said_at(mother, PLAN))["Keep this plan"]
    keeping = PLAN.replace("building/", "building/keep/")
    first = mother.post(keeping, {"plan": one})["Location"]
    assert mother.post(keeping, {"plan": one})["Location"] == first  # pressed twice
    assert "You keep this already:" in said_at(mother, PLAN)
    other = buttons(said_at(mother, PLAN))["Keep this plan"]
    assert mother.post(keeping.replace("house", "shed"), {"plan": other})["Location"] != first
    assert {it.answers["builds"] for it in KeptPlan.objects.all()} == {"house", "shed"}


def test_a_plan_is_changed_or_kept_as_another(solvik: Edition, people: Family) -> None:
    mother = client_of(people.mother)
    kept = keep(actor_for(people.mother), solvik, HOUSE)
    page = said_at(mother, f"/en/my/plans/{kept}/")
    change = next(it for it in re.findall(r'href="([^"]+)"', page) if "plan=" in it)
    change = change.replace("&amp;", "&")
    page = said_at(mother, change)
    assert f'type="hidden" name="plan" value="{kept}"' in page  # it goes with the next answer
    keys = buttons(page)
    assert keys["Keep the changes"] == str(kept)
    keeping = change.replace("building/", "building/keep/").replace("house", "shed")
    mother.post(keeping, {"plan": keys["Keep the changes"]})
    assert KeptPlan.objects.get().answers == {"builds": "shed"}
    mother.post(keeping, {"plan": keys["Keep as another plan"]})
    assert KeptPlan.objects.count() == 2


def test_nobody_changes_names_or_prolongs_the_plan_of_another(
    solvik: Edition, people: Family
) -> None:
    kept, stranger = keep(actor_for(people.mother), solvik, HOUSE), actor_for(people.stranger)
    with pytest.raises(PermissionDenied):
        keep(stranger, solvik, HOUSE, kept)
    with pytest.raises(PermissionDenied):  # nor is a plan for one thing made into one for another
        keep(actor_for(people.mother), solvik, Wish("having-a-child"), kept)
    with pytest.raises(PermissionDenied):
        rename(stranger, kept, "Mine")
    with pytest.raises(PermissionDenied):
        stay(stranger, kept)
    said = said_at(client_of(people.stranger), f"{PLAN}&plan={kept}")
    assert "You change a plan" not in said and str(kept) not in said.replace(f"plan={kept}", "")


def test_a_plan_has_a_name(solvik: Edition, people: Family) -> None:
    mother, kept = client_of(people.mother), keep(actor_for(people.mother), solvik, HOUSE)
    here = f"/en/my/plans/{kept}/"
    mother.post(here, {"go": "name", "called": "  The <cabin>\n by the lake "})
    assert "<h1>The &lt;cabin&gt; by the lake</h1>" in said_at(mother, here)
    row = said_at(mother, "/en/my/plans/")
    assert "The &lt;cabin&gt; by the lake</a><span>Building · 2 August 2027</span>" in row
    mother.post(here, {"go": "name", "called": "x" * 300})
    assert KeptPlan.objects.get().name == "x" * 80
    mother.post(here, {"go": "name", "called": ""})
    assert "<h1>Building</h1>" in said_at(mother, here)


def test_whoever_it_is_shared_with_is_told_and_the_e_mail_does_not_say_of_what(
    solvik: Edition, people: Family
) -> None:
    wed(people)
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    share(mother, kept, people.father.id)
    share(mother, kept, people.father.id)
    (message,) = inbox(actor_for(people.father)).rows
    assert message.subject == "En plan delas med dig"
    assert not inbox(actor_for(people.mother)).rows
    assert message.subject in SHARED


def test_a_plan_for_what_is_planned_no_longer_can_be_read_of_and_forgotten(
    solvik: Edition, people: Family
) -> None:
    mother = client_of(people.mother)
    kept = KeptPlan.objects.create(
        owner=people.mother.id, life_event="flying", name="To the moon",
        changed_at=datetime(2027, 1, 10, tzinfo=UTC),
    )  # fmt: skip
    here = f"/en/my/plans/{kept.id}/"
    assert "To the moon" in said_at(mother, "/en/my/plans/")
    assert "We no longer make plans for what this was about." in said_at(mother, here)
    assert client_of(people.stranger).get(here).status_code == 403
    mother.post(here, {"go": "forget"})
    assert not KeptPlan.objects.exists()


def test_reminders_tell_plans_apart_by_their_names(solvik: Edition, people: Family) -> None:
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)
    keep(mother, solvik, HOUSE)
    rename(mother, kept, "Stugan")
    work_off()
    whats = {it.what["sv"] for it in reminders_of(people.mother.id)}
    assert {"Nybyggnadskarta", "Nybyggnadskarta (Stugan)"} <= whats


# ---- how long they are kept


def removed_on(day: date) -> int:
    with clock_at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        return int(remove_old_plans.func())


def test_it_is_kept_a_year_after_its_day_or_its_last_change(
    solvik: Edition, people: Family
) -> None:
    wed(people)
    mother = actor_for(people.mother)
    kept = keep(mother, solvik, HOUSE)  # for 2 August 2027
    share(mother, kept, people.father.id)
    keep(mother, solvik, Wish("building"))  # 11 January 2027, for no day
    assert removed_on(date(2028, 1, 10)) == 0
    assert removed_on(date(2028, 1, 11)) == 1
    assert KeptPlan.objects.get().id == kept
    assert removed_on(date(2028, 8, 1)) == 0
    assert removed_on(date(2028, 8, 2)) == 1
    assert not PlanReader.objects.exists()
    assert days_of(people.mother) == days_of(people.father) == {}


def test_its_page_says_so_before_and_it_can_be_kept_longer(solvik: Edition, people: Family) -> None:
    mother = client_of(people.mother)
    here = f"/en/my/plans/{keep(actor_for(people.mother), solvik, HOUSE)}/"
    assert "We keep this plan until" not in said_at(mother, here)
    with clock_at(datetime(2028, 7, 20, 9, tzinfo=UTC)):
        mother = client_of(people.mother)
        assert "We keep this plan until 2 August 2028" in said_at(mother, here)
        mother.post(here, {"go": "stay"})
        assert "We keep this plan until" not in said_at(mother, here)
    assert removed_on(date(2028, 8, 2)) == 0


def test_how_long_is_a_setting(solvik: Edition, people: Family, settings: Any) -> None:
    settings.ALLTING_PLANS_KEPT = "2 months"
    KeptPlan.objects.create(
        id=new_id(), owner=people.mother.id, life_event="building",
        changed_at=datetime(2027, 1, 11, 9, tzinfo=UTC),
    )  # fmt: skip
    assert removed_on(date(2027, 3, 10)) == 0
    assert removed_on(date(2027, 3, 11)) == 1
