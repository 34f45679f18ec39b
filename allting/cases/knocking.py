"""Against those who send the same form again and again, without a riddle for people to solve.

A form carries a sealed stamp: which form it is (so that sent twice it is one), and when it was
drawn. It is good for a day, and nobody fills it in within two seconds. Somebody at one address may
send so many in ten minutes: that is kept in this process's memory, under a digest, and no longer.
Behind a proxy all share its address, so the number is one that a town does not reach.
"""

import hashlib
import threading
from collections import OrderedDict, deque

from django.core import signing
from django.http import HttpRequest

from allting.kernel.api import new_id, now

SALT = "allting.cases.knocking"
SOONEST, LATEST = 2, 24 * 3600  # seconds
SPAN = 600.0
MOST = 20
ROOM_FOR = 5_000
TRAP = "website"  # a field that people do not see, and machines fill in


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
    """How often each has knocked lately."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._knocks: OrderedDict[str, deque[float]] = OrderedDict()

    def knock(self, who: str) -> None:
        """Count one. Raises TooSoon for one too many."""
        moment = now().timestamp()
        with self._lock:
            held = self._knocks.setdefault(who, deque())
            self._knocks.move_to_end(who)
            while held and moment - held[0] >= SPAN:
                held.popleft()
            if len(held) >= self._most:
                raise TooSoon
            held.append(moment)
            while len(self._knocks) > ROOM_FOR:
                self._knocks.popitem(last=False)

    def forget(self) -> None:
        """As if nobody had come yet."""
        with self._lock:
            self._knocks.clear()


def caller(request: HttpRequest) -> str:
    """Who knocks, without saying where: a digest of the address."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return hashlib.sha256(f"{SALT}:{address}".encode()).hexdigest()
