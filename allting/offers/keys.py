"""The key in a link: it opens one offer, for one addressee, without signing in.

A key is 168 bits that cannot be guessed. It is worked out of the house's own secret and a random
seed, so that what lies in the database (the seed and the key's hash) opens nothing, and so that a
message sent again after a crash says the same.
"""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare

from allting.kernel.api import insert, new_id, now, run, today
from allting.offers.models import OfferKey
from allting.offers.rules import key_expires
from allting.offers.standing import rules_of
from allting.offers.whom import answers_for
from allting.register.api import sheltered

BYTES = 21
_SHAPE = re.compile(r"[A-Za-z0-9_-]{28}")
_SALT = b"allting.offers.key:"


def make_key(offer: UUID, person: UUID, closes: date) -> UUID:
    """A new key for an addressee; its id, by which `link_of` finds it. Call inside `write()`."""
    id, seed = new_id(), secrets.token_hex(16)
    insert(
        "offers_offerkey",
        {
            "id": id,
            "offer_id": offer,
            "person": person,
            "seed": seed,
            "digest": digest_of(_token(seed)),
            "expires": key_expires(closes),
        },
    )
    return id


def link_of(key: str) -> str:
    """The address that a key makes, for a message on its way out."""
    found = OfferKey.objects.get(id=UUID(key))
    token = _token(found.seed)
    if found.digest != digest_of(token):  # the house's secret is another than when it was made
        OfferKey.objects.filter(id=found.id).update(digest=digest_of(token))
    return f"{settings.BASE_URL}/o/{token}"


def find_key(token: str) -> OfferKey | None:
    """The key that a link holds, while it leads anywhere."""
    if not _SHAPE.fullmatch(token):
        return None
    digest = digest_of(token)
    found = OfferKey.objects.select_related("offer").filter(digest=digest).first()
    if found is None or not constant_time_compare(found.digest, digest):
        return None
    if found.revoked_at is not None or found.expires <= now():
        return None
    if rules_of(found.offer) is None or not answers_for(found.person, [found.offer.person]):
        return None
    return None if sheltered([found.offer.person], as_of=today()) else found


def use_key(key: UUID, moment: datetime) -> bool:
    """Let the key be used, once; False when it has been. Call inside `write()`."""
    return bool(
        run("UPDATE offers_offerkey SET used_at = %s WHERE id = %s AND used_at IS NULL"
            " AND revoked_at IS NULL", [moment, key])
    )  # fmt: skip


def revoke_keys(offer: UUID, moment: datetime, *, person: UUID | None = None) -> None:
    """Let links to an offer (those of one addressee) lead nowhere. Call inside `write()`."""
    keys = OfferKey.objects.filter(offer=offer, revoked_at=None)
    if person is not None:
        keys = keys.filter(person=person)
    keys.update(revoked_at=moment)


def digest_of(token: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token(seed: str) -> str:
    made = hmac.new(settings.SECRET_KEY.encode(), _SALT + seed.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode()
