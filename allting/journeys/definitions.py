"""The journeys' part of the package language: examples of plans, and checks of days."""

from allting.journeys import checks, examples

__all__ = ["checks", "examples"]
