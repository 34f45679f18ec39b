"""One change of an offer's state, as the table says, and what always goes with it."""

from typing import Any
from uuid import UUID

from allting.kernel.api import marks, now, run
from allting.offers.keys import revoke_keys
from allting.offers.models import Offer
from allting.offers.rules import MOVES
from allting.placements.api import hold_place

_MOVE = """
    UPDATE offers_offer SET state = %s, changed_at = %s, why = %s, answered_by = %s
    WHERE id = %s AND state IN ({before})
"""


class NotMoved(RuntimeError):
    """The offer was not in a state from which this can happen: somebody was first."""


def move(offer: Offer, happened: str, *, by: UUID | None = None, why: str = "") -> None:
    """Change the offer's state. Raises NotMoved. Call inside `write()`.

    The row itself decides: of two who try at once one changes it, and the other, having waited,
    changes none.
    """
    if not try_move(offer.id, happened, by=by, why=why):
        raise NotMoved(f"{offer.id}: {happened}")
    offer.state = MOVES[happened][1]
    offer.answered_by, offer.why = by, why


def try_move(id: UUID, happened: str, *, by: UUID | None = None, why: str = "") -> bool:
    """The same; False, and nothing done, where somebody was first."""
    before, after, lets_go = MOVES[happened]
    if lets_go:
        hold_place_of(id)
    moment = now()
    values: list[Any] = [after.value, moment, why, by, id, *(one.value for one in before)]
    if not run(_MOVE.format(before=marks(before)), values):
        return False
    if happened == "withdraw":
        revoke_keys(id, moment)
    if lets_go:
        _free_the_place(id, happened, why)
    return True


def hold_place_of(id: UUID) -> None:
    """Hold the place that an offer keeps, if it keeps one. Call before the offer itself is held:
    whoever lets a place go at the desk has the place first, and then comes to its offer."""
    place = Offer.objects.filter(id=id).values_list("place", flat=True).first()
    if place:
        hold_place(UUID(place))


def _free_the_place(id: UUID, happened: str, why: str) -> None:
    from allting.offers.placing import let_go  # which needs to make offers, and so this

    placed = Offer.objects.filter(id=id).exclude(place="").first()
    if placed is not None:
        let_go(placed, happened, why)
