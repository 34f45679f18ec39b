"""The door of offers."""

from allting.offers.addresses import offers_at
from allting.offers.keys import link_of
from allting.offers.placing import waiting
from allting.offers.queries import OfferRow, open_offers, situation_title
from allting.offers.seating import START, UNIT, place_of_case

__all__ = [
    "START",
    "UNIT",
    "OfferRow",
    "link_of",
    "offers_at",
    "open_offers",
    "place_of_case",
    "situation_title",
    "waiting",
]
