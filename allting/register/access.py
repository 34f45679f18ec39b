"""Who may see what about whom. Predicates take the actor and the matter; no database here.

Residents act for themselves and for the children they answer for. Employees read only on an
errand of a board for which they hold a role: a case of that board, or the board's list of cases.
A protected person's address, contact and relations are for named handlers, and for those who
live with them.
"""

from dataclasses import dataclass

from allting.identity.api import Actor

NAMED_HANDLER = "protected-people"
"""The role, for one board, that lets an employee see a protected person's whereabouts."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Why an employee reads: a case of a board, or (without a case) the board's list of cases."""

    board: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One person who is to be read about, as seen from the actor."""

    is_self: bool = False
    is_guarded: bool = False  # the actor is their guardian on that day
    same_home: bool = False
    protected: bool = False
    errand: Errand | None = None


def is_self(actor: Actor, matter: Matter) -> bool:
    """Everyone may read what is held about themselves."""
    return matter.is_self


def is_guardian(actor: Actor, matter: Matter) -> bool:
    """A guardian may read what is held about the child they answer for."""
    return matter.is_guarded


def on_errand(actor: Actor, matter: Matter) -> bool:
    """An employee may read about people in a matter of a board for which they hold a role."""
    return matter.errand is not None and matter.errand.board in actor.boards()


def unprotected(actor: Actor, matter: Matter) -> bool:
    """The person has no protection of any kind."""
    return not matter.protected


def lives_with(actor: Actor, matter: Matter) -> bool:
    """The actor lives in the same household, and so knows where the person is."""
    return matter.same_home


def is_named_handler(actor: Actor, matter: Matter) -> bool:
    """An employee named to handle protected people in a case of this board."""
    errand = matter.errand
    return errand is not None and bool(errand.case) and actor.has(NAMED_HANDLER, errand.board)


def may_read(actor: Actor, matter: Matter) -> bool:
    """Whether the actor may read about this person at all."""
    return is_self(actor, matter) or is_guardian(actor, matter) or on_errand(actor, matter)


def may_see_whereabouts(actor: Actor, matter: Matter) -> bool:
    """Whether the actor may see where this person is and how to reach them."""
    return may_read(actor, matter) and (
        is_self(actor, matter)
        or unprotected(actor, matter)
        or is_named_handler(actor, matter)
        or (is_guardian(actor, matter) and lives_with(actor, matter))
    )
