"""What offers listen to: rounds of places, places changed at the desk, decisions, text messages."""

from contextlib import suppress
from datetime import date

from allting.cases.events import CaseDecided, CaseMoved
from allting.kernel.api import subscribe
from allting.notifications.events import TextReceived
from allting.offers.ending import withdraw
from allting.offers.jobs import answer_a_text, offer_kept_places
from allting.offers.models import Offer
from allting.offers.rules import ENDED, OPEN
from allting.offers.shielding import shield
from allting.offers.standing import why_fallen
from allting.packages.api import current
from allting.placements.api import PLACES, NoSeat, NotNow, give, kept_because_of, release
from allting.placements.events import PlaceDeclined, PlaceEvent, PlaceReleased, RoundSettled
from allting.register.events import ProtectionAppeared


@subscribe(RoundSettled)
def places_are_offered(event: RoundSettled) -> None:
    """Places kept for those who have not applied are offered, after the round itself."""
    offer_kept_places.enqueue(str(event.round))


@subscribe(PlaceDeclined)
def place_is_declined(event: PlaceDeclined) -> None:
    """A place that is declined otherwise than by its offer takes the offer with it."""
    _gone(event)


@subscribe(PlaceReleased)
def place_is_released(event: PlaceReleased) -> None:
    """So does one that is let go at the desk."""
    _gone(event)


def _gone(event: PlaceEvent) -> None:
    for offer in Offer.objects.filter(place=str(event.place), state__in=OPEN):
        withdraw(offer, why_fallen(offer) or ENDED)


@subscribe(ProtectionAppeared)
def somebody_is_protected(event: ProtectionAppeared) -> None:
    """In the transaction in which the register learns of it."""
    shield(event.people)


@subscribe(CaseDecided)
def place_of_a_case(event: CaseDecided) -> None:
    """Where a person has decided on a unit the child has a seat there at once; any other decision
    frees what was kept. A decision that a rule made on an accepted offer has its seat already."""
    if event.automatic or event.service not in current().definition.ids(PLACES):
        return
    unit, start = event.values.get("unit"), event.values.get("start")
    if unit and start:
        day = date.fromisoformat(start)
        with suppress(NoSeat):  # decided beyond what there is room for: the decision stands
            give(
                service=event.service,
                unit=unit,
                subject=event.subject,
                start=day,
                source=event.number,
            )
        return
    _free(event.number)


@subscribe(CaseMoved)
def place_of_a_case_that_ended(event: CaseMoved) -> None:
    """A case that is withdrawn frees the place that was kept for it."""
    if event.move != "withdraw":
        return
    _free(event.number)


def _free(number: str) -> None:
    kept = kept_because_of(number)
    if kept is not None:
        with suppress(NotNow):
            release(kept.id)


@subscribe(TextReceived)
def text_message(event: TextReceived) -> None:
    """JA, YES, NEJ and NO from a telephone answer an offer."""
    answer_a_text.enqueue(event.id, event.from_number, event.text[:200])
