"""For other rooms' tests: someone signed in, without the way through an OpenID provider."""

from uuid import UUID

from django.test import Client

from allting.identity.actions import ensure_account, grant_role
from allting.identity.actors import Actor
from allting.identity.sessions import COOKIE, _look_up, open_session

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"


def signed_in_client(
    identity_number: str,
    name: str,
    *,
    person: UUID | None = None,
    roles: tuple[tuple[str, str], ...] = (),
) -> tuple[Client, Actor]:
    """A test client signed in as this person with `roles` as (role, board), and who they are."""
    account = ensure_account(kind="personal", identifier=identity_number, name=name, person=person)
    for role, board in roles:
        grant_role(account, role, board, by="test")
    token = open_session(account, assurance=LOA3)
    client = Client()
    client.cookies[COOKIE] = token
    actor = _look_up(token)
    if actor is None:
        raise AssertionError("a session just opened was not found")
    return client, actor
