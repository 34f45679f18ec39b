"""Rounds: opened, settled once whoever asks and however often, or dropped. Never deleted."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from allting.catalogue.api import service as service_of
from allting.identity.api import Actor
from allting.kernel.api import all_stored, announce, marks, new_id, now, record, today, write
from allting.notifications.api import tell_soon
from allting.packages.api import Edition, current, edition
from allting.placements import access
from allting.placements.asks import Key
from allting.placements.errors import AlreadyOpen, NotDone, NotNow, given
from allting.placements.events import RoundSettled
from allting.placements.gather import Gathered, Waiting, gather
from allting.placements.guards import Test, must, places_of
from allting.placements.keys import Line, lines_of
from allting.placements.models import ByHand, Place, Round, RoundUnit, Seat
from allting.placements.parts import PLACES, Places
from allting.placements.ports import Applicant
from allting.placements.rules import LOT, Allocation, allocate, explain
from allting.placements.seats import free, givable, hold_gates, seats_of
from allting.placements.tasks import put_by_hand
from allting.placements.telling import BY_HAND
from allting.register.api import sheltered

BY_LOT = "lot"
State = Round.State


def open_round(
    *, service: str, start: date, by: Actor | None, as_of: date | None = None, seed: str = ""
) -> UUID:
    """Gather everyone who waits for a place from `start`, and draw the seed of the lots.

    Who waits, with which list, is written down: the round comes to the same whenever it is
    settled. Raises AlreadyOpen if a round for that first day is open.
    """
    held, day = current(), as_of or today()
    places: Places = held.definition.one(PLACES, service)
    board = service_of(held, service).board
    name = must(by, access.may_open, board, places)
    found = gather(held, service, start, day)
    earlier = Round.objects.filter(service=service, start=start, state=State.SETTLED)
    round = Round(
        service=service,
        kind=places.kind,
        board=board,
        edition=held.id,
        previous=earlier.order_by("-id").first(),
        as_of=day,
        start=start,
        seed=seed or secrets.token_hex(16),
        opened_at=now(),
        opened_by=name,
    )
    with write():
        added = _added(round)
        if not isinstance(added, NotDone):
            _write_down(round, held, found)
            record(name, "open round", f"round {round.id}", service=service, start=str(start))
    return given(added)


def _added(round: Round) -> UUID | NotDone:
    try:
        with transaction.atomic():
            round.save(force_insert=True)
    except IntegrityError:
        other = Round.objects.filter(service=round.service, start=round.start, state=State.OPEN)
        return AlreadyOpen(other.values_list("pk", flat=True).first())
    return round.id


def _write_down(round: Round, held: Edition, found: Gathered) -> None:
    capacity = capacities(held, round.kind)
    left = free(round.kind, capacity, round.start)
    RoundUnit.objects.bulk_create(
        RoundUnit(round=round, unit=unit, capacity=capacity[unit], places=left[unit])
        for unit in capacity
    )
    _insert(Place, (_waiting(round, it) for it in found.waiting))
    if ByHand.objects.bulk_create([_by_hand(round, it) for it in found.by_hand]):
        tell_soon(BY_HAND, round.board)


def capacities(held: Edition, kind: str) -> dict[str, int]:
    """What each unit that the municipality gives places at has room for."""
    return {id: unit.capacity or 0 for id, unit in givable(held, kind).items()}


def _waiting(round: Round, it: Waiting) -> dict[str, Any]:
    return {
        "id": new_id(),
        "round_id": round.id,
        "service": round.service,
        "kind": round.kind,
        "subject": it.applicant.subject,
        "source": it.applicant.source,
        "start": round.start,
        "since": it.applicant.since,
        "wished": it.wished,
        "listed": list(zip(it.units, it.keys, strict=True)),
        "drawn_for": it.drawn_for,
        "unit": "",
        "state": str(Place.State.WAITING),
        "steps": [],
        "changed_at": round.opened_at,
    }


def _insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Add plain rows in ready statements: a whole city waits, and objects would cost the most."""
    ready = list(rows)
    if not ready:
        return
    names = ", ".join(f'"{name}"' for name in ready[0])
    into = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks([*ready[0]])})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(into, [all_stored(row.values()) for row in ready])


def _by_hand(round: Round, it: Applicant) -> ByHand:
    return ByHand(
        round=round,
        subject=it.subject,
        source=it.source,
        since=it.since,
        wishes=list(it.wishes),
        made_at=round.opened_at,
    )


def drop_round(round_id: UUID, *, by: Actor | None, why: str) -> None:
    """Leave an open round unsettled for good; that it was opened, with which seed, stays known.

    Raises NotNow for one that is not open.
    """
    name = _name_of(round_id, by, access.may_open)
    with write():
        round = Round.objects.select_for_update().get(pk=round_id)
        is_open = round.state == State.OPEN
        if is_open:
            _close(round, State.DROPPED, name)
            round.why = why
            round.save()
            record(name, "drop round", f"round {round.id}", why=why)
    if not is_open:
        raise NotNow("the round", round.state)


