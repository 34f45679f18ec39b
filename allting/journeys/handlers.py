"""The latest starts of kept plans are last days of which people may ask to be reminded."""

from uuid import UUID

from allting.identity.api import Actor
from allting.journeys.compiling import compiled
from allting.journeys.keeping import opened
from allting.journeys.making import asked_of
from allting.journeys.rules import plan
from allting.journeys.telling import Teller
from allting.kernel.api import today
from allting.notifications.api import Deadline, deadlines_by
from allting.packages.api import current

PLAN = "plan"


def of_a_plan(actor: Actor, about: str) -> Deadline | None:
    """`plan:<its id>:<step>`: the last day to begin that step."""
    _, id, step = (*about.split(":", 2), "", "")[:3]
    try:
        held = opened(actor, UUID(id))
    except ValueError:
        return None
    edition = current()
    asked = asked_of(edition, held.wish(actor), actor, today())
    found = plan(compiled(edition).graph, asked).step(step)
    if found is None or found.latest is None:
        return None
    what = {
        language: Teller(edition, language).title(step) for language in edition.definition.languages
    }
    return Deadline(about, what, found.latest, f"/my/plans/{id}/")


deadlines_by(PLAN, of_a_plan)
