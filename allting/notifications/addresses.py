"""Addresses that carry their own proof: digests of where we wrote, and the way back for bounces."""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare

_BACK = "bounce+"
_PROOF = 16  # letters of base32: 80 bits


def digest_of(address: str) -> str:
    """What is kept of an address: enough to know it again, and of no use to anyone else."""
    return _keyed("address", address.strip().lower()).hex()[:64]


def return_path(delivery: UUID) -> str:
    """The envelope's sender for this delivery, at the domain that takes bounces; "" without one.

    RFC 5321 wants bounces sent there and nowhere else, and who does not have our secret cannot
    make one up: a bounce that comes to it is about this very mail.
    """
    domain = settings.BOUNCES
    return f"{_BACK}{_name(delivery)}@{domain}" if domain else ""


def delivery_at(address: str) -> UUID | None:
    """The delivery that a return path belongs to; None if it is none of ours."""
    name, _, domain = address.strip().lower().partition("@")
    if domain != settings.BOUNCES.lower() or not name.startswith(_BACK):
        return None
    name = name.removeprefix(_BACK)
    try:
        raw = base64.b32decode(name[:26].upper() + "======")
    except ValueError:
        return None
    if len(raw) != 16:
        return None
    found = UUID(bytes=raw)
    return found if constant_time_compare(name, _name(found)) else None


def _name(delivery: UUID) -> str:
    told = base64.b32encode(delivery.bytes).decode().rstrip("=").lower()
    proof = base64.b32encode(_keyed("bounce", delivery.hex)).decode()[:_PROOF].lower()
    return told + proof


def _keyed(purpose: str, what: str) -> bytes:
    key = f"allting.notifications.{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, what.encode(), hashlib.sha256).digest()