def settle(round_id: UUID, *, by: Actor | None, on_behalf: str = "") -> Round:
    """Give the places, keep a seat for each who was given one, and tell. Once: asked again, or by
    two at once, it finds the round settled and changes nothing. Raises NotNow for a dropped round.

    `on_behalf` names who asked for it where the house itself does it later.
    """
    name = on_behalf or _name_of(round_id, by, access.may_settle)
    with write():
        round = Round.objects.select_for_update().get(pk=round_id)
        if round.state == State.OPEN:
            _close(round, State.SETTLED, name)
            _place_all(round)
            record(name, "settle round", f"round {round.id}", digest=round.digest)
            announce(RoundSettled(round.id))
    if round.state == State.DROPPED:
        raise NotNow("the round", round.state)
    return round


def _name_of(round_id: UUID, by: Actor | None, test: Test) -> str:
    round = Round.objects.get(pk=round_id)
    return must(by, test, round.board, places_of(round))


def _close(round: Round, state: Round.State, name: str) -> None:
    round.state, round.closed_at, round.closed_by = state, now(), name


def _place_all(round: Round) -> None:
    """Work the round out with the seats that are free now, and keep one for each who is placed."""
    units = list(RoundUnit.objects.filter(round=round))
    hold_gates(round.kind, [it.unit for it in units])
    left = free(round.kind, {it.unit: it.capacity for it in units}, round.start)
    for it in units:
        it.places = left[it.unit]
    RoundUnit.objects.bulk_update(units, ["places"], batch_size=500)
    _set_aside(round)
    waiting = list(round.all_places.values_list("pk", "subject", "source", "listed"))
    lists = {who: listed for _, who, _, listed in waiting}
    found = worked_out(lists, left, round.seed, shared_lots(round))
    _keep(round, waiting, found)
    round.digest = found.digest
    round.save()


def shared_lots(round: Round) -> dict[UUID, UUID]:
    """For whom the lots are drawn of those who share one, as it was written down."""
    found = round.all_places.values_list("subject", "drawn_for")
    return {child: first for child, first in found if first is not None}


def worked_out(
    lists: dict[UUID, list[Any]],
    places: dict[str, int],
    seed: str,
    drawn_for: Mapping[UUID, UUID],
) -> Allocation[UUID, str]:
    """The allocation of written-down lists."""
    return allocate(*wishes_and_standings(lists), places, seed, drawn_for)


def wishes_and_standings(
    lists: dict[UUID, list[Any]],
) -> tuple[dict[UUID, list[str]], dict[UUID, dict[str, Key]]]:
    """Written-down lists as the allocation takes them."""
    wishes = {who: [unit for unit, _ in listed] for who, listed in lists.items()}
    standings = {who: {unit: tuple(key) for unit, key in listed} for who, listed in lists.items()}
    return wishes, standings


def _set_aside(round: Round) -> None:
    """Who has been protected since the round was opened is for a person to place; who has been
    offered a place meanwhile is not given another."""
    people = list(round.all_places.values_list("subject", flat=True))
    hidden = sheltered(people, as_of=today())
    for it in round.all_places.filter(subject__in=hidden) if hidden else ():
        put_by_hand(it)
    seats = seats_of(round.kind, people, round.start)
    gone = hidden | {seat.subject for seat in seats if not seat.taken}
    if gone:
        round.all_places.filter(subject__in=gone).delete()


def _keep(
    round: Round, waiting: Sequence[tuple[UUID, UUID, str, Any]], found: Allocation[UUID, str]
) -> None:
    lines = lines_of(edition(round.edition), round.service)
    moment = now()
    changed: list[list[Any]] = []
    for pk, who, _, listed in waiting:
        unit = found.given.get(who)
        rank = [name for name, _ in listed].index(unit) if unit else None
        state = Place.State.OFFERED if unit else Place.State.WITHOUT
        steps = told(found, who, lines)
        changed.append([unit or "", rank, found.lots[who], str(state), steps, moment, pk])
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE placements_place SET unit = %s, rank = %s, lot = %s, state = %s,"
            " steps = %s, changed_at = %s WHERE id = %s",
            [all_stored(row) for row in changed],
        )
    seats = (
        {
            "kind": round.kind,
            "unit": found.given[who],
            "subject": who,
            "since": round.start,
            "taken": False,
            "source": source,
            "at": moment,
        }
        for _, who, source, _ in waiting
        if who in found.given
    )
    _insert(Seat, seats)


def told(found: Allocation[UUID, str], who: UUID, lines: Sequence[Line]) -> list[list[Any]]:
    """The explanation as it is kept: unit, what became of the wish, places there, what parted."""
    return [
        [step.unit, step.why, step.places, _name(step.by, lines)] for step in explain(found, who)
    ]


def _name(by: int | None, lines: Sequence[Line]) -> str | None:
    if by is None:
        return None
    return BY_LOT if by == LOT else lines[by].priority.id
