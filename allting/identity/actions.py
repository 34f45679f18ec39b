"""Verbs that change accounts and roles."""

from uuid import UUID

from allting.identity.claims import UNNAMED, Identity, identity_of
from allting.identity.models import Account, Assignment
from allting.identity.ports import Ports
from allting.identity.sessions import end_sessions
from allting.kernel.api import now, record, write


def ensure_account(*, kind: str, identifier: str, name: str, person: UUID | None = None) -> Account:
    """The account of this identity, made if it is new; name and person follow what is now known."""
    with write():
        account, _ = Account.objects.update_or_create(
            kind=kind,
            identifier=identifier,
            defaults={"name": name, "person": person},
            create_defaults={"name": name, "person": person, "created_at": now()},
        )
    return account


def account_by_number(number: str) -> Account:
    """The account of someone with this identity number, who need not have signed in yet.

    Raises UnknownNumber where it is no identity number.
    """
    kind, digits = identity_of(number)
    with write():
        known = Account.objects.filter(kind=kind, identifier=digits).first()
        if known is not None:
            return known
        found = Ports.find_person(digits)
        name, person = (found.name, found.person) if found else (UNNAMED, None)
        return ensure_account(kind=kind, identifier=digits, name=name, person=person)


def account_for(identity: Identity) -> Account:
    """The account of someone just vouched for, tied to the register's person if it knows them.

    A coordination number that has become a personal identity number keeps its account.
    """
    with write():
        if identity.previous:
            Account.objects.filter(kind="coordination", identifier=identity.previous).exclude(
                kind=identity.kind, identifier=identity.identifier
            ).update(kind=identity.kind, identifier=identity.identifier)
        numbered = identity.kind in ("personal", "coordination")
        found = Ports.find_person(identity.identifier) if numbered else None
        return ensure_account(
            kind=identity.kind,
            identifier=identity.identifier,
            name=found.name if found else identity.name,
            person=found.person if found else None,
        )


def grant_role(account: Account, role: str, board: str, *, by: str) -> None:
    """Let `account` hold `role` for `board`; its open sessions end, so that it holds at once."""
    with write():
        _, new = Assignment.objects.get_or_create(
            account=account, role=role, board=board, defaults={"since": now()}
        )
        if new:
            record(by, "grant-role", str(account.id), role=role, board=board)
            end_sessions(account)


def revoke_role(account: Account, role: str, board: str, *, by: str) -> None:
    """Take the role away, and end the sessions that still carry it."""
    with write():
        gone, _ = Assignment.objects.filter(account=account, role=role, board=board).delete()
        if gone:
            record(by, "revoke-role", str(account.id), role=role, board=board)
            end_sessions(account)
