"""Ids as sixteen bytes in a row, and finding them."""

from collections.abc import Iterable
from uuid import UUID

import numpy as np

from allting.conditions.api import Array

ID = "S16"
_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def from_hex(texts: Iterable[str]) -> Array:
    """Ids of 32 hexadecimal digits."""
    return _from_bytes(bytes.fromhex("".join(texts)))


def from_uuids(ids: Iterable[UUID]) -> Array:
    """Ids as the register's functions take them."""
    return _from_bytes(b"".join(id_.bytes for id_ in ids))


def _from_bytes(raw: bytes) -> Array:
    return np.frombuffer(raw, dtype=ID) if raw else np.zeros(0, dtype=ID)


def to_uuids(ids: Array) -> list[UUID]:
    """The same, back again."""
    raw = np.ascontiguousarray(ids).tobytes()
    return [UUID(bytes=raw[at : at + 16]) for at in range(0, len(raw), 16)]


class Index:
    """Where each id stands in a list of different ids."""

    def __init__(self, ids: Array) -> None:
        self.ids = ids
        mixed = _mixed(ids)
        self.order = np.argsort(mixed, kind="stable")
        self.mixed = mixed[self.order]

    def find(self, wanted: Array) -> Array:
        """The places of ids in the list; -1 for one that is not there."""
        found = np.full(len(wanted), -1, dtype=np.int64)
        if not len(self.ids) or not len(wanted):
            return found
        mixed = _mixed(wanted)
        at = np.searchsorted(self.mixed, mixed)
        open_ = np.arange(len(wanted))
        while len(open_):  # again only where two ids are mixed to the same number
            inside = at[open_] < len(self.ids)
            open_ = open_[inside]
            open_ = open_[self.mixed[at[open_]] == mixed[open_]]
            place = self.order[at[open_]]
            right = self.ids[place] == wanted[open_]
            found[open_[right]] = place[right]
            open_ = open_[~right]
            at[open_] += 1
        return found

    def has(self, wanted: Array) -> Array:
        """Which of the ids are in the list."""
        found: Array = self.find(wanted) >= 0
        return found


def _mixed(ids: Array) -> Array:
    halves = np.ascontiguousarray(ids).view("<u8").reshape(-1, 2)
    found: Array = (halves[:, 0] * _MIX[0]) ^ (halves[:, 1] * _MIX[1])
    return found


def distinct(ids: Array) -> Array:
    """Each id once."""
    _, first = np.unique(_mixed(ids), return_index=True)
    some = ids[first]
    found = Index(some).has(ids)
    if found.all():
        return some
    return np.unique(ids)  # two ids are mixed to the same number: once in a blue moon
