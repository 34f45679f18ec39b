"""Who may do what with rounds and places. Predicates over an actor and a board; no database."""

from allting.identity.api import Actor
from allting.placements.parts import Places
from allting.register.api import NAMED_HANDLER


def may_see(actor: Actor, board: str) -> bool:
    """An employee of the board sees its rounds; of protected children there is nothing in them."""
    return board in actor.boards()


def may_open(actor: Actor, board: str, places: Places) -> bool:
    """The role that the package names opens rounds, tries what-ifs and drops rounds."""
    return actor.has(places.opens, board) or may_settle(actor, board, places)


def may_settle(actor: Actor, board: str, places: Places) -> bool:
    """The role that the package names settles a round."""
    return actor.has(places.settles, board)


def may_place_by_hand(actor: Actor, board: str) -> bool:
    """Protected children are placed by those named to handle them, and seen by nobody else."""
    return actor.has(NAMED_HANDLER, board)
