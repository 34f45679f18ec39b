"""The door of placements."""

from allting.placements.asks import Key
from allting.placements.rules import LOT, Allocation, Step, allocate, draw, explain

__all__ = ["LOT", "Allocation", "Key", "Step", "allocate", "draw", "explain"]
