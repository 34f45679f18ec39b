"""What happens to one child's place: kept, taken, declined, released; a seat that ends.

Each is done once however often it is asked, and the last seat of a unit goes to one.
"""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from allting.identity.api import Actor
from allting.kernel.api import announce, now, record, write
from allting.packages.api import current
from allting.placements import access
from allting.placements.errors import NoSeat, NotDone, NotNow, Offered, given
from allting.placements.events import (
    PlaceDeclined,
    PlaceEvent,
    PlaceOffered,
    PlaceReleased,
    PlaceTaken,
    SeatEnded,
)
from allting.placements.models import ByHand, Place, Seat
from allting.placements.parts import PLACES
from allting.placements.rounds import capacities
from allting.placements.seats import free, hold_gates

State = Place.State


def reserve(*, service: str, unit: str, subject: UUID, start: date, source: str) -> UUID:
    """Keep a seat for one child, outside any round; the id of its place.

    Raises NoSeat when none is free, Offered when one is kept for the child already.
    """
    with write():
        kept = _kept(service, unit, subject, start, source)
        if isinstance(kept, Place):
            _tell(PlaceOffered, kept)
    return given(kept).id


def _kept(service: str, unit: str, subject: UUID, start: date, source: str) -> Place | NotDone:
    held = current()
    kind = held.definition.one(PLACES, service).kind
    hold_gates(kind, [unit])
    if Seat.objects.filter(kind=kind, subject=subject, taken=False, until=None).exists():
        return Offered()
    if not free(kind, capacities(held, kind), start, unit=unit)[unit]:
        return NoSeat(unit)
    moment = now()
    seat = Seat(kind=kind, unit=unit, subject=subject, since=start, taken=False, source=source)
    seat.at = moment
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError:  # at the same moment, at the gate of another unit
        return Offered()
    return Place.objects.create(
        service=service,
        kind=kind,
        subject=subject,
        source=source,
        start=start,
        unit=unit,
        state=State.OFFERED,
        changed_at=moment,
    )


def give(*, service: str, unit: str, subject: UUID, start: date, source: str) -> UUID:
    """A person has decided where the child is to go: the seat is the child's at once.

    An offer of that unit is taken; one of another unit ends. Said again, it is given once. Raises
    NoSeat when none is free, and then nothing has changed. The id of the place.
    """
    kind = current().definition.one(PLACES, service).kind
    with write():
        has = _has(kind, unit, subject, start)
        if has is not None:
            return has
        offered = Place.objects.filter(kind=kind, subject=subject, state=State.OFFERED)
        other = offered.select_for_update().first()
        if other is not None and other.unit == unit:
            _seat(other)
            _become(other, State.TAKEN, PlaceTaken)
            given_now: Place | NotDone = other
        else:
            given_now = _instead(other, service, unit, subject, start, source)
    return given(given_now).id


def _has(kind: str, unit: str, subject: UUID, start: date) -> UUID | None:
    """The place by which the child has this very seat, if it does."""
    mine = Place.objects.select_for_update().filter(kind=kind, subject=subject, unit=unit)
    found = mine.filter(start=start, state=State.TAKEN).order_by("-id").first()
    return found.id if found and _seat_of(found).exists() else None


def _seat_of(place: Place) -> "QuerySet[Seat]":
    """The seat that came of a place that was taken, while it goes on."""
    return Seat.objects.filter(
        kind=place.kind,
        subject=place.subject,
        unit=place.unit,
        since=place.start,
        taken=True,
        until=None,
    )


def _instead(
    other: Place | None, service: str, unit: str, subject: UUID, start: date, source: str
) -> Place | NotDone:
    held = current()
    kind = held.definition.one(PLACES, service).kind
    hold_gates(kind, [unit])
    if not free(kind, capacities(held, kind), start, unit=unit)[unit]:
        return NoSeat(unit)
    if other is not None:
        _free(other)
        _become(other, State.RELEASED, PlaceReleased)
    place = _kept(service, unit, subject, start, source)
    if isinstance(place, Place):
        _seat(place)
        _become(place, State.TAKEN, PlaceTaken)
    return place


def hold_place(place_id: UUID) -> None:
    """Be alone with a place until the transaction ends. Who changes a place and something of their
    own with it holds the place first, as is done here: else two could wait for each other."""
    list(Place.objects.select_for_update().filter(pk=place_id).values_list("pk"))


def take(place_id: UUID) -> bool:
    """The family says yes: the seat that is kept becomes theirs, and one they had elsewhere ends.

    False if it was taken before. Raises NotNow when the offer is no longer open.
    """
    with write():
        place = Place.objects.select_for_update().get(pk=place_id)
        was = place.state
        if was == State.OFFERED:
            _seat(place)
            _become(place, State.TAKEN, PlaceTaken)
    return _done(was, State.TAKEN)


