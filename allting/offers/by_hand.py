"""Protected people in situations: tasks for the named handler, and for nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied

from allting.identity.api import Actor
from allting.kernel.api import now, record, today, write
from allting.offers import access
from allting.offers.models import ByHand
from allting.offers.plan import Planned, find_planned
from allting.packages.api import NoSuchEdition, UnreadableEdition, edition
from allting.register.api import (
    NAMED_HANDLER,
    Errand,
    PersonCard,
    guardians_of,
    people_cards,
)

PAGE = 20


@dataclass(frozen=True, slots=True)
class Task:
    """Someone to reach in a way that is safe."""

    task: ByHand
    planned: Planned | None  # None in an edition that can no longer be read
    person: PersonCard
    guardians: tuple[PersonCard, ...]


def waiting(actor: Actor) -> int:
    """How many tasks wait for the actor; none, for anyone who is not named."""
    boards = actor.boards(NAMED_HANDLER)
    return ByHand.objects.filter(board__in=boards, done_at=None).count() if boards else 0


def tasks(actor: Actor, *, done: bool = False, page: int = 0) -> tuple[list[Task], bool]:
    """A page of the actor's tasks, and whether there are more. Raises PermissionDenied."""
    boards = actor.boards(NAMED_HANDLER)
    if not boards:
        raise PermissionDenied
    found = ByHand.objects.filter(board__in=boards, done_at__isnull=not done)
    order = ("-done_at", "id") if done else ("made_at", "id")
    some = list(found.order_by(*order)[page * PAGE : (page + 1) * PAGE + 1])
    more, some = len(some) > PAGE, some[:PAGE]
    plans = {task.id: _planned(task) for task in some}
    guardians = _guardians(plans, some)
    cards = _cards(actor, some, guardians)
    return [
        Task(
            task,
            plans[task.id],
            cards[task.person],
            tuple(cards[one] for one in guardians.get(task.person, ())),
        )
        for task in some
    ], more


def _planned(task: ByHand) -> Planned | None:
    try:
        return find_planned(edition(task.edition), task.service, task.situation)
    except (NoSuchEdition, UnreadableEdition, KeyError):
        return None


def _guardians(
    plans: Mapping[UUID, Planned | None], some: Sequence[ByHand]
) -> dict[UUID, list[UUID]]:
    children = [
        task.person
        for task in some
        if (one := plans[task.id]) is not None and one.situation.about == "child"
    ]
    found = guardians_of(children, as_of=today())
    return {child: [one.person for one in found.get(child, ())] for child in children}


def _cards(
    actor: Actor, some: Sequence[ByHand], guardians: Mapping[UUID, Sequence[UUID]]
) -> dict[UUID, PersonCard]:
    """Read board by board: each on an errand of its own."""
    cards: dict[UUID, PersonCard] = {}
    for board in dict.fromkeys(task.board for task in some):
        people = [task.person for task in some if task.board == board]
        people += [one for id in people for one in guardians.get(id, ())]
        errand = Errand(board, "offers by hand")
        ids = list(dict.fromkeys(people))
        cards |= people_cards(actor, ids, purpose="offers by hand", errand=errand)
    return cards


def finish(actor: Actor, id: UUID, note: str) -> bool:
    """Say that the person has been reached, or need not be; False when that was said already.

    Raises PermissionDenied for anyone who is not named, also about a task that is not there.
    """
    board = ByHand.objects.filter(id=id).values_list("board", flat=True).first()
    if board is None or not access.may_reach_by_hand(actor, board):
        raise PermissionDenied
    with write():
        task = ByHand.objects.select_for_update().get(id=id)
        if task.done_at is not None:
            return False
        task.done_at, task.done_by, task.done_name = now(), actor.account, actor.name
        task.note = note[:2000]
        task.save()
        record(str(actor.account), "offers:by-hand", str(task.id))
    return True
