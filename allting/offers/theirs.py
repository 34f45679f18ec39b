"""Whose an offer still is: who answers for somebody changes, and an offer follows."""

from collections.abc import Collection
from uuid import UUID

from allting.kernel.api import insert, now, today, write
from allting.notifications.api import call_off
from allting.offers import messages
from allting.offers.keys import revoke_keys
from allting.offers.models import Addressee, Offer
from allting.offers.rules import OPEN, State
from allting.offers.standing import rules_of
from allting.offers.whom import Whom, answers_for, whom
from allting.packages.api import edition


def addressees_of(offer: Offer) -> list[Addressee]:
    """Who may answer an offer today, of those to whom it was made."""
    every = Addressee.objects.filter(offer=offer).order_by("id")
    return [one for one in every if answers_for(one.person, [offer.person])]


def readdress(offer: Offer) -> None:
    """Tell whoever has come to answer for the person, and nothing more to whoever no longer does.

    Done again it changes nothing.
    """
    planned = rules_of(offer)
    if planned is None:
        return
    reached = whom(planned, [offer.person], as_of=today()).get(offer.person)
    if reached is None or reached.protected:
        return
    had = {one.person for one in Addressee.objects.filter(offer=offer)}
    gone = [person for person in had if not answers_for(person, [offer.person])]
    if gone or any(one.person not in had for one in reached.addressees):
        with write():
            _moved(offer.id, gone, reached, had)


def _moved(id: UUID, gone: Collection[UUID], reached: Whom, had: Collection[UUID]) -> None:
    offer = Offer.objects.select_for_update().get(id=id)
    if offer.state not in OPEN:
        return
    for person in gone:
        revoke_keys(offer.id, now(), person=person)
    call_off(gone, messages.occasions_of(offer))
    languages = edition(offer.edition).definition.languages
    for one in reached.addressees:
        language = one.language if one.language in languages else languages[0]
        row = {"offer_id": offer.id, "person": one.person, "language": language}
        new = one.person not in had and insert("offers_addressee", row, unique="offer_id, person")
        if new and offer.state == State.SENT:  # else it is told with the others
            messages.offer(offer, Addressee.objects.get(offer=offer, person=one.person))
