"""The access log: written before anything is handed out, and without a disk write per page view.

A *look* is reading about someone for one purpose; reading again within ten minutes is the same
look. Each look is committed before the data leave the room, so none is ever lost; this process
remembers which looks it has committed and does not write them again until the ten minutes are
over. One row per reader, person, purpose, case and day counts the looks, with the first and last
time. About protected people every single read is written.

An act that begins by reading may commit the looks together with what it does.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from allting.identity.api import Actor
from allting.kernel.api import SWEDEN, now, run, write
from allting.register.access import Errand

QUIET = timedelta(minutes=10)
_Key = tuple[str, str, str, str, str]
_Logged = tuple[Actor, Sequence[_Key], datetime]
_in_this_act: ContextVar[list[_Logged] | None] = ContextVar("looks", default=None)

_UPSERT = """
    INSERT INTO register_accesslog
        (account, reader, reader_name, board, person_id, purpose, "case", day, first_at, last_at,
         looks)
    VALUES {values}
    ON CONFLICT (person_id, day, account, board, "case", purpose)
    DO UPDATE SET last_at = excluded.last_at, looks = register_accesslog.looks + 1
"""
_ONE = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1)"


class Look(NamedTuple):
    """Who is read about (32 digits), and whether every read of them must be written."""

    person: str
    protected: bool


class _Memory:
    """The looks of the last ten minutes that this process knows to be committed."""

    def __init__(self, room_for: int) -> None:
        self._guard = threading.Lock()
        self._room_for = room_for
        self._at: OrderedDict[Hashable, datetime] = OrderedDict()

    def holds(self, key: Hashable, moment: datetime) -> bool:
        at = self._at.get(key)
        return at is not None and timedelta(0) <= moment - at < QUIET

    def oldest(self, keys: Iterable[Hashable], moment: datetime) -> datetime:
        """When the first of `keys` was kept; long ago if one has been forgotten."""
        return min(self._at.get(key, moment - QUIET) for key in keys)

    def keep(self, keys: Sequence[Hashable], moment: datetime) -> None:
        with self._guard:
            for key in keys:
                self._at[key] = moment
                self._at.move_to_end(key)
            while len(self._at) > self._room_for:
                self._at.popitem(last=False)

    def forget(self) -> None:
        with self._guard:
            self._at.clear()


_memory = _Memory(20_000)
_lists = _Memory(2_000)  # whole lists of them: a list that is looked at all day is one question


def forget_looks() -> None:
    """Forget what has been written, for tests that start from an empty database."""
    _memory.forget()
    _lists.forget()


def log(actor: Actor, looks: Sequence[Look], purpose: str, errand: Errand | None) -> None:
    """Write these looks, in one statement, unless all are known to be written already."""
    moment = now()
    board, case = (errand.board, errand.case) if errand else ("", "")
    account = actor.account.hex
    whole = (account, board, case, purpose, tuple(looks))
    if not looks or _lists.holds(whole, moment):
        return
    keys = {(account, person, board, case, purpose): always for person, always in looks}
    act = _in_this_act.get()
    told = {key for _, written, _ in act for key in written} if act else frozenset()
    due = sorted(  # one order for everyone: two lists that overlap do not lock each other out
        key
        for key, always in keys.items()
        if always or not (key in told or _memory.holds(key, moment))
    )
    if due:
        if act is not None:
            act.append((actor, due, moment))
        _write(actor, due, moment)
    elif not act:
        _lists.keep([whole], _memory.oldest(keys, moment))


@contextmanager
def write_with_looks() -> Iterator[None]:
    """`write()` for an act that begins by reading about people: one commit for all of it.

    Should the act fail and be undone, the looks are written all the same.
    """
    logged: list[_Logged] = []
    before = _in_this_act.set(logged)
    try:
        with write():
            yield
    except BaseException:
        if not connection.in_atomic_block:
            for looks in logged:
                _write(*looks)
        raise
    finally:
        _in_this_act.reset(before)


def _write(actor: Actor, keys: Sequence[_Key], moment: datetime) -> None:
    with write():
        _insert(actor, keys, moment)
        transaction.on_commit(lambda: _memory.keep(keys, moment))


def _insert(actor: Actor, keys: Sequence[_Key], moment: datetime) -> None:
    day = moment.astimezone(SWEDEN).date()
    values: list[Any] = []
    for account, person, board, case, purpose in keys:
        who = (UUID(account), actor.person, actor.name, board, UUID(person), purpose, case)
        values += [*who, day, moment, moment]
    run(_UPSERT.format(values=", ".join([_ONE] * len(keys))), values)
