"""Whether an open offer still stands: by the facts of today, as of the day it was found."""

from django.core.exceptions import PermissionDenied

from allting.catalogue.api import NotInCatalogue, service
from allting.conditions.api import decide
from allting.kernel.api import today
from allting.offers.known import facts_about
from allting.offers.models import Offer
from allting.offers.plan import Planned, find_planned
from allting.offers.rules import BY_US, DIED, ENDED, PROTECTED
from allting.offers.whom import whom
from allting.packages.api import NoSuchEdition, UnreadableEdition, current, edition
from allting.register.api import reachable, sheltered


def why_fallen(offer: Offer) -> str | None:
    """Why the offer no longer stands, or None while it does.

    What holds is asked as of the day of the offer, so that a child who turns one meanwhile keeps
    it; unknown is not no.
    """
    if not _still_given(offer):
        return BY_US
    planned = rules_of(offer)
    if planned is None:
        return _by_the_person_alone(offer)
    found = whom(planned, [offer.person], as_of=today()).get(offer.person)
    if found is None:
        return DIED
    if found.protected:
        return PROTECTED
    try:
        values = facts_about(planned, offer.person, planned.standing, as_of=offer.as_of)
    except PermissionDenied:
        return ENDED
    outcome = decide(planned.stands or planned.holds, values, as_of=offer.as_of)
    return ENDED if outcome.answer == "no" else None


def rules_of(offer: Offer) -> Planned | None:
    """The situation that the offer follows; None where its edition can no longer be read, as when
    it was published before the language of packages changed."""
    try:
        return find_planned(edition(offer.edition), offer.service, offer.situation)
    except (NoSuchEdition, UnreadableEdition, KeyError):
        return None


def _by_the_person_alone(offer: Offer) -> str | None:
    if offer.person not in reachable([offer.person]):
        return DIED
    return PROTECTED if sheltered([offer.person], as_of=today()) else None


def _still_given(offer: Offer) -> bool:
    """Whether the service is still one that people can have."""
    try:
        return service(current(), offer.service).status == "active"
    except NotInCatalogue:
        return False
