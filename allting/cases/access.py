"""Who may do what with a case. Predicates over an actor and what is known of the case."""

from dataclasses import dataclass
from uuid import UUID

from allting.identity.api import Actor


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as the access rules see it."""

    applicant: UUID
    subject: UUID
    board: str
    roles: frozenset[str]  # those that have something to do in its process


def is_applicant(actor: Actor, matter: Matter) -> bool:
    """The one who applied."""
    return actor.person is not None and actor.person == matter.applicant


def is_party(actor: Actor, matter: Matter) -> bool:
    """Someone whom the case is about or who applied: never their own caseworker (FL § 16)."""
    return actor.person is not None and actor.person in (matter.applicant, matter.subject)


def roles_in(actor: Actor, matter: Matter) -> frozenset[str]:
    """The roles of the process that the actor holds for the case's board."""
    if is_party(actor, matter):
        return frozenset()
    return frozenset(r.name for r in actor.roles if r.board == matter.board) & matter.roles


def may_take_in(actor: Actor, matter: Matter) -> bool:
    """Enter what came on paper, by phone or in person: who works with such cases, not their own."""
    return bool(roles_in(actor, matter))


def may_follow(actor: Actor, matter: Matter, *, is_guardian: bool, protected: bool) -> bool:
    """Read how the case goes without having applied: the child's other guardian.

    Not where the child or the applicant is protected: what is decided tells where they are.
    """
    return is_guardian and not protected and actor.person is not None
