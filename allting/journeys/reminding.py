"""Which last days of a plan are to be reminded of, and for whom."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.cases.api import standing
from allting.catalogue.api import NotInCatalogue
from allting.identity.api import Account, Actor
from allting.journeys.compiling import compiled
from allting.journeys.following import under
from allting.journeys.keeping import opened, readers_of
from allting.journeys.making import asked_of
from allting.journeys.models import KeptPlan, PlanReader
from allting.journeys.rules import plan
from allting.journeys.telling import Teller, of_plan
from allting.kernel.api import today, write
from allting.notifications.api import Deadline, LastDay, follow
from allting.packages.api import Edition, current
from allting.ui.api import later, translator

AHEAD = ("now", "waits", "later")  # certain, and not begun
NOTE = later("It is a step of a plan that you keep or share; there you can turn this off.")
AT_LEAST_EVERY = timedelta(7)  # the register may have changed too


def follow_now(id: UUID) -> None:
    """Let everyone who keeps or shares the plan be told of its last days as they stand today."""
    kept = KeptPlan.objects.filter(id=id).first()
    if kept is None:
        return
    edition, seen = current(), _depends_on(kept)
    quiet = dict(PlanReader.objects.filter(plan=kept).values_list("person", "quiet"))
    for person, hushed in sorted({**quiet, kept.owner: kept.quiet}.items()):
        days = tuple(_last_days(edition, kept, person))
        follow(person, under(id), days, quiet=hushed)
    with write():
        KeptPlan.objects.filter(id=id).update(followed=seen, followed_on=today())


def has_changed(kept: KeptPlan, day: date) -> bool:
    """Whether the plan may have moved since its last days were reckoned."""
    if kept.followed_on is None or kept.followed_on <= day - AT_LEAST_EVERY:
        return True
    return kept.followed != _depends_on(kept)


def _depends_on(kept: KeptPlan) -> str:
    """The edition, and how the cases stand of all who keep or share the plan, as a digest."""
    child = UUID(kept.child) if kept.child else None
    people = sorted((kept.owner, *readers_of(kept)))
    cases = [list(standing(acting_for(person), subject=child)) for person in people]
    told = repr((current().id, people, cases))
    return hashlib.sha256(told.encode()).hexdigest()


def _last_days(edition: Edition, kept: KeptPlan, person: UUID) -> Iterator[LastDay]:
    actor = acting_for(person)
    try:
        held = opened(actor, kept.id)
        asked = asked_of(edition, held.wish(), actor, today(), held.together)
    except (PermissionDenied, NotInCatalogue):
        return  # it is theirs no longer, or the municipality has no such life event any more
    languages = edition.definition.languages
    note = {
        it: translator(it)(
            "It is a step of a plan that you keep or share; there you can turn this off."
        )
        for it in languages
    }
    for step in plan(compiled(edition).graph, asked).steps:
        if step.state in AHEAD and step.latest is not None and step.latest >= today():
            titles = {it: Teller(edition, it).title(step.id) for it in languages}
            what = {it: of_plan(title, kept.name) for it, title in titles.items()}
            less = {it: Teller(edition, it).outside(step.id) for it in languages}
            at, url = under(kept.id) + step.id, f"/my/plans/{kept.id}/"
            due = Deadline(at, what, step.latest, url, less)
            yield LastDay(due, step.earliest if step.state == "later" else None, note)


def acting_for(person: UUID) -> Actor:
    """The person themselves, on whose behalf we look: what is read is theirs, and logged so."""
    known = Account.objects.filter(person=person).order_by("created_at")
    account, name = known.values_list("id", "name").first() or (person, "")
    return Actor(account, person, name, None, "")
