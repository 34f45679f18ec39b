"""Finding a round for someone who may do what they ask; PermissionDenied for everyone else."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.packages.api import edition
from allting.placements import access
from allting.placements.models import Round
from allting.placements.parts import PLACES, Places

Test = Callable[[Actor, str, Places], bool]


def must(actor: Actor | None, test: Test, board: str, places: Places) -> str:
    """The name of who acts; `None` is the house itself. Raises PermissionDenied."""
    if actor is None:
        return "Allting"
    if not test(actor, board, places):
        raise PermissionDenied
    return actor.name


def round_for(actor: Actor, id: UUID) -> Round:
    """A round of one of the actor's boards. Raises PermissionDenied, also where there is none."""
    found = Round.objects.filter(pk=id).first()
    if found is None or not access.may_see(actor, found.board):
        raise PermissionDenied
    return found


def places_of(round: Round) -> Places:
    """The rules that a round follows."""
    found: Places = edition(round.edition).definition.one(PLACES, round.service)
    return found
