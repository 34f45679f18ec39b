"""The door of identity."""

from allting.identity.actions import account_by_number, ensure_account, grant_role, revoke_role
from allting.identity.actors import Actor, Request, Role
from allting.identity.claims import UnknownNumber
from allting.identity.entry import anyone, employee, machine, person_of, resident, signed_in, who
from allting.identity.fresh import signed_in_lately, to_fresh_sign_in
from allting.identity.holders import Held, people_with, roles_held
from allting.identity.models import Account
from allting.identity.sessions import actor_of, end_sessions

__all__ = [
    "Account",
    "Actor",
    "Held",
    "Request",
    "Role",
    "UnknownNumber",
    "account_by_number",
    "actor_of",
    "anyone",
    "employee",
    "end_sessions",
    "ensure_account",
    "grant_role",
    "machine",
    "people_with",
    "person_of",
    "resident",
    "revoke_role",
    "roles_held",
    "signed_in",
    "signed_in_lately",
    "to_fresh_sign_in",
    "who",
]
