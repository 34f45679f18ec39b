"""Who may do what with offers at the desk. Predicates over an actor and a board; no database."""

from allting.identity.api import Actor
from allting.register.api import NAMED_HANDLER

KEEPER = "offers"
"""The role, for one board, that previews its offers with names, makes them and takes them back."""


def may_see(actor: Actor, board: str) -> bool:
    """An employee of the board sees its situations and how many are in them, and nobody's name."""
    return board in actor.boards()


def may_keep(actor: Actor, board: str) -> bool:
    """A keeper sees who would be offered something and why, makes offers, and reads the log."""
    return actor.has(KEEPER, board)


def may_reach_by_hand(actor: Actor, board: str) -> bool:
    """Protected people are told by those named to handle them, and seen by nobody else."""
    return actor.has(NAMED_HANDLER, board)
