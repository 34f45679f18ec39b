"""Tasks for the named handler: children whom no round may place."""

from uuid import UUID

from allting.kernel.api import now
from allting.notifications.api import tell_soon
from allting.placements.models import ByHand, Place
from allting.placements.telling import BY_HAND


def put_by_hand(place: Place) -> None:
    """The task of placing this child, once a round, with what the family wished for."""
    wishes = [unit for unit, _ in place.listed[: place.wished]]
    _, new = ByHand.objects.get_or_create(
        round=place.round,
        subject=place.subject,
        defaults={
            "source": place.source,
            "since": place.since,
            "wishes": wishes,
            "made_at": now(),
        },
    )
    if new and place.round is not None:
        tell_soon(BY_HAND, place.round.board)


def is_by_hand(place_id: UUID) -> bool:
    """Whether the child of this place is the named handler's to place, in the same round."""
    place = Place.objects.filter(pk=place_id).values("round", "subject").first()
    return place is not None and ByHand.objects.filter(**place).exists()
