"""What placements give to the package language: `places.yaml`, its checks and its examples."""

from allting.packages.api import cross_check, file_kind, touches
from allting.placements.checks import check_places
from allting.placements.parts import PLACES
from allting.placements.touching import seats_at_closed_units

file_kind(PLACES)
cross_check(check_places)
touches(seats_at_closed_units)
