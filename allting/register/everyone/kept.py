"""The city that this process holds in memory: read once, and then only what has changed.

Nothing is written to disk: what is held is what the database holds, and it is gone with the
process. Whether it still belongs to this database is seen by the change that was last read.
"""

import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allting.kernel.api import rows
from allting.register.changes import changed_since, latest_mark
from allting.register.everyone import reading
from allting.register.everyone.city import City, lay_out
from allting.register.everyone.ids import Index, from_uuids
from allting.register.everyone.needs import Needs
from allting.register.everyone.people import People
from allting.register.everyone.raw import Raw
from allting.register.rules import AUTUMN

_TOO_MANY = 0.2
"""If so large a share has changed, everything is read again."""

_AT_A_TIME = 20_000


@dataclass(frozen=True, slots=True)
class _Kept:
    needs: Needs
    raw: Raw
    city: City
    mark: int
    sign: object  # the change at the mark, as it stands in this database


_guard = threading.Lock()
_kept: _Kept | None = None


def everyone(
    names: Collection[str],
    *,
    as_of: date,
    here: str | None,
    autumn: int | None = None,
    only: Collection[UUID] | None = None,
) -> People:
    """See `register.api.everyone`."""
    needs = Needs.of(names)
    if only is None:
        return People(_city(needs), needs, as_of=as_of, here=here, autumn=autumn or AUTUMN)
    city = lay_out(reading.read(needs, only))
    asked = Index(from_uuids(only)).has(city.ids)
    return People(city, needs, as_of=as_of, here=here, autumn=autumn or AUTUMN, only=asked)


def forget() -> None:
    """Let go of the city in memory."""
    global _kept
    with _guard:
        _kept = None


def _city(needs: Needs) -> City:
    global _kept
    with _guard:
        _kept = _refreshed(_kept, needs) or _anew(needs)
        return _kept.city


def _anew(needs: Needs) -> _Kept:
    mark = latest_mark()  # before reading: what is changed meanwhile is read again
    raw = reading.read(needs)
    return _Kept(needs, raw, lay_out(raw), mark, _sign(mark))


def _refreshed(kept: _Kept | None, needs: Needs) -> _Kept | None:
    """What is kept, with the changes since; None if it must be read again."""
    if kept is None or not needs <= kept.needs or _sign(kept.mark) != kept.sign:
        return None
    changed, mark = _changed(kept)
    if not changed:
        return kept
    if len(changed) > len(kept.city) * _TOO_MANY:
        return None
    try:
        raw = kept.raw.updated(from_uuids(changed), reading.read(kept.needs, changed))
    except TypeError:  # a stated fact has another type than before
        return None
    return _Kept(kept.needs, raw, lay_out(raw), mark, _sign(mark))


def _changed(kept: _Kept) -> tuple[set[UUID], int]:
    """Everyone changed since, or so many that it does not matter who."""
    changed: set[UUID] = set()
    mark = kept.mark
    while len(changed) <= len(kept.city) * _TOO_MANY:
        some, mark = changed_since(mark, _AT_A_TIME)
        if not some:
            break
        changed |= set(some)
    return changed, mark


def _sign(mark: int) -> object:
    found = rows("SELECT person, at FROM register_registerchange WHERE id = %s", [mark])
    return found[0] if found else object()
