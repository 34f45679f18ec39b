"""The door of placements."""

from allting.placements.actions import (
    decline,
    end_seat,
    give,
    give_up,
    hold_place,
    place_by_hand,
    release,
    reserve,
    take,
)
from allting.placements.addresses import place_at, rounds_at
from allting.placements.asks import Key
from allting.placements.errors import AlreadyOpen, NoSeat, NotNow, Offered
from allting.placements.jobs import settle_round
from allting.placements.leaving import leave_all, leave_rounds
from allting.placements.models import Round
from allting.placements.parts import PLACES, Places
from allting.placements.queries import (
    Placed,
    given_because_of,
    gives_places_at,
    kept_because_of,
    latest_because_of,
    place,
    places_in,
    places_of_family,
)
from allting.placements.rounds import drop_round, open_round, settle
from allting.placements.rules import LOT, Allocation, Step, allocate, draw, explain
from allting.placements.seats import free_places
from allting.placements.shielding import hand_over
from allting.placements.tasks import is_by_hand
from allting.placements.what_if import Changes, Comparison, what_if

__all__ = [
    "LOT",
    "PLACES",
    "Allocation",
    "AlreadyOpen",
    "Changes",
    "Comparison",
    "Key",
    "NoSeat",
    "NotNow",
    "Offered",
    "Placed",
    "Places",
    "Round",
    "Step",
    "allocate",
    "decline",
    "draw",
    "drop_round",
    "end_seat",
    "explain",
    "free_places",
    "give",
    "give_up",
    "given_because_of",
    "gives_places_at",
    "hand_over",
    "hold_place",
    "is_by_hand",
    "kept_because_of",
    "latest_because_of",
    "leave_all",
    "leave_rounds",
    "open_round",
    "place",
    "place_at",
    "place_by_hand",
    "places_in",
    "places_of_family",
    "release",
    "reserve",
    "rounds_at",
    "settle",
    "settle_round",
    "take",
    "what_if",
]
