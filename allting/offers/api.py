"""The door of offers."""

from allting.offers.addresses import offers_at
from allting.offers.keys import link_of
from allting.offers.placing import waiting
from allting.offers.queries import OfferRow, open_offers

__all__ = ["OfferRow", "link_of", "offers_at", "open_offers", "waiting"]
