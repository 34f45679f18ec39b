"""Whether someone has signed in lately, for acts that ask for it, and the way to do it anew."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect

from allting.identity.actors import Actor, Request
from allting.kernel.api import now

FRESH = "fresh"  # the mark in addresses and forms


def signed_in_lately(actor: Actor) -> bool:
    """Whether the provider has seen the actor within the minutes that a decision asks for."""
    at = actor.signed_in_at
    most = timedelta(minutes=settings.ALLTING_DECIDE_WITHIN)
    return at is not None and now() - at <= most


def to_fresh_sign_in(request: Request, next_page: str) -> HttpResponseRedirect:
    """To the page that asks for a new sign-in, and from there back to `next_page`."""
    query = urlencode({"next": next_page, FRESH: 1})
    return HttpResponseRedirect(f"/{request.language}/sign-in/?{query}")


def seen_at(claims: object) -> datetime | None:
    """When the provider saw the person, by its claim `auth_time`.

    >>> seen_at(1793865600)
    datetime.datetime(2026, 11, 5, 8, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.fromtimestamp(claims, UTC) if isinstance(claims, int) else None
