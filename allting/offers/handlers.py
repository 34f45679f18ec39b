"""What offers listen to: rounds of places, places changed at the desk, decisions, text messages."""

from allting.cases.api import RENOUNCED, WITHDRAW
from allting.cases.events import CaseDecided, CaseMoved, DecisionAnnulled
from allting.kernel.api import subscribe
from allting.notifications.events import TextReceived
from allting.offers.ending import withdraw
from allting.offers.jobs import answer_a_text, offer_kept_places
from allting.offers.models import Offer
from allting.offers.rules import ENDED, OPEN
from allting.offers.seating import free_place_of, seat_of_a_decision
from allting.offers.shielding import shield
from allting.offers.standing import why_fallen
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
    """Where a decision gives a unit the child has a seat there at once; any other frees what was
    kept. Raises Incomplete where there is no seat to give: then nothing is decided."""
    seat_of_a_decision(event)


@subscribe(CaseMoved)
def place_of_a_case_that_ended(event: CaseMoved) -> None:
    """A case that is withdrawn, or a decision that is given up, frees the place."""
    if event.move in (WITHDRAW, RENOUNCED):
        free_place_of(event.number)


@subscribe(DecisionAnnulled)
def place_of_a_decision_that_counts_no_more(event: DecisionAnnulled) -> None:
    """What an annulled decision gave is free for others, whoever annulled it and however often it
    is told."""
    free_place_of(event.number, by_family=False)


@subscribe(TextReceived)
def text_message(event: TextReceived) -> None:
    """JA, YES, NEJ and NO from a telephone answer an offer."""
    answer_a_text.enqueue(event.id, event.from_number, event.text[:200])
