"""Who may do what with a kept plan."""

from uuid import UUID

from allting.identity.api import Actor
from allting.journeys.models import KeptPlan


def is_owner(actor: Actor, kept: KeptPlan) -> bool:
    """Whoever kept it may change, share and forget it."""
    return actor.person is not None and actor.person == kept.owner


def is_reader(actor: Actor, readers: frozenset[UUID]) -> bool:
    """Whom it is shared with may read it."""
    return actor.person is not None and actor.person in readers
