"""Who waits no longer: an application that has ended leaves the rounds that are being prepared, and
whoever has died leaves every place, so that others can have it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from allting.kernel.api import write
from allting.placements.actions import end_seat, release
from allting.placements.models import Place, Round, Seat

State = Place.State


def not_settled_meanwhile(rounds: Iterable[UUID | None]) -> None:
    """Hold these rounds, as far as they are open, until the transaction ends."""
    ids = {id for id in rounds if id}
    open_ = Round.objects.filter(id__in=ids, state=Round.State.OPEN)
    list(open_.select_for_update().order_by("id").values_list("id"))


def leave_rounds(source: str) -> None:
    """Let no open round place anybody because of this case: it is withdrawn, or decided. Call it
    inside `write()`, before what has been kept because of the case is looked for."""
    _leave(Place.objects.filter(source=source))


def _leave(places: "QuerySet[Place]") -> None:
    waiting = places.filter(state=State.WAITING, round__isnull=False)
    rounds = list(waiting.values_list("round", flat=True))
    if rounds:
        not_settled_meanwhile(rounds)
        waiting.delete()  # of a round that has been settled meanwhile none waits


def leave_all(subject: UUID, *, until: date) -> None:
    """Let go of all that somebody who has died waits for, is offered or has. Done again it finds
    nothing to do."""
    with write():
        mine = Place.objects.filter(subject=subject)
        _leave(mine)
        for id in mine.filter(state=State.OFFERED).values_list("id", flat=True):
            release(id)
        there = Seat.objects.filter(subject=subject, taken=True, until=None)
        for kind in list(there.values_list("kind", flat=True)):
            end_seat(kind=kind, subject=subject, until=until)
