"""The door of offers."""

from allting.offers.keys import link_of

__all__ = ["link_of"]
