"""Who is acting: the value that every guarded function takes."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Role:
    """A role that an employee holds for one board."""

    name: str
    board: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone signed in. `person` is the register's id, or None for someone it does not know."""

    account: UUID
    person: UUID | None
    name: str
    identity_number: str | None
    assurance: str
    roles: tuple[Role, ...] = ()
    session: str = ""
    signed_in_at: datetime | None = None  # when the provider last saw that it was they

    @property
    def is_employee(self) -> bool:
        """Whether any role is held."""
        return bool(self.roles)

    def boards(self, *names: str) -> frozenset[str]:
        """The boards for which one of the roles `names` (any role, if none is named) is held."""
        return frozenset(r.board for r in self.roles if not names or r.name in names)

    def has(self, name: str, board: str) -> bool:
        """Whether the role `name` is held for `board`."""
        return Role(name, board) in self.roles


class Request(HttpRequest):
    """A request after the entry has been passed: it knows its language and who is acting."""

    language: str
    actor: Actor | None


def to_text(actor: Actor) -> str:
    """The session row's form of an actor (the session key itself is not written)."""
    return json.dumps(
        [
            str(actor.account),
            str(actor.person) if actor.person else None,
            actor.name,
            actor.identity_number,
            actor.assurance,
            [[r.name, r.board] for r in actor.roles],
            actor.signed_in_at.isoformat() if actor.signed_in_at else None,
        ],
        ensure_ascii=False,
    )


@lru_cache(maxsize=1024)  # a session's text is the same from one request to the next
def from_text(text: str, session: str) -> Actor:
    """The actor that `to_text` wrote.

    >>> anna = Actor(UUID(int=1), None, "Anna", None, "loa3", (Role("administrator", "education"),))
    >>> from_text(to_text(anna), "").roles
    (Role(name='administrator', board='education'),)
    """
    account, person, name, number, assurance, roles, *more = json.loads(text)
    at = more[0] if more else None
    return Actor(
        UUID(account),
        UUID(person) if person else None,
        name,
        number,
        assurance,
        tuple(Role(*r) for r in roles),
        session,
        datetime.fromisoformat(at) if at else None,
    )
