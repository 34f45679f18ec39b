"""Whoever a plan is shared with is told so, once each time it is shared with them anew."""

from uuid import UUID

from allting.identity.api import Actor
from allting.journeys.models import KeptPlan
from allting.kernel.api import now
from allting.notifications.api import About, send
from allting.notifications.ports import contact_of
from allting.ui.api import translator

KIND = "plan-shared"


def tell_of(actor: Actor, kept: KeptPlan, person: UUID) -> None:
    """Call inside `write()`. What the plan is for is said where one signs in, not in an e-mail."""
    contact = contact_of(person)
    language = contact.language if contact else "sv"
    _ = translator(language)
    send(
        to_person=person,
        kind=KIND,
        subject=_("A plan is shared with you"),
        body_markdown=_(
            "{name} shares a plan with you. You find it on your pages, under My plans.",
            name=actor.name,
        ),
        language=language,
        occasion=f"{KIND}:{kept.id}:{person}:{now().date()}",
        about=About(url=f"/my/plans/{kept.id}/"),
    )
