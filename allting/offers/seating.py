"""A decision gives a seat, and what ends it frees the seat: where cases and places meet."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from allting.cases.api import Fault, Incomplete
from allting.cases.events import CaseDecided
from allting.kernel.api import today
from allting.offers.models import Offer
from allting.packages.api import current
from allting.placements.api import (
    PLACES,
    NoSeat,
    NotNow,
    Placed,
    give,
    give_up,
    given_because_of,
    gives_places_at,
    kept_because_of,
    latest_because_of,
    leave_rounds,
    place,
    release,
)
from allting.ui.api import later

UNIT, START = "unit", "start"
"""What an outcome asks for, where it gives a place."""


def seat_of_a_decision(event: CaseDecided) -> None:
    """The seat that a decision gives, in its own transaction; the decision of a person and that of
    a rule alike. Decided beyond what there is room for it is not decided at all: raises Incomplete.
    """
    if event.service not in current().definition.ids(PLACES):
        return
    leave_rounds(event.number)
    unit, start = event.values.get(UNIT), event.values.get(START)
    if not (unit and start):
        free_place_of(event.number, by_family=False)
    elif gives_places_at(event.service, unit):
        _give(event, unit, date.fromisoformat(start))


def _give(event: CaseDecided, unit: str, start: date) -> None:
    try:
        give(
            service=event.service,
            unit=unit,
            subject=event.subject,
            start=start,
            source=event.number,
        )
    except NoSeat:
        sentence = later("There is no free place there from that day. Choose another place or day")
        raise Incomplete(Fault(f"value-{UNIT}", sentence)) from None


def free_place_of(number: str, *, by_family: bool = True) -> None:
    """Let go what was kept or given because of a case, or of the offer that it was born of."""
    leave_rounds(number)
    kept = kept_because_of(number)
    if kept is not None:
        with suppress(NotNow):
            release(kept.id)
    offers = Offer.objects.filter(case=number).exclude(place="")
    places = [UUID(id) for id in offers.values_list("place", flat=True)]
    for id in [*(it.id for it in given_because_of(number)), *places]:
        give_up(id, until=today(), by_family=by_family)


def place_of_case(service: str, number: str) -> Placed | None:
    """What a round, an accepted offer or a decision has come to for a case, for whoever may open
    it; None where the service gives no places, or nothing has happened yet."""
    if service not in current().definition.ids(PLACES):
        return None
    offered = Offer.objects.filter(case=number).exclude(place="").values_list("place", flat=True)
    found = [latest_because_of(number), *(place(UUID(id)) for id in offered)]
    return max((it for it in found if it), key=lambda it: it.id, default=None)