def _seat(place: Place) -> None:
    """Make the kept seat a taken one; the child has one place at a time."""
    mine = Seat.objects.filter(kind=place.kind, subject=place.subject, until=None)
    old = mine.filter(taken=True).first()
    kept = mine.get(taken=False, unit=place.unit)
    if old is not None and old.since >= kept.since:
        kept.until = old.since if old.since > kept.since else None
        if kept.until is None:
            old.delete()  # both from the same day: the new one is instead of the old
    elif old is not None:
        old.until = kept.since
        old.save()
    kept.taken, kept.at = True, now()
    kept.save()


def decline(place_id: UUID) -> bool:
    """The family says no: the seat is free for others. False if it was so before."""
    return _let_go(place_id, State.DECLINED, PlaceDeclined)


def release(place_id: UUID) -> bool:
    """The offer ends by itself, expired or withdrawn: the seat is free. False if it was before."""
    return _let_go(place_id, State.RELEASED, PlaceReleased)


def _let_go(place_id: UUID, state: Place.State, event: type[PlaceEvent]) -> bool:
    with write():
        place = Place.objects.select_for_update().get(pk=place_id)
        was = place.state
        if was == State.OFFERED:
            _free(place)
            _become(place, state, event)
    return _done(was, state)


def _free(place: Place) -> None:
    kept = Seat.objects.filter(kind=place.kind, subject=place.subject, unit=place.unit)
    kept.filter(taken=False, until=None).delete()


def _done(was: str, wanted: Place.State) -> bool:
    """Whether it was done now; False if it was before. Raises NotNow where it was too late."""
    if was not in (State.OFFERED, wanted):
        raise NotNow("the place", was)
    return was == State.OFFERED


def give_up(place_id: UUID, *, until: date, by_family: bool = True) -> bool:
    """A place that was taken is given up: the seat that came of it ends, and no other.

    One that has not begun is as if it had never been: the child is back at the unit that it was to
    leave, if there still is room. False where the seat is over already, or was never taken.
    """
    with write():
        place = Place.objects.select_for_update().get(pk=place_id)
        seat = _seat_of(place).select_for_update().first()
        if place.state != State.TAKEN or seat is None:
            return False
        place.state = State.DECLINED if by_family else State.RELEASED
        place.changed_at = now()
        place.save()
        back = _end(seat, until)
        if not back:
            announce(SeatEnded(place.kind, place.subject, max(seat.since, until)))
    return True


def _end(seat: Seat, until: date) -> bool:
    """End a seat; whether the child is back at the unit that it was to leave."""
    if seat.since < until:
        seat.until = until
        seat.save()
        return False
    seat.delete()
    left = Seat.objects.filter(kind=seat.kind, subject=seat.subject, taken=True, until=seat.since)
    old = left.first()
    if old is None:
        return False
    hold_gates(seat.kind, [old.unit])
    held = current()
    if not free(seat.kind, capacities(held, seat.kind), seat.since, unit=old.unit)[old.unit]:
        return False
    left.update(until=None)
    return True


def end_seat(*, kind: str, subject: UUID, until: date) -> bool:
    """The child leaves its place on a day; a seat that has not begun is taken away altogether."""
    with write():
        seat = (
            Seat.objects.select_for_update()
            .filter(kind=kind, subject=subject, taken=True, until=None)
            .first()
        )
        if seat is None:
            return False
        if not _end(seat, until):
            announce(SeatEnded(kind, subject, max(seat.since, until)))
    return True


def place_by_hand(task_id: UUID, *, by: Actor, unit: str, start: date) -> UUID:
    """Give a protected child a seat: the named handler has asked the family. The id of its place.

    Raises PermissionDenied for anyone else, NoSeat when none is free, NotNow when it is done.
    """
    board = ByHand.objects.filter(pk=task_id).values_list("round__board", flat=True).first()
    if board is None or not access.may_place_by_hand(by, board):
        raise PermissionDenied  # nobody else is to learn whether there is such a task
    with write():
        placed = _placed_by_hand(task_id, by.name, unit, start)
    return given(placed).id


def _placed_by_hand(task_id: UUID, name: str, unit: str, start: date) -> Place | NotDone:
    task = ByHand.objects.select_for_update().select_related("round").get(pk=task_id)
    if task.done_at is not None:
        return NotNow("the task", "done")
    place = _kept(task.round.service, unit, task.subject, start, task.source)
    if isinstance(place, Place):
        _seat(place)
        task.done_at, task.done_by, task.place = now(), name, place
        task.save()
        record(name, "place by hand", f"task {task.id}")
        _become(place, State.TAKEN, PlaceTaken)
    return place


def _become(place: Place, state: Place.State, event: type[PlaceEvent]) -> None:
    place.state, place.changed_at = state, now()
    place.save()
    _tell(event, place)


def _tell(event: type[PlaceEvent], place: Place) -> None:
    announce(
        event(
            place.id,
            place.service,
            place.kind,
            place.unit,
            place.subject,
            place.start,
            place.source,
        )
    )
