"""The latest starts of kept plans are last days of which people are reminded; and plans are shared
with nobody from whom somebody in it is protected."""

from contextlib import suppress
from uuid import UUID

from django.db.models import Q

from allting.cases.events import CaseDecided, CaseOpened
from allting.identity.api import Actor
from allting.journeys.compiling import compiled
from allting.journeys.following import PLAN, follow_soon, under
from allting.journeys.keeping import opened
from allting.journeys.making import asked_of
from allting.journeys.models import KeptPlan, PlanReader
from allting.journeys.reminding import follow_now
from allting.journeys.rules import plan
from allting.journeys.telling import Teller, of_plan
from allting.kernel.api import subscribe, today
from allting.notifications.api import Deadline, deadlines_by, follow
from allting.packages.api import current
from allting.register.events import ProtectionAppeared


def of_a_plan(actor: Actor, about: str) -> Deadline | None:
    """`plan:<its id>:<step>`: the last day to begin that step."""
    _, id, step = (*about.split(":", 2), "", "")[:3]
    try:
        held = opened(actor, UUID(id))
    except ValueError:
        return None
    edition = current()
    asked = asked_of(edition, held.wish(), actor, today(), held.together)
    found = plan(compiled(edition).graph, asked).step(step)
    if found is None or found.latest is None:
        return None
    tellers = {it: Teller(edition, it) for it in edition.definition.languages}
    what = {it: of_plan(teller.title(step), held.kept.name) for it, teller in tellers.items()}
    less = {language: teller.outside(step) for language, teller in tellers.items()}
    return Deadline(about, what, found.latest, f"/my/plans/{id}/", less)


def look_again(about: str) -> None:
    """Before somebody is told of a last day: how does the plan stand now?"""
    with suppress(ValueError):
        follow_now(UUID(about.split(":")[1]))


deadlines_by(PLAN, of_a_plan, look_again)


@subscribe(CaseOpened)
def follow_what_is_begun(event: CaseOpened) -> None:
    """What somebody has begun is no last day of theirs any more, nor in a calendar."""
    _follow_plans_of({event.applicant, event.subject})


@subscribe(CaseDecided)
def follow_what_is_had(event: CaseDecided) -> None:
    """What somebody has is no last day either; what was refused is one again."""
    _follow_plans_of({event.applicant, event.subject})


def _follow_plans_of(people: set[UUID]) -> None:
    theirs = KeptPlan.objects.filter(owner__in=people).values_list("id", flat=True)
    shared = PlanReader.objects.filter(person__in=people).values_list("plan", flat=True)
    for plan_id in theirs.union(shared):  # one question: most people keep no plan
        follow_soon(plan_id)


@subscribe(ProtectionAppeared)
def share_no_more(event: ProtectionAppeared) -> None:
    """Whoever is protected now has their plans for themselves, and those of a child too."""
    people = list(event.people)
    theirs = Q(plan__owner__in=people) | Q(plan__child__in=[str(it) for it in people])
    for reader in PlanReader.objects.filter(Q(person__in=people) | theirs):
        follow(reader.person, under(reader.plan_id), ())
        reader.delete()
