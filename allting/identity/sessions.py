"""Sessions: opened at sign-in, looked up once a request, ended by time, by hand or by new roles."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from allting.identity.actors import Actor, Role, from_text, to_text
from allting.identity.models import Account, Session
from allting.kernel.api import as_moment, now, rows, write

COOKIE = "__Host-allting" if settings.BASE_URL.startswith("https://") else "allting"
LASTS = timedelta(hours=8)
IDLE = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=5)  # how often being seen is worth a write

_LOOK_UP = "SELECT actor, seen_at, expires_at FROM identity_session WHERE key = %s"


def key_of(token: str) -> str:
    """What is stored for a cookie: its digest, so that a stolen table opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(account: Account, *, assurance: str, signed_in_at: datetime | None = None) -> str:
    """A new session for `account` with its present roles; returns the cookie's value.

    `signed_in_at`: when the provider saw the person, who may have come on an earlier sign-in.
    """
    moment = now()
    token = secrets.token_urlsafe(32)
    roles = tuple(Role(a.role, a.board) for a in account.assignments.order_by("board", "role"))
    actor = Actor(
        account=account.id,
        person=account.person,
        name=account.name,
        identity_number=account.identifier
        if account.kind in ("personal", "coordination")
        else None,
        assurance=assurance,
        roles=roles,
        signed_in_at=signed_in_at or moment,
    )
    with write():
        Session.objects.create(
            key=key_of(token),
            account=account,
            actor=to_text(actor),
            opened_at=moment,
            seen_at=moment,
            expires_at=moment + LASTS,
        )
    return token


def actor_of(request: HttpRequest) -> Actor | None:
    """Who sends this request: nobody without a cookie (no query), else one look-up, remembered."""
    known: Actor | bool | None = getattr(request, "_allting_actor", False)
    if not isinstance(known, bool):
        return known
    token = request.COOKIES.get(COOKIE)
    actor = _look_up(token) if token else None
    request._allting_actor = actor  # type: ignore[attr-defined]
    return actor


def _look_up(token: str) -> Actor | None:
    key = key_of(token)
    found = rows(_LOOK_UP, [key])
    if not found:
        return None
    text, *moments = found[0]
    seen, expires = map(as_moment, moments)
    moment = now()
    if moment >= expires or moment - seen >= IDLE:
        return None
    if moment - seen >= SEEN_EVERY:
        with write():
            Session.objects.filter(key=key).update(seen_at=moment)
    return from_text(text, key)


def end_session(session: str) -> None:
    """End one session, by its key."""
    with write():
        Session.objects.filter(key=session).delete()


def end_sessions(account: Account) -> None:
    """End every session of `account`: what it may do has changed."""
    with write():
        Session.objects.filter(account=account).delete()


def set_cookie(response: HttpResponse, token: str) -> None:
    """Give the browser its session; scripts cannot read it, other sites cannot use it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        secure=COOKIE.startswith("__Host-"),
        httponly=True,
        samesite="Lax",
    )


def clear_cookie(response: HttpResponse) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, samesite="Lax")
