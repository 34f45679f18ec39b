"""Against those who send the same form again and again, without a riddle for people to solve.

A form carries a sealed stamp: which form it is (so that sent twice it is one), and when it was
drawn. It is good for a day, and nobody fills it in within two seconds. Somebody at one address may
send so many in each ten minutes, whichever process answers: the database counts, under a digest
whose key is another every day, and forgets within the hour. Behind a proxy all share its address,
so the number is one that a town does not reach.
"""

import hashlib
import hmac
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django_tasks import task

from allting.kernel.api import SWEDEN, new_id, now, rows, run, schedule, write

SALT = "allting.cases.knocking"
SOONEST, LATEST = 2, 24 * 3600  # seconds
SPAN = 600
MOST = 20
TRAP = "website"  # a field that people do not see, and machines fill in
_HELD = "SELECT times FROM cases_knock WHERE who = %s AND span = %s"
_COUNT = """
    INSERT INTO cases_knock (who, span, times) VALUES (%s, %s, 1)
    ON CONFLICT (who, span) DO UPDATE SET times = cases_knock.times + 1 RETURNING times
"""


class TooSoon(Exception):
    """The form was not filled in by a person, or not lately, or there have been too many."""


def stamp() -> str:
    """A new form's stamp."""
    return signing.dumps([new_id().hex, int(now().timestamp())], salt=SALT, compress=True)


def key_of(sealed: str) -> str:
    """Which form a stamp is of. Raises TooSoon."""
    try:
        key, drawn = signing.loads(sealed, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise TooSoon from None
    if not SOONEST <= now().timestamp() - drawn <= LATEST:
        raise TooSoon
    return str(key)


class Door:
    """How often each has knocked in these ten minutes, at any process."""

    def __init__(self, name: str, most: int = MOST) -> None:
        self._name = name
        self._most = most

    def look(self, who: str) -> None:
        """Count nothing. Raises TooSoon where one more would be too many."""
        held = rows(_HELD, [self._digest(who), _span()])
        if held and held[0][0] >= self._most:
            raise TooSoon

    def knock(self, who: str) -> None:
        """Count one. Raises TooSoon for one too many, which costs no writing."""
        self.look(who)
        with write(forced=False):  # a power cut may forget it
            times = rows(_COUNT, [self._digest(who), _span()])[0][0]
        if times > self._most:
            raise TooSoon

    def _digest(self, who: str) -> str:
        day = now().astimezone(SWEDEN).date()
        key = f"{SALT}:{day}:{settings.SECRET_KEY}".encode()
        return hmac.new(key, f"{self._name}:{who}".encode(), hashlib.sha256).hexdigest()


def _span() -> int:
    return int(now().timestamp()) // SPAN


def caller(request: HttpRequest) -> str:
    """Who knocks: the address, or the network of one who has a whole one (IPv6). Never kept."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    with suppress(ValueError):
        known = ip_address(address)
        if isinstance(known, IPv6Address):
            return known.exploded[:19]
    return address


@task()
def forget_knocks() -> int:
    """Forget what was counted before these ten minutes; how many."""
    with write():
        return run("DELETE FROM cases_knock WHERE span < %s", [_span()])


schedule("cases.forget-knocks", forget_knocks, every="30 minutes")
