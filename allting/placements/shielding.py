"""Somebody has come to be protected: no round places them any more, and what would tell where they
live is forgotten. The named handler takes it from there."""

from collections.abc import Collection
from uuid import UUID

from allting.kernel.api import in_slices, today, write
from allting.placements.actions import release
from allting.placements.leaving import not_settled_meanwhile
from allting.placements.models import Place
from allting.placements.tasks import put_by_hand
from allting.register.api import sheltered, touched

State = Place.State


def shield(people: Collection[UUID]) -> None:
    """Hand these people's places over, and of those whom they would give away. In `write()`."""
    hidden = sheltered(touched(people), as_of=today()) | frozenset(people)
    for some in in_slices(sorted(hidden)):
        found = Place.objects.filter(subject__in=some)
        not_settled_meanwhile(found.values_list("round", flat=True))
        for waiting in found.filter(state=State.WAITING, round__isnull=False):
            put_by_hand(waiting)
            waiting.delete()
        for offered in found.filter(state=State.OFFERED):
            hand_over(offered.id)
        # the nearest units and how far away they are would show the home within metres
        found.update(listed=[], steps=[])


def hand_over(place_id: UUID) -> bool:
    """A place that is kept for someone protected is let go, and becomes the named handler's task.

    False where it is no longer open, and where it was given outside a round: then there is no
    list of tasks for it to stand in.
    """
    with write():
        place = Place.objects.select_for_update().get(pk=place_id)
        if place.state != State.OFFERED:
            return False
        if place.round_id is not None:
            put_by_hand(place)
        release(place_id)
    return place.round_id is not None
